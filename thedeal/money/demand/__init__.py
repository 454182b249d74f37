"""Demand: the borough's adults moving between lives, and what that costs, with ranges."""
