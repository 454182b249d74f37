"""The reach index: from every doorstep, the venues within a walk, along real paths.

Built from the venues outward by bounded shortest paths and held from the doorstep's
side: node by node, the venues within the limit and the minutes to each. Exact to
within the rounding of 32 bits. Adding, moving or closing one venue searches from that
venue alone; what was built stays as it is, and is mapped by many processes.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from doorstep import keeping
from doorstep._internals import doors
from doorstep._internals.ground import Ground
from doorstep._internals.one_door import OneDoor
from doorstep._internals.snapping import Snapped
from doorstep.network import Adjacency, Network
from doorstep.rows import ROOM, THREADS, Rows, reached_from, rows_within
from doorstep.speeds import ORDINARY, Profile
from doorstep.venues import Venues
from doorstep.walks import (
    ISLAND,
    REACHED,
    WHY_NOT,
    Float32s,
    Float64s,
    Int32s,
    Int64s,
    Reach,
    Reaches,
)

MANY_DOORS = 2000
"""From so many doors on, they are shared out among threads."""

Found = tuple[Int64s, Int32s, Float32s]


class ReachIndex:
    """A ``Walk`` along the paths of one network, for one walker."""

    is_estimate = False

    def __init__(
        self, ground: Ground, rows: Rows, venues: Venues, *, limit_minutes: float
    ) -> None:
        self.ground, self.rows, self.venues = ground, rows, venues
        self._limit = float(limit_minutes)
        self._one: OneDoor | None = None
        self._look()

    @classmethod
    def build(
        cls,
        network: Network,
        lons: npt.ArrayLike,
        lats: npt.ArrayLike,
        *,
        limit_minutes: float = 20.0,
        profile: Profile = ORDINARY,
        threads: int = THREADS,
    ) -> Self:
        """Search from every venue (degrees, NaN for no place) and keep what is found."""
        ground = Ground.of(network, profile)
        return cls._over(ground, (lons, lats), limit_minutes, threads)

    def to(
        self, lons: npt.ArrayLike, lats: npt.ArrayLike, *, limit_minutes: float
    ) -> Self:
        """Search from other venues, on the same paths; nothing of them is made anew."""
        return self._over(self.ground, (lons, lats), limit_minutes, THREADS)

    @classmethod
    def _over(
        cls,
        ground: Ground,
        places: tuple[npt.ArrayLike, npt.ArrayLike],
        limit: float,
        threads: int,
    ) -> Self:
        snapped = ground.snapper.snap(*places)
        rows = rows_within(
            ground.adjacency, snapped, limit_minutes=limit, threads=threads
        )
        return cls(ground, rows, Venues(*places, snapped), limit_minutes=limit)

    @property
    def network(self) -> Network:
        """Give the network that is walked."""
        return self.ground.network

    @property
    def adjacency(self) -> Adjacency:
        """Give who is next to whom, for this walker."""
        return self.ground.adjacency

    @property
    def limit_minutes(self) -> float:
        """Give the longest walk that is told."""
        return self._limit

    @property
    def n_venues(self) -> int:
        """Count the venue numbers given out, closed ones too."""
        return len(self.venues)

    def from_place(self, lon: float, lat: float) -> Reach:
        """Give every venue within the limit of one place."""
        if self._one is None:
            self._one = OneDoor(self.ground, self.rows, self.venues, self._limit)
        found = self._one.reached(lon, lat)
        if found is None or not len(found[0]):
            return self.from_places([lon], [lat])[0]  # which says why nothing is near
        return Reach(*found, is_estimate=False)

    def from_places(
        self, lons: npt.ArrayLike, lats: npt.ArrayLike, *, threads: int = THREADS
    ) -> Reaches:
        """Give every venue within the limit of each of many places."""
        x_m, y_m = self.network.plane.metres(np.atleast_1d(lons), np.atleast_1d(lats))
        at = self.ground.snapper.snap_metres(x_m, y_m)
        sizes, venue, minutes = self._gathered(at, threads)
        return Reaches(
            indptr=np.concatenate([[0], np.cumsum(sizes)]),
            venue=venue,
            minutes=minutes,
            why_not=self.ground.why_not(at, x_m, y_m, self._leads),
            is_estimate=False,
        )

    def minutes_to(
        self, lon: float, lat: float, *, lons: npt.ArrayLike, lats: npt.ArrayLike
    ) -> Float32s:
        """Give the minutes from each place to one point, infinite past the limit."""
        snap = self.ground.snapper.snap
        at, point = snap(lons, lats), snap([lon], [lat])
        nodes, far_off = reached_from(self.adjacency, point, limit_minutes=self._limit)
        near = np.full(self.network.n_nodes + 1, np.inf)  # the last stands for no node
        near[nodes] = far_off
        far: Float64s = (at.starts + near[at.ends]).min(axis=1)
        same = (at.edge == point.edge[0]) & (at.edge >= 0)
        direct = np.abs(at.along - point.along[0]) + at.access + point.access[0]
        far = np.where(same, np.minimum(far, direct), far)
        return np.where(far <= self._limit, far, np.inf).astype(np.float32)

    def why_not_venue(self, venue: int) -> str | None:
        """Say why nobody can walk to a venue, or None where somebody could."""
        self.venues.check(venue)
        lon, lat = self.venues.lons[[venue]], self.venues.lats[[venue]]
        x_m, y_m = self.network.plane.metres(lon, lat)
        at = self.venues.snapped.at(slice(venue, venue + 1))
        number = self.ground.why_not(at, x_m, y_m, self._leads)
        return WHY_NOT[number[0] if number[0] != ISLAND else REACHED]

    def add(self, lon: float, lat: float) -> int:
        """Open a venue and give its number; searches from it alone."""
        venue = len(self.venues)
        self._put(venue, lon, lat)
        return venue

    def move(self, venue: int, *, lon: float, lat: float) -> None:
        """Move a venue; searches from it alone."""
        self.venues.check(venue)
        self._put(venue, lon, lat)

    def close(self, venue: int) -> None:
        """Close a venue: it is in no later answer."""
        self.venues.check(venue)
        self.venues.close(venue)
        self._look()

    def save(self, folder: Path) -> None:
        """Write the network and the index, for processes to map."""
        index = self.settled()
        keeping.save(
            keeping.Held(index.ground, index.rows, index.venues, self._limit), folder
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map what ``save`` wrote; raise BadIndexError where there is none."""
        held = keeping.load(folder)
        return cls(
            held.ground, held.rows, held.venues, limit_minutes=held.limit_minutes
        )

    def settled(self) -> "ReachIndex":
        """Give the same index with every venue that came or moved built in."""
        if not (self.venues.gone & self.venues.is_open).any():
            return self
        lons, lats = self.venues.open_lons(), self.venues.lats
        snapped = self.ground.snapper.snap(lons, lats)
        rows = rows_within(self.adjacency, snapped, limit_minutes=self._limit)
        venues = Venues(lons, lats, snapped, self.venues.is_open)
        return ReachIndex(self.ground, rows, venues, limit_minutes=self._limit)

    def _put(self, venue: int, lon: float, lat: float) -> None:
        snapped = self.ground.snapper.snap([lon], [lat])
        found = reached_from(self.adjacency, snapped, limit_minutes=self._limit)
        self.venues.put(venue, (float(lon), float(lat)), snapped, found)
        self._look()

    def _look(self) -> None:
        """Note which islands have any venue; what was bound before is let go of."""
        self._one = None
        first = self.venues.snapped.ends[self.venues.on, 0]
        self._leads = self.ground.with_venues(first)

    def _gathered(self, at: Snapped, threads: int) -> Found:
        """Give how many venues each door has, their numbers and the minutes."""
        n_doors = len(at)
        if n_doors < MANY_DOORS or threads < 2:
            return self._gathered_by_one(at)
        parts = np.array_split(np.arange(n_doors), threads)
        with ThreadPoolExecutor(threads) as pool:
            found = pool.map(lambda part: self._gathered_by_one(at.at(part)), parts)
            sizes, venue, minutes = zip(*found, strict=True)
        return np.concatenate(sizes), np.concatenate(venue), np.concatenate(minutes)

    def _gathered_by_one(self, at: Snapped) -> Found:
        here, n_venues = self.venues, len(self.venues)
        later = here.later(self.network.n_nodes)
        best, touched = np.full(n_venues, np.inf), np.empty(n_venues, np.int64)
        room = max(min(ROOM, n_venues * len(at)), n_venues)
        venue, minutes = np.empty(room, np.int32), np.empty(room, np.float32)
        sizes, begin = np.zeros(len(at), np.int64), 0
        parts: list[tuple[Int32s, Float32s]] = []
        fixed: tuple[Any, ...] = (
            *(self.rows.indptr, self.rows.venue, self.rows.minutes, here.gone),
            *(later.indptr, later.venue, later.minutes, here.none_gone),
            *(at.edge, at.ends, at.starts, at.access, at.along),
            *(here.edges, here.on, here.snapped.access, here.snapped.along),
        )
        while begin < len(at):
            rest = self._limit, begin, best, touched, sizes, venue, minutes
            end = doors.gather_many(*(*fixed, *rest))
            used = int(sizes[begin:end].sum())
            parts.append((venue[:used].copy(), minutes[:used].copy()))
            begin = end
        return (
            sizes,
            np.concatenate([np.zeros(0, np.int32), *(v for v, _ in parts)]),
            np.concatenate([np.zeros(0, np.float32), *(m for _, m in parts)]),
        )
