"""What the board's pages ask."""
