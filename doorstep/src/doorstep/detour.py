"""About how long a walk is where no paths are loaded: a straight line, lengthened.

How much longer a walk is than the straight line was measured on a real town (Newport,
210,000 pairs): more for near places than for far ones. Right for three pairs in four,
so every answer is an estimate and is told with "about".
"""

import numpy as np
import numpy.typing as npt

from doorstep.errors import NoSuchVenueError
from doorstep.flat_earth import metres_per_degree
from doorstep.speeds import ORDINARY, Profile
from doorstep.walks import (
    NO_PLACE,
    REACHED,
    WHY_NOT,
    Float32s,
    Float64s,
    Reach,
    Reaches,
)

STRAIGHT_M = np.array([150.0, 300, 500, 700, 900, 1100, 1400, 1800])
LONGER = np.array([1.802, 1.643, 1.533, 1.487, 1.442, 1.399, 1.362, 1.318])
"""The median ratio of walk to straight line in each band of distance; between the
middles of the bands, in between."""


def detour_metres(straight_m: npt.ArrayLike) -> Float64s:
    """Give about how many metres a walk is whose straight line is so long."""
    straight = np.asarray(straight_m, np.float64)
    longer: Float64s = straight * np.interp(straight, STRAIGHT_M, LONGER)
    return longer


class DetourWalk:
    """A ``Walk`` by straight lines, for where nobody has loaded any paths."""

    is_estimate = True

    def __init__(
        self,
        lons: npt.ArrayLike,
        lats: npt.ArrayLike,
        *,
        limit_minutes: float = 20.0,
        profile: Profile = ORDINARY,
    ) -> None:
        """Place the venues, in degrees; NaN is a venue with no place."""
        self._lons = np.array(lons, np.float64)
        self._lats = np.array(lats, np.float64)
        self._is_open = np.ones(len(self._lons), np.bool_)
        self._limit, self._profile = float(limit_minutes), profile

    @property
    def limit_minutes(self) -> float:
        """Give the longest walk that is told."""
        return self._limit

    @property
    def n_venues(self) -> int:
        """Count the venue numbers given out, closed ones too."""
        return len(self._lons)

    def from_place(self, lon: float, lat: float) -> Reach:
        """Give every venue within the limit of one place."""
        return self.from_places([lon], [lat])[0]

    def from_places(self, lons: npt.ArrayLike, lats: npt.ArrayLike) -> Reaches:
        """Give every venue within the limit of each of many places."""
        x, y = np.atleast_1d(lons), np.atleast_1d(lats)
        sizes, venues, minutes = [0], [], []
        for lon, lat in zip(x, y, strict=True):
            walk = self._minutes(lon, lat, self._lons, self._lats)
            near = np.flatnonzero(self._is_open & (walk <= self._limit))
            sizes.append(len(near))
            venues.append(near.astype(np.int32))
            minutes.append(walk[near].astype(np.float32))
        unknown = np.isnan(x) | np.isnan(y)
        return Reaches(
            indptr=np.cumsum(sizes, dtype=np.int64),
            venue=np.concatenate(venues or [np.zeros(0, np.int32)]),
            minutes=np.concatenate(minutes or [np.zeros(0, np.float32)]),
            why_not=np.where(unknown, NO_PLACE, REACHED).astype(np.int8),
            is_estimate=True,
        )

    def minutes_to(
        self, lon: float, lat: float, *, lons: npt.ArrayLike, lats: npt.ArrayLike
    ) -> Float32s:
        """Give the minutes from each place to one point, infinite past the limit."""
        walk = self._minutes(lon, lat, np.asarray(lons), np.asarray(lats))
        return np.where(walk <= self._limit, walk, np.inf).astype(np.float32)

    def why_not_venue(self, venue: int) -> str | None:
        """Say why nobody can walk to a venue, or None where somebody could."""
        self._check(venue)
        return WHY_NOT[NO_PLACE] if np.isnan(self._lons[venue]) else None

    def add(self, lon: float, lat: float) -> int:
        """Open a venue and give its number."""
        self._lons = np.append(self._lons, float(lon))
        self._lats = np.append(self._lats, float(lat))
        self._is_open = np.append(self._is_open, True)
        return len(self._lons) - 1

    def move(self, venue: int, *, lon: float, lat: float) -> None:
        """Move a venue."""
        self._check(venue)
        self._lons[venue], self._lats[venue] = float(lon), float(lat)

    def close(self, venue: int) -> None:
        """Close a venue: it is in no later answer."""
        self._check(venue)
        self._is_open[venue] = False

    def _minutes(
        self, lon: float, lat: float, lons: Float64s, lats: Float64s
    ) -> Float64s:
        east, north = metres_per_degree((lats + lat) / 2)
        straight = np.hypot((lons - lon) * east, (lats - lat) * north)
        minutes: Float64s = detour_metres(straight) / self._profile.metres_per_minute
        return minutes

    def _check(self, venue: int) -> None:
        if not 0 <= venue < len(self._lons) or not self._is_open[venue]:
            raise NoSuchVenueError(f"There is no venue {venue}, or it has closed.")
