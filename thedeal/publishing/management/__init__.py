"""Commands that print what may be told outside."""
