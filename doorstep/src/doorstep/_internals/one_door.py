"""One door asked at a time, as a page does: the same loops, with nothing made ready twice.

For a single door most of the time would go on calling, not on walking. So what does not
change between doors is bound once, and each thread keeps its own room to write in.
"""

from functools import partial
from threading import local
from typing import Any

import numpy as np

from doorstep._internals import doors, grid
from doorstep._internals.ground import Ground
from doorstep._internals.snapping import FURTHEST_M
from doorstep.rows import Rows
from doorstep.venues import Venues
from doorstep.walks import Float32s, Int32s


class OneDoor:
    """What one door reaches, over rows and venues as they stand now."""

    def __init__(
        self, ground: Ground, rows: Rows, venues: Venues, limit_minutes: float
    ) -> None:
        network, cells = ground.network, ground.snapper.cells
        self._ground, self._n_venues = ground, len(venues)
        self._limit, self._own = float(limit_minutes), local()
        self._plane = network.plane.lon, network.plane.lat
        self._metres = network.plane.metres_per_degree
        self._grid: tuple[Any, ...] = (
            *(cells.first_x_m, cells.first_y_m, cells.cell_m, cells.across, cells.up),
            *(cells.indptr, cells.pieces, network.line_indptr),
            *(network.line_x_m, network.line_y_m, FURTHEST_M),
        )
        later = venues.later(network.n_nodes)
        self._gather = partial(
            doors.gather_one,
            *(rows.indptr, rows.venue, rows.minutes, venues.gone),
            *(later.indptr, later.venue, later.minutes, venues.none_gone),
        )
        at = venues.snapped
        beside = venues.edges, venues.on, at.access, at.along, self._limit
        self._beside: tuple[Any, ...] = beside

    def reached(self, lon: float, lat: float) -> tuple[Int32s, Float32s] | None:
        """Give the venues by rising number and the minutes; None if not on a path."""
        x_m = (lon - self._plane[0]) * self._metres[0]
        y_m = (lat - self._plane[1]) * self._metres[1]
        edge, share, away = grid.snap_one(x_m, y_m, *self._grid)
        if edge < 0:
            return None
        ground, network = self._ground, self._ground.network
        whole = float(ground.snapper.minutes[edge])
        access, along = away / ground.snapper.metres_per_minute, share * whole
        best, touched, found, minutes = self._room()
        count = self._gather(
            *(edge, network.edge_u[edge], network.edge_v[edge]),
            *(access + along, access + whole - along, access, along),
            *(*self._beside, best, touched, found, minutes, 0),
        )
        return found[:count].copy(), minutes[:count].copy()

    def _room(self) -> tuple[Any, ...]:
        """Give this thread's own arrays to write in."""
        if not hasattr(self._own, "room"):
            size = self._n_venues
            self._own.room = (
                *(np.full(size, np.inf), np.empty(size, np.int64)),
                *(np.empty(size, np.int32), np.empty(size, np.float32)),
            )
        room: tuple[Any, ...] = self._own.room
        return room
