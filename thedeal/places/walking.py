"""How long a walk is: along the borough's paths where they are loaded, else about.

Without paths it is a straight line, lengthened: every minute found this way is an
estimate and is told with "about". Arrays in, arrays out; knows no database.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from doorstep.detour import DetourWalk, detour_metres
from doorstep.reach import ReachIndex
from doorstep.speeds import ORDINARY, PROFILES
from doorstep.walks import Reach, Reaches, Walk

from thedeal.places import streets

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
LONGEST_MINUTES = 30.0  # the longest walk worked out along paths
FURTHEST_MINUTES = 240.0
A_STEP_MINUTES = 1.0  # enough to see whether a path begins at a place

FURTHEST_M = 20_000.0  # of straight line, past which nobody is told a walk
USUAL = ORDINARY.name


def walk_minutes(straight_m: float, *, walker: str = USUAL) -> float:
    """Give about how many minutes a straight line of so many metres is on foot."""
    return float(detour_metres(straight_m)) / PROFILES[walker].metres_per_minute


def reach_m(minutes: float, *, walker: str = USUAL) -> float:
    """Give the straight line, in metres, that is about so many minutes on foot."""
    straight = np.arange(0.0, FURTHEST_M)
    walk = minutes * PROFILES[walker].metres_per_minute
    return float(np.interp(walk, detour_metres(straight), straight))


def minutes_from(
    lat: float, lon: float, *, lats: Floats, lons: Floats, walker: str = USUAL
) -> Floats:
    """Give about how many minutes each place is from a point, shape as ``lats``."""
    straight = DetourWalk([], [], limit_minutes=np.inf, profile=PROFILES[walker])
    return straight.minutes_to(lon, lat, lons=lons, lats=lats).astype(np.float64)


@dataclass(frozen=True, kw_only=True)
class Walked:
    """The minutes to each venue by its number, infinite past the limit."""

    minutes: Floats32
    is_estimate: bool
    why_about: str = ""
    """Why a walk could not be worked out along the paths that there are."""


@dataclass(frozen=True, kw_only=True)
class Walking:
    """The walk to some venues: along paths where we have them, else about.

    Of walkers other than the ordinary one, the paths are searched when first asked.
    """

    lats: Floats
    lons: Floats
    limit: float
    _paths: dict[str, ReachIndex | None] = field(default_factory=dict)

    @property
    def is_estimate(self) -> bool:
        """Say whether there are no paths, so that every walk is "about"."""
        return self._along(USUAL) is None

    def minutes(
        self, lat: float, lon: float, *, limit: float, walker: str = USUAL
    ) -> Walked:
        """Give the minutes to each venue for one walker."""
        paths, why = self._along(walker) if limit <= self.limit else None, ""
        if paths is not None:
            reach = paths.from_place(lon, lat)
            if reach.unreachable_because is None:
                return self._walked(reach, limit)
            why = reach.unreachable_because
        about = self._walked(self._straight(walker).from_place(lon, lat), limit)
        return replace(about, why_about=why)

    def _walked(self, reach: Reach, limit: float) -> Walked:
        found = np.full(len(self.lats), np.inf, np.float32)
        near = reach.minutes <= limit
        found[reach.venue[near]] = reach.minutes[near]
        return Walked(minutes=found, is_estimate=reach.is_estimate)

    def reaches(self, lats: Floats, lons: Floats) -> Reaches:
        """Give the venues near many places at once, by one measure for all."""
        return self._measure().from_places(lons, lats)

    def minutes_to(
        self, lat: float, lon: float, *, lats: Floats, lons: Floats
    ) -> Floats32:
        """Give the minutes from each of many places to a point, by that same measure."""
        return self._measure().minutes_to(lon, lat, lons=lons, lats=lats)

    def _measure(self) -> Walk:
        paths = self._along(USUAL)
        return self._straight(USUAL) if paths is None else paths

    def _along(self, walker: str) -> ReachIndex | None:
        if walker not in self._paths:
            paths = streets.paths(walker)
            self._paths[walker] = (
                None
                if paths is None
                else paths.to(self.lons, self.lats, limit_minutes=self.limit)
            )
        return self._paths[walker]

    def _straight(self, walker: str) -> DetourWalk:
        return DetourWalk(
            self.lons,
            self.lats,
            limit_minutes=FURTHEST_MINUTES,
            profile=PROFILES[walker],
        )


def off_the_paths(lats: Floats, lons: Floats) -> list[str]:
    """Say of each place why no path leads there; "" where one does, or we hold none."""
    paths = streets.paths(USUAL)
    if paths is None:
        return [""] * len(lats)
    snapped = paths.to(lons, lats, limit_minutes=A_STEP_MINUTES)
    return [snapped.why_not_venue(number) or "" for number in range(len(lats))]


def walking_to(
    lats: Floats, lons: Floats, *, limit: float = LONGEST_MINUTES
) -> Walking:
    """Give the walk to these venues, by the borough's paths where they are loaded."""
    found = Walking(lats=lats, lons=lons, limit=limit)
    found._along(USUAL)  # now, and not while somebody waits
    return found
