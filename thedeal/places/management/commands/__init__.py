"""Each module here is a command of the same name."""
