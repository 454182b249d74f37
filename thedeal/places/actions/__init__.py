"""Changes to places: loading an area, adding a venue, closing one."""
