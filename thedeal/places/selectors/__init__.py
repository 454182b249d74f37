"""Reads of places: a postcode, a point, what is near, what is known of an area.

All of it is open data. One module for each noun; callers read them by these names.
"""

from thedeal.places.selectors.areas import (
    neighbourhood_at,
    neighbourhood_id_at,
    neighbourhood_ids_at,
    neighbourhoods,
    only_council,
    small_areas_around,
    small_areas_of,
    version,
)
from thedeal.places.selectors.figures import (
    Deprivation,
    Figure,
    borough_figures,
    deprivation,
    figures_around,
    neighbourhood_figures,
    sources,
)
from thedeal.places.selectors.finding import (
    Answer,
    PostcodeAnswer,
    find_postcode,
    position_of,
)
from thedeal.places.selectors.venues import (
    NearVenue,
    described,
    hubs_near,
    nearest_green_space,
    venues_in,
)
from thedeal.places.walking import reach_m, walk_minutes

__all__ = [
    "Answer",
    "Deprivation",
    "Figure",
    "NearVenue",
    "PostcodeAnswer",
    "borough_figures",
    "deprivation",
    "described",
    "figures_around",
    "find_postcode",
    "hubs_near",
    "nearest_green_space",
    "neighbourhood_at",
    "neighbourhood_figures",
    "neighbourhood_id_at",
    "neighbourhood_ids_at",
    "neighbourhoods",
    "only_council",
    "position_of",
    "reach_m",
    "small_areas_around",
    "small_areas_of",
    "sources",
    "venues_in",
    "version",
    "walk_minutes",
]
