"""The engine beside SciPy, on Newport and on many Newports."""
