"""A network made ready for one walker: who is next to whom, the grid, the islands."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from doorstep._internals.snapping import Snapped, Snapper
from doorstep.network import Adjacency, Network
from doorstep.speeds import Profile
from doorstep.walks import (
    ISLAND,
    NO_PLACE,
    OUTSIDE,
    REACHED,
    TOO_FAR_FROM_A_PATH,
    Float64s,
    Int32s,
    Int64s,
)

Bools = npt.NDArray[np.bool_]

BESIDE_M = 250.0
"""A place further than this from all the network's nodes is outside its area."""


@dataclass(frozen=True)
class Ground:
    """What searches and doors need of a network, all of it arrays."""

    network: Network
    profile: Profile
    adjacency: Adjacency
    snapper: Snapper
    islands: Int32s

    @classmethod
    def of(cls, network: Network, profile: Profile) -> Self:
        """Make it ready."""
        adjacency = network.adjacency(profile)
        snapper = Snapper(network, profile)
        return cls(network, profile, adjacency, snapper, _islands(adjacency))

    @cached_property
    def bounds_m(self) -> tuple[float, float, float, float]:
        """Give the least and most metres east, then north."""
        x_m, y_m = self.network.x_m, self.network.y_m
        return float(x_m.min()), float(x_m.max()), float(y_m.min()), float(y_m.max())

    def why_not(
        self, at: Snapped, x_m: Float64s, y_m: Float64s, leads: Bools
    ) -> npt.NDArray[np.int8]:
        """Number why nothing could be worked out for each place; 0 where it could.

        ``leads`` says of each island whether any venue is on it.
        """
        why = np.full(len(at), REACHED, np.int8)
        off = at.edge < 0
        if off.any():
            west, east, south, north = self.bounds_m
            beside = np.hypot(
                x_m - np.clip(x_m, west, east), y_m - np.clip(y_m, south, north)
            )
            why[off] = TOO_FAR_FROM_A_PATH
            why[off & (beside > BESIDE_M)] = OUTSIDE
            why[np.isnan(x_m) | np.isnan(y_m)] = NO_PLACE
        why[~off & ~leads[self.islands[at.ends[:, 0]]]] = ISLAND
        return why

    def with_venues(self, nodes: Int64s) -> Bools:
        """Say of each island whether one of these nodes is on it."""
        leads = np.zeros(self.n_islands, np.bool_)
        leads[self.islands[nodes]] = True
        return leads

    @cached_property
    def n_islands(self) -> int:
        """Count the pieces that the network is in."""
        return int(self.islands.max()) + 1


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
