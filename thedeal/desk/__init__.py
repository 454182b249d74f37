"""The face for those who work with residents, and who let them in: joins the apps."""
