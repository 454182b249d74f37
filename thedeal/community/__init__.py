"""Groups, what they do and when, and how the directory keeps itself true."""
