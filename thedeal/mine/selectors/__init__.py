"""Reads for a person's own page; each takes the person and gives only what is theirs."""
