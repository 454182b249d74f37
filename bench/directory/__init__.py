"""How quick the directory's pages stay with a hundred thousand things to do."""
