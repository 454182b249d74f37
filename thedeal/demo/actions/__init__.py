"""Fills the demo through the apps' own actions, in the order the story needs."""
