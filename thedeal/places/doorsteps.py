"""Where people live, as points with how many: the census spread over living postcodes.

A small area's people are shared evenly among its postcodes, which is as near as open
data comes; so a count of people for a street is about, and said so.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from django.db.models import Count

from thedeal.places import selectors
from thedeal.places.models import AreaFigure, Neighbourhood, Postcode

PEOPLE = "people_all"


@dataclass(frozen=True, kw_only=True)
class Doorsteps:
    """Every living postcode of our neighbourhoods, in order of its text."""

    postcodes: tuple[str, ...]
    lats: npt.NDArray[np.float64]
    lons: npt.NDArray[np.float64]
    people: npt.NDArray[np.float64]
    neighbourhood: npt.NDArray[np.int32]  # the place in ``neighbourhoods``
    neighbourhoods: tuple[Neighbourhood, ...]

    def __len__(self) -> int:
        """Count the postcodes."""
        return len(self.postcodes)


def doorsteps() -> Doorsteps:
    """Give them as they are now; read again only when the places were loaded anew."""
    return _doorsteps(selectors.version())


@lru_cache(maxsize=2)
def _doorsteps(version: str) -> Doorsteps:
    living = Postcode.objects.filter(
        neighbourhood__isnull=False, terminated_on__isnull=True, lat__isnull=False
    )
    counted = living.values("lsoa_code").annotate(n=Count("pk")).order_by()
    shared = {row["lsoa_code"]: row["n"] for row in counted}
    people = dict(
        AreaFigure.objects.filter(measure=PEOPLE, area__code__in=shared).values_list(
            "area__code", "amount"
        )
    )
    places = tuple(selectors.neighbourhoods())
    number = {place.pk: i for i, place in enumerate(places)}
    rows = list(
        living.order_by("text").values_list(
            "text", "lat", "lon", "lsoa_code", "neighbourhood_id"
        )
    )
    return Doorsteps(
        postcodes=tuple(text for text, *_ in rows),
        lats=np.array([row[1] for row in rows], np.float64),
        lons=np.array([row[2] for row in rows], np.float64),
        people=np.array([people.get(row[3], 0) / shared[row[3]] for row in rows]),
        neighbourhood=np.array([number[row[4]] for row in rows], np.int32),
        neighbourhoods=places,
    )
