"""Leaf helpers, each named for its subject; they import no app."""
