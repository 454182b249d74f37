"""What ``./deal`` can do once set up: run, test, check, back up, look for trouble."""
