"""What may be done with and for residents, by noun."""
