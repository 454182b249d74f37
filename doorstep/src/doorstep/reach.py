"""The reach index: from every doorstep, the venues within a walk, along real paths.

Built from the venues outward by bounded shortest paths and held from the doorstep's
side: node by node, the venues within the limit and the minutes to each. Exact to
within the rounding of 32 bits. Adding, moving or closing one venue searches from that
venue alone; what was built stays as it is, and can be memory-mapped by many processes.
"""

from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from doorstep import io
from doorstep._internals import searching
from doorstep._internals.snapping import Snapped, Snapper
from doorstep.errors import NoSuchVenueError
from doorstep.network import ATTRIBUTES, Adjacency, Network
from doorstep.rows import THREADS, Rows, rows_within
from doorstep.speeds import ORDINARY, PROFILES, Profile
from doorstep.walks import (
    ISLAND,
    NO_PLACE,
    OUTSIDE,
    REACHED,
    TOO_FAR_FROM_A_PATH,
    WHY_NOT,
    Float32s,
    Float64s,
    Int32s,
    Int64s,
    Reach,
    Reaches,
)

KIND, LAYOUT = "reach", 1
ARRAYS = ("node_id", "lon", "lat", "edge_u", "edge_v", "length_m", *ATTRIBUTES)
BESIDE_M = 250.0


class Venues:
    """Where the venues are, as they come and go; a number is never given twice."""

    def __init__(self, lons: npt.ArrayLike, lats: npt.ArrayLike) -> None:
        self.lons = list(np.asarray(lons, np.float64))
        self.lats = list(np.asarray(lats, np.float64))
        self.is_open = [True] * len(self.lons)
        # venues whose built rows no longer hold: moved or closed
        self.gone = np.zeros(len(self.lons), np.bool_)
        self.added: dict[int, dict[int, float]] = {}

    def check(self, venue: int) -> None:
        """Raise NoSuchVenueError for a number never given, or whose venue closed."""
        if not 0 <= venue < len(self.lons) or not self.is_open[venue]:
            raise NoSuchVenueError(f"There is no venue {venue}, or it has closed.")


class ReachIndex:
    """A ``Walk`` along the paths of one network, for one walker."""

    is_estimate = False

    def __init__(
        self,
        network: Network,
        rows: Rows,
        venues: Venues,
        *,
        profile: Profile,
        limit_minutes: float,
    ) -> None:
        self.network, self.rows, self.venues = network, rows, venues
        self.profile, self._limit = profile, float(limit_minutes)
        self.adjacency = network.adjacency(profile)
        self.snapper = Snapper(network, profile)
        self._islands = _islands(self.adjacency)
        self._place_venues(self.snapper.snap(venues.lons, venues.lats))

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
        adjacency, snapper = network.adjacency(profile), Snapper(network, profile)
        snapped = snapper.snap(lons, lats)
        rows = rows_within(
            adjacency, snapped, limit_minutes=limit_minutes, threads=threads
        )
        return cls(
            network,
            rows,
            Venues(lons, lats),
            profile=profile,
            limit_minutes=limit_minutes,
        )

    @property
    def limit_minutes(self) -> float:
        """Give the longest walk that is told."""
        return self._limit

    @property
    def n_venues(self) -> int:
        """Count the venue numbers given out, closed ones too."""
        return len(self.venues.lons)

    def from_place(self, lon: float, lat: float) -> Reach:
        """Give every venue within the limit of one place."""
        return self.from_places([lon], [lat])[0]

    def from_places(self, lons: npt.ArrayLike, lats: npt.ArrayLike) -> Reaches:
        """Give every venue within the limit of each of many places."""
        doors = self.snapper.snap(lons, lats)
        why_not = self._why_not(doors, np.atleast_1d(lons), np.atleast_1d(lats))
        best = np.full(self.n_venues, np.inf)
        touched = np.zeros(self.n_venues, np.int64)
        found = [
            self._from_door(doors, door, best, touched) for door in range(len(why_not))
        ]
        sizes = np.array([0, *(len(venues) for venues, _ in found)], np.int64)
        return Reaches(
            indptr=np.cumsum(sizes),
            venue=np.concatenate([v for v, _ in found] or [np.zeros(0, np.int32)]),
            minutes=np.concatenate([m for _, m in found] or [np.zeros(0, np.float32)]),
            why_not=why_not,
            is_estimate=False,
        )

    def minutes_to(
        self, lon: float, lat: float, *, lons: npt.ArrayLike, lats: npt.ArrayLike
    ) -> Float32s:
        """Give the minutes from each place to one point, infinite past the limit."""
        doors, point = self.snapper.snap(lons, lats), self.snapper.snap([lon], [lat])
        near = self._search(point, 0)
        far = np.full(len(doors.edge), np.inf)
        for side in (0, 1):
            reached = np.array([near.get(int(n), np.inf) for n in doors.ends[:, side]])
            far = np.minimum(far, doors.starts[:, side] + reached)
        same = (doors.edge == point.edge[0]) & (doors.edge >= 0)
        direct = np.abs(doors.along - point.along[0]) + doors.access + point.access[0]
        far = np.where(same, np.minimum(far, direct), far)
        return np.where(far <= self._limit, far, np.inf).astype(np.float32)

    def why_not_venue(self, venue: int) -> str | None:
        """Say why nobody can walk to a venue, or None where somebody could."""
        self.venues.check(venue)
        at = [self.venues.lons[venue]], [self.venues.lats[venue]]
        number = self._why_not(self.snapper.snap(*at), *map(np.asarray, at))[0]
        return WHY_NOT[number if number != ISLAND else REACHED]

    def add(self, lon: float, lat: float) -> int:
        """Open a venue and give its number; searches from it alone."""
        here = self.venues
        venue = len(here.lons)
        here.lons.append(float(lon))
        here.lats.append(float(lat))
        here.is_open.append(True)
        here.gone = np.append(here.gone, True)
        self._search_anew(venue)
        return venue

    def move(self, venue: int, *, lon: float, lat: float) -> None:
        """Move a venue; searches from it alone."""
        self.venues.check(venue)
        self.venues.lons[venue], self.venues.lats[venue] = float(lon), float(lat)
        self.venues.gone[venue] = True
        self._search_anew(venue)

    def close(self, venue: int) -> None:
        """Close a venue: it is in no later answer."""
        self.venues.check(venue)
        self.venues.is_open[venue] = False
        self.venues.gone[venue] = True
        self.venues.added.pop(venue, None)
        self._place_venues(self.snapper.snap(self.venues.lons, self.venues.lats))

    def save(self, folder: Path) -> None:
        """Write the network and the index, for processes to map."""
        if self.venues.gone.any():
            fresh = type(self).build(
                self.network,
                self._open_lons(),
                self.venues.lats,
                limit_minutes=self._limit,
                profile=self.profile,
            )
            fresh.venues.is_open = list(self.venues.is_open)
            fresh.save(folder)
            return
        net = self.network
        lon, lat = net.plane.degrees(net.line_x_m, net.line_y_m)
        arrays: dict[str, npt.NDArray[Any]] = {n: getattr(net, n) for n in ARRAYS}
        arrays |= {"line_indptr": net.line_indptr, "line_lon": lon, "line_lat": lat}
        arrays |= {"indptr": self.rows.indptr, "venue": self.rows.venue}
        arrays |= {"minutes": self.rows.minutes}
        arrays |= {"venue_lon": np.array(self.venues.lons)}
        arrays |= {"venue_lat": np.array(self.venues.lats)}
        arrays |= {"is_open": np.array(self.venues.is_open, np.bool_)}
        facts = {"limit_minutes": self._limit, "profile": self.profile.name}
        io.save_arrays(folder, arrays, kind=KIND, version=LAYOUT, facts=facts)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map what ``save`` wrote; raise BadIndexError where there is none."""
        kept = io.load_arrays(folder, kind=KIND, version=LAYOUT)
        a = kept.arrays
        network = Network.from_arrays(
            lon=a["lon"],
            lat=a["lat"],
            edge_u=a["edge_u"],
            edge_v=a["edge_v"],
            length_m=a["length_m"],
            node_id=a["node_id"],
            lines=(a["line_indptr"], a["line_lon"], a["line_lat"]),
            attributes={name: a[name] for name in ATTRIBUTES},
        )
        venues = Venues(a["venue_lon"], a["venue_lat"])
        venues.is_open = a["is_open"].tolist()
        venues.gone = ~a["is_open"]
        return cls(
            network,
            Rows(a["indptr"], a["venue"], a["minutes"]),
            venues,
            profile=PROFILES[kept.facts["profile"]],
            limit_minutes=kept.facts["limit_minutes"],
        )

    def _open_lons(self) -> Float64s:
        return np.where(self.venues.is_open, self.venues.lons, np.nan)

    def _place_venues(self, snapped: Snapped) -> None:
        """Note which open venues lie on each edge, and on which islands they are."""
        self._snapped = snapped
        self._on_edge: dict[int, list[int]] = {}
        islands = np.zeros(0, np.int32)
        for venue in np.flatnonzero(np.array(self.venues.is_open, np.bool_)):
            if snapped.edge[venue] >= 0:
                self._on_edge.setdefault(int(snapped.edge[venue]), []).append(
                    int(venue)
                )
        on = [v for venues in self._on_edge.values() for v in venues]
        if on:
            islands = self._islands[snapped.ends[on, 0]]
        self._with_venues = np.unique(islands)

    def _search_anew(self, venue: int) -> None:
        self._place_venues(self.snapper.snap(self.venues.lons, self.venues.lats))
        self.venues.added[venue] = self._search(self._snapped, venue)

    def _search(self, snapped: Snapped, row: int) -> dict[int, float]:
        """Give the minutes from one snapped point to every node within the limit."""
        one = Snapped(*(part[row : row + 1] for part in vars(snapped).values()))
        found = rows_within(self.adjacency, one, limit_minutes=self._limit, threads=1)
        nodes = np.flatnonzero(np.diff(found.indptr))
        return dict(zip(nodes.tolist(), found.minutes.tolist(), strict=True))

    def _from_door(
        self, doors: Snapped, door: int, best: Float64s, touched: Int64s
    ) -> tuple[Int32s, Float32s]:
        """Give the venues of one door by number, and the minutes to each."""
        ends, starts = doors.ends[door], doors.starts[door]
        count = searching.gather(
            self.rows.indptr,
            self.rows.venue,
            self.rows.minutes,
            self.venues.gone,
            ends,
            starts,
            self._limit,
            best,
            touched,
        )
        minutes = dict(
            zip(touched[:count].tolist(), best[touched[:count]], strict=True)
        )
        best[touched[:count]] = np.inf
        for venue, near in self.venues.added.items():
            far = min(
                starts[side] + near.get(int(ends[side]), np.inf) for side in (0, 1)
            )
            if far <= self._limit:
                minutes[venue] = far
        self._along_the_same_edge(doors, door, minutes)
        order = sorted(minutes)
        return (
            np.array(order, np.int32),
            np.array([minutes[v] for v in order], np.float32),
        )

    def _along_the_same_edge(
        self, doors: Snapped, door: int, minutes: dict[int, float]
    ) -> None:
        """Go straight along the path where the venue lies on the door's own edge."""
        here = self._snapped
        for venue in self._on_edge.get(int(doors.edge[door]), ()):
            far = abs(doors.along[door] - here.along[venue])
            far += doors.access[door] + here.access[venue]
            if far <= min(self._limit, minutes.get(venue, np.inf)):
                minutes[venue] = float(far)

    def _why_not(
        self, doors: Snapped, lons: Float64s, lats: Float64s
    ) -> npt.NDArray[np.int8]:
        x_m, y_m = self.network.plane.metres(lons, lats)
        why = np.full(len(doors.edge), REACHED, np.int8)
        if self.network.n_nodes:
            near_x = np.clip(x_m, self.network.x_m.min(), self.network.x_m.max())
            near_y = np.clip(y_m, self.network.y_m.min(), self.network.y_m.max())
            is_outside = np.hypot(x_m - near_x, y_m - near_y) > BESIDE_M
        else:
            is_outside = np.ones(len(why), np.bool_)
        off = doors.edge < 0
        why[off] = TOO_FAR_FROM_A_PATH
        why[off & is_outside] = OUTSIDE
        why[np.isnan(x_m) | np.isnan(y_m)] = NO_PLACE
        on = np.flatnonzero(~off)
        alone = ~np.isin(self._islands[doors.ends[on, 0]], self._with_venues)
        why[on[alone]] = ISLAND
        return why


def _islands(adjacency: Adjacency) -> Int32s:
    """Give each node the number of the piece of the network that it is in."""
    # SciPy: which places any path joins, by its compiled components. Brought in here,
    # because most commands walk nowhere and would wait for it at their start
    from scipy import sparse
    from scipy.sparse import csgraph

    size = len(adjacency.indptr) - 1
    joined = np.ones(len(adjacency.neighbour), np.int8)
    graph = sparse.csr_array(
        (joined, adjacency.neighbour, adjacency.indptr), shape=(size, size)
    )
    _, numbers = csgraph.connected_components(graph, directed=False)
    return np.asarray(numbers, np.int32)
