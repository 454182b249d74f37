"""The desk's pages, a module for each subject."""
