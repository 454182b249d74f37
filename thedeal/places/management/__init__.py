"""Commands for places: loading an area, grouping it into neighbourhoods."""
