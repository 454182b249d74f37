"""Appraisal the Green Book way: what a change costs, what it is worth and to whom."""
