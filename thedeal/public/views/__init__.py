"""The public pages, a module for each noun. They never touch session or user."""
