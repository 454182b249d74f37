"""How long the borough's demand takes to work out."""
