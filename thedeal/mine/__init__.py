"""A resident's own page: what is written about them, and their say over it."""
