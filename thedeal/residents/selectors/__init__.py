"""Reads of residents, by noun; each starts from whom the asker may see."""
