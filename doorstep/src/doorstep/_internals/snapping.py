"""Puts a point on the nearest path that a walker can use: on its edge, not a node.

The paths are laid in the cells of a grid, plain arrays like all the rest, so that
processes can share one that was kept on disk.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from doorstep._internals import grid
from doorstep.network import Network
from doorstep.speeds import Profile
from doorstep.walks import Float64s, Int32s, Int64s

FURTHEST_M = 250.0
"""A place further than this from any path is told to be too far from one."""

CELL_M = 50.0
MOST_CELLS_ACROSS = 4096
"""A cell is wider where the network is so wide that there would be more."""

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

    def __len__(self) -> int:
        """Count the points."""
        return len(self.edge)

    def at(self, rows: slice | Int64s) -> "Snapped":
        """Give some of the points."""
        return Snapped(*(part[rows] for part in vars(self).values()))


@dataclass(frozen=True)
class Grid:
    """The pieces of path in each cell, by the number of their first point.

    Cell ``row * across + column`` holds ``pieces[indptr[cell]:indptr[cell + 1]]``.
    """

    indptr: Int32s
    pieces: Int32s
    first_x_m: float
    first_y_m: float
    cell_m: float
    across: int
    up: int

    @classmethod
    def of(cls, network: Network, usable: Int64s) -> Self:
        """Lay the usable edges of a network in cells."""
        if not len(usable):
            return cls(np.zeros(1, np.int32), np.zeros(0, np.int32), 0, 0, CELL_M, 0, 0)
        line_x, line_y = network.line_x_m, network.line_y_m
        wide, high = float(np.ptp(line_x)), float(np.ptp(line_y))
        cell = max(CELL_M, max(wide, high) / MOST_CELLS_ACROSS)
        at = float(line_x.min()), float(line_y.min()), cell
        shape = int(wide / cell) + 1, int(high / cell) + 1
        path = usable, network.line_indptr, line_x, line_y
        counts = np.zeros(shape[0] * shape[1], np.int64)
        grid.lay(*path, *at, *shape, counts, np.zeros(0, np.int32))
        indptr = np.concatenate([[0], np.cumsum(counts)])
        pieces = np.empty(indptr[-1], np.int32)
        grid.lay(*path, *at, *shape, indptr[:-1].copy(), pieces)
        return cls(indptr.astype(np.int32), pieces, *at, *shape)


class Snapper:
    """The paths of one network that one walker can use, ready to be snapped to."""

    def __init__(
        self, network: Network, profile: Profile, cells: Grid | None = None
    ) -> None:
        self.network, self.metres_per_minute = network, profile.metres_per_minute
        self.minutes = profile.minutes(network)
        if cells is None:
            cells = Grid.of(network, np.flatnonzero(profile.passable(network)))
        self.cells = cells

    def snap(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> Snapped:
        """Give where each point comes to lie; NaN lies nowhere."""
        x_m, y_m = self.network.plane.metres(np.atleast_1d(lon), np.atleast_1d(lat))
        return self.snap_metres(x_m, y_m)

    def snap_metres(self, x_m: Float64s, y_m: Float64s) -> Snapped:
        """Give the same for points on the network's plane."""
        count, cells, network = len(x_m), self.cells, self.network
        edge, share = np.empty(count, np.int64), np.empty(count)
        away = np.empty(count)
        grid.snap_many(
            x_m,
            y_m,
            cells.first_x_m,
            cells.first_y_m,
            cells.cell_m,
            cells.across,
            cells.up,
            cells.indptr,
            cells.pieces,
            network.line_indptr,
            network.line_x_m,
            network.line_y_m,
            FURTHEST_M,
            edge,
            share,
            away,
        )
        return self._placed(edge, share, away / self.metres_per_minute)

    def _placed(self, edge: Int64s, share: Float64s, access: Float64s) -> Snapped:
        """Give the minutes to both ends; an edge of -1 reads the last, and is undone."""
        is_off = edge < 0
        if not len(self.minutes):
            whole, ends = np.zeros(len(edge)), np.full((len(edge), 2), NO_EDGE)
        else:
            whole = self.minutes[edge].astype(np.float64)
            ends = np.empty((len(edge), 2), np.int64)
            ends[:, 0] = self.network.edge_u[edge]
            ends[:, 1] = self.network.edge_v[edge]
        ends[is_off] = NO_EDGE
        along = np.where(is_off, 0.0, share * whole)
        starts = np.empty((len(edge), 2))
        starts[:, 0], starts[:, 1] = access + along, access + whole - along
        return Snapped(edge, ends, starts, access, along)
