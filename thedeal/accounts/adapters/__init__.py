"""Where this house meets the sign-in library: its behaviour and its tables."""
