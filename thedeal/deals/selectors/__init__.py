"""Reads of the room; each starts from whom the asker may see."""
