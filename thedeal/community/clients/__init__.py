"""Fetches from other machines: never from inside, never for ever, never too much."""
