"""Measures that print ratios: us beside a peer, in one run, on the same data."""
