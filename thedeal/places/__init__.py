"""Where people live and what is near: neighbourhoods, postcodes, venues, figures."""
