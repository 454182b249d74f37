"""What the public may see: snapshots made after disclosure control, and no more."""
