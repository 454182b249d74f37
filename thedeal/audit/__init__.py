"""What happened: every change and every look, append-only, sealed in chains."""
