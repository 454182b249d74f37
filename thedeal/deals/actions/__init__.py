"""What is done in this room; each asks who may, changes, and adds to the trail."""
