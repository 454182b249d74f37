"""A reach index on disk: every array as it is used, so that to load is only to map.

Nothing is worked out when it is read; processes on one machine share the pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from doorstep import io
from doorstep._internals.ground import Ground
from doorstep._internals.snapping import Grid, Snapped, Snapper
from doorstep.flat_earth import FlatEarth
from doorstep.network import Adjacency, Network
from doorstep.rows import Rows
from doorstep.speeds import PROFILES
from doorstep.venues import Venues

KIND, LAYOUT = "reach", 2

Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Held:
    """What a reach index is made of."""

    ground: Ground
    rows: Rows
    venues: Venues
    limit_minutes: float


def save(held: Held, folder: Path) -> None:
    """Write it; venues that came or moved must have been built in."""
    ground, venues = held.ground, held.venues
    cells, plane = ground.snapper.cells, ground.network.plane
    parts = {
        "network": ground.network,
        "adjacency": ground.adjacency,
        "grid": cells,
        "rows": held.rows,
        "snapped": venues.snapped,
    }
    arrays = {
        f"{part}_{name}": value
        for part, whole in parts.items()
        for name, value in vars(whole).items()
        if isinstance(value, np.ndarray)
    }
    arrays["islands"] = ground.islands
    arrays["venue_lon"], arrays["venue_lat"] = venues.lons, venues.lats
    arrays["venue_is_open"] = venues.is_open
    numbers = {f.name: getattr(cells, f.name) for f in fields(Grid)}
    facts = {
        "limit_minutes": held.limit_minutes,
        "profile": ground.profile.name,
        "plane": [plane.lon, plane.lat],
        "grid": {k: v for k, v in numbers.items() if not isinstance(v, np.ndarray)},
    }
    io.save_arrays(folder, arrays, kind=KIND, version=LAYOUT, facts=facts)


def load(folder: Path) -> Held:
    """Map what ``save`` wrote; raise BadIndexError where there is none."""
    kept = io.load_arrays(folder, kind=KIND, version=LAYOUT)
    arrays, facts = kept.arrays, kept.facts
    plane = FlatEarth(*facts["plane"])
    network = Network(**_part("network", arrays), plane=plane)
    profile = PROFILES[facts["profile"]]
    cells = Grid(**_part("grid", arrays), **facts["grid"])
    ground = Ground(
        network,
        profile,
        Adjacency(**_part("adjacency", arrays)),
        Snapper(network, profile, cells),
        np.asarray(arrays["islands"]),
    )
    venues = Venues(
        arrays["venue_lon"],
        arrays["venue_lat"],
        Snapped(**_part("snapped", arrays)),
        arrays["venue_is_open"],
    )
    rows = Rows(**_part("rows", arrays))
    return Held(ground, rows, venues, facts["limit_minutes"])


def _part(name: str, arrays: Arrays) -> dict[str, Any]:
    """Give the arrays of one part by their own names; plain views of what is mapped."""
    return {
        key.removeprefix(f"{name}_"): np.asarray(array)
        for key, array in arrays.items()
        if key.startswith(f"{name}_")
    }
