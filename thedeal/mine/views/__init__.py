"""The pages: the door in, what is written, and the person's say over it."""
