"""Signing in: who a person is to us, by which proof, and which roles there are."""
