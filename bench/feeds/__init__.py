"""How long a large feed takes to take in, and to take in again."""
