"""What the desk asks; each form cleans, the actions decide."""
