"""What is done with listings: added, changed, checked, asked about, claimed, ended."""
