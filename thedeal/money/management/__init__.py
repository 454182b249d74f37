"""Commands that officers and analysts run by hand."""
