"""The answers: about the interface, its lists, and single things."""
