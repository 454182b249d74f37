"""Reads what others publish into our listing shape, odd things counted and kept."""
