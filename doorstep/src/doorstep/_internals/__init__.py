"""Inner loops of the engine: call them through `doorstep`, never from outside."""
