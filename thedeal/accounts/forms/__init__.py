"""The questions asked on the way in."""
