"""People: who they are to us, who is alongside, who may know, how life is going."""
