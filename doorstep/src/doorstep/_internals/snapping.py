"""Puts a point on the nearest path that a walker can use: on its edge, not a node."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# Shapely: the nearest line among many by its R-tree, and the place along it
import shapely

from doorstep.network import Network
from doorstep.speeds import Profile
from doorstep.walks import Float64s, Int64s

FURTHEST_M = 250.0
"""A place further than this from any path is told to be too far from one."""

NO_EDGE = -1


@dataclass(frozen=True)
class Snapped:
    """Where points came to lie: on which edge, and the minutes to each of its ends.

    ``edge`` is NO_EDGE where no path is near enough; ``ends`` is then -1, -1.
    ``starts`` counts the walk from the point to the path as well; ``access`` is that
    part alone, and ``along`` the minutes from the edge's first end.
    """

    edge: Int64s
    ends: Int64s
    starts: Float64s
    access: Float64s
    along: Float64s


class Snapper:
    """The paths of one network that one walker can use, ready to be snapped to."""

    def __init__(self, network: Network, profile: Profile) -> None:
        self.network, self.profile = network, profile
        self.usable = np.flatnonzero(profile.passable(network))
        self.lines = _lines(network, self.usable)
        self.tree = shapely.STRtree(self.lines)
        self.minutes = profile.minutes(network).astype(np.float64)

    def snap(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Snapped:
        """Give where each point comes to lie; NaN lies nowhere."""
        x_m, y_m = self.network.plane.metres(np.atleast_1d(lon), np.atleast_1d(lat))
        count = len(x_m)
        row = np.full(count, NO_EDGE, np.int64)
        known = np.flatnonzero(np.isfinite(x_m) & np.isfinite(y_m))
        points = shapely.points(x_m[known], y_m[known])
        if len(self.lines) and len(known):
            pairs = self.tree.query_nearest(
                points, max_distance=FURTHEST_M, all_matches=False
            )
            row[known[pairs[0]]] = pairs[1]
        return self._placed(row, x_m, y_m)

    def _placed(self, row: Int64s, x_m: Float64s, y_m: Float64s) -> Snapped:
        count, on = len(row), np.flatnonzero(row >= 0)
        edge = np.full(count, NO_EDGE, np.int64)
        ends = np.full((count, 2), NO_EDGE, np.int64)
        starts = np.full((count, 2), np.inf)
        access, along = np.full(count, np.inf), np.zeros(count)
        if len(on):
            lines, points = self.lines[row[on]], shapely.points(x_m[on], y_m[on])
            edge[on] = self.usable[row[on]]
            share = shapely.line_locate_point(lines, points, normalized=True)
            away = shapely.distance(lines, points) / self.profile.metres_per_minute
            whole = self.minutes[edge[on]]
            along[on], access[on] = share * whole, away
            ends[on, 0] = self.network.edge_u[edge[on]]
            ends[on, 1] = self.network.edge_v[edge[on]]
            starts[on, 0] = away + share * whole
            starts[on, 1] = away + (1 - share) * whole
        return Snapped(edge, ends, starts, access, along)


def _lines(network: Network, usable: Int64s) -> npt.NDArray[np.object_]:
    """Give the line of each usable edge; one that is a single point twice is kept."""
    sizes = np.diff(network.line_indptr)[usable]
    rows = np.repeat(np.arange(len(usable)), sizes)
    first = np.repeat(network.line_indptr[usable] - np.cumsum(sizes) + sizes, sizes)
    at = first + np.arange(len(rows))
    spots = np.column_stack([network.line_x_m[at], network.line_y_m[at]])
    lines: npt.NDArray[np.object_] = shapely.linestrings(
        spots.astype(np.float64), indices=rows
    )
    return lines
