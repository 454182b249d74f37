"""Reads of the directory, by what is asked."""
