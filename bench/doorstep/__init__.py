"""The engine beside SciPy, on seeded towns."""
