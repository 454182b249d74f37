"""About how long a walk is where no paths are loaded: a straight line, lengthened.

Every minute found this way is an estimate and is told with "about". Arrays in, arrays
out; knows no database.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from doorstep.detour import DetourWalk, detour_metres
from doorstep.reach import ReachIndex
from doorstep.speeds import ORDINARY
from doorstep.walks import Reach, Reaches

from thedeal.places import streets

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
LONGEST_MINUTES = 30.0  # the longest walk worked out along paths
FURTHEST_MINUTES = 240.0

FURTHEST_M = 20_000.0  # of straight line, past which nobody is told a walk


def walk_minutes(straight_m: float) -> float:
    """Give about how many minutes a straight line of so many metres is on foot."""
    return float(detour_metres(straight_m)) / ORDINARY.metres_per_minute


def reach_m(minutes: float) -> float:
    """Give the straight line, in metres, that is about so many minutes on foot."""
    straight = np.arange(0.0, FURTHEST_M)
    walk = minutes * ORDINARY.metres_per_minute
    return float(np.interp(walk, detour_metres(straight), straight))


def minutes_from(lat: float, lon: float, *, lats: Floats, lons: Floats) -> Floats:
    """Give about how many minutes each place is from a point, shape as ``lats``."""
    straight = DetourWalk([], [], limit_minutes=np.inf)
    return straight.minutes_to(lon, lat, lons=lons, lats=lats).astype(np.float64)


@dataclass(frozen=True, kw_only=True)
class Walking:
    """The walk to some venues: along paths where we have them, else about."""

    paths: ReachIndex | None
    straight: DetourWalk

    def minutes(self, lat: float, lon: float, *, limit: float) -> tuple[Floats32, bool]:
        """Give the minutes to each venue by number (infinite past the limit), and
        whether they are an estimate, to be told with "about"."""
        reach = self._reach(lat, lon, limit=limit)
        found = np.full(self.straight.n_venues, np.inf, np.float32)
        near = reach.minutes <= limit
        found[reach.venue[near]] = reach.minutes[near]
        return found, reach.is_estimate

    def reaches(self, lats: Floats, lons: Floats) -> Reaches:
        """Give the venues near many places at once, by one measure for all."""
        walk = self.straight if self.paths is None else self.paths
        return walk.from_places(lons, lats)

    def _reach(self, lat: float, lon: float, *, limit: float) -> Reach:
        if self.paths is not None and limit <= self.paths.limit_minutes:
            reach = self.paths.from_place(lon, lat)
            if reach.unreachable_because is None:
                return reach
        return self.straight.from_place(lon, lat)


def walking_to(
    lats: Floats, lons: Floats, *, limit: float = LONGEST_MINUTES
) -> Walking:
    """Give the walk to these venues, by the borough's paths where they are loaded."""
    network = streets.network()
    paths = (
        None
        if network is None
        else ReachIndex.build(network, lons, lats, limit_minutes=limit)
    )
    straight = DetourWalk(lons, lats, limit_minutes=FURTHEST_MINUTES)
    return Walking(paths=paths, straight=straight)
