"""Changes to who works with whom: each checks, changes, and is written in the trail."""
