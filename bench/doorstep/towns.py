"""The towns that are measured on: Newport's streets, and as many Newports as asked."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from doorstep.network import Network
from doorstep.streets import read_streets

NEWPORT = Path(__file__).parents[2] / "doorstep/data/newport/newport-2023-06-13.osm.pbf"


@lru_cache(maxsize=1)
def newport() -> Network:
    """Give the streets of Newport (OpenStreetMap, ODbL), 13,685 crossings."""
    return read_streets(NEWPORT)


def newports(n_nodes: int) -> Network:
    """Give Newport laid side by side until there are so many crossings.

    Each copy lies in a square of copies and is joined to those west and south of it
    by one street; lengths are those of the real ways, their bends are left out.
    """
    one = newport()
    copies = max(1, round(n_nodes / one.n_nodes))
    if copies == 1:
        return one
    side = int(np.ceil(np.sqrt(copies)))
    east, north = np.arange(copies) % side, np.arange(copies) // side
    first = np.arange(copies)[:, None] * one.n_nodes
    joints = [
        _joints(one.lon, first, east > 0, 1),
        _joints(one.lat, first, north, side),
    ]
    return Network.from_arrays(
        lon=(one.lon + (east * np.ptp(one.lon))[:, None]).ravel(),
        lat=(one.lat + (north * np.ptp(one.lat))[:, None]).ravel(),
        edge_u=np.concatenate([(one.edge_u + first).ravel(), *(j[0] for j in joints)]),
        edge_v=np.concatenate([(one.edge_v + first).ravel(), *(j[1] for j in joints)]),
        length_m=np.concatenate(
            [
                np.tile(one.length_m, copies),
                *(np.full(len(j[0]), 100.0) for j in joints),
            ]
        ),
    )


def _joints(
    degrees: np.ndarray, first: np.ndarray, has_one: np.ndarray, back: int
) -> tuple[np.ndarray, np.ndarray]:
    """Give the two ends of the street from each copy to the one so many before it."""
    here = np.flatnonzero(has_one)
    low, high = int(np.argmin(degrees)), int(np.argmax(degrees))
    return first[here, 0] + low, first[here - back, 0] + high
