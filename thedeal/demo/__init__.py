"""Builds the demo borough through the apps' own actions; owns no tables."""
