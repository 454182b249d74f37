"""Measures the plan of a whole borough."""
