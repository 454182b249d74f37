"""How quick the desk stays with a borough's residents and many workers typing."""
