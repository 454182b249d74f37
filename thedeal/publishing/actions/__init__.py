"""What puts a figure out: through disclosure control, once, and kept as it was."""
