"""Places as open facts: nothing here is about a person, so all of it may be read.

Codes are text, the year of each geography is kept, and nothing is ever joined by
name: wards changed in 2023 under nearly the same names.
"""

from thedeal.places.models.geography import (
    Area,
    AreaFigure,
    AreaKind,
    Neighbourhood,
    Postcode,
)
from thedeal.places.models.sources import Load, Source
from thedeal.places.models.venues import Category, Entrance, Venue

__all__ = [
    "Area",
    "AreaFigure",
    "AreaKind",
    "Category",
    "Entrance",
    "Load",
    "Neighbourhood",
    "Postcode",
    "Source",
    "Venue",
]
