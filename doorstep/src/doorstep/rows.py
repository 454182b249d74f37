"""The rows of a reach index: node by node, the venues within the limit and the minutes.

Searched for from the venues outward, in threads, and turned round. It knows nothing of
doors or of venues that come and go: see `doorstep.reach`.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np

from doorstep._internals import searching
from doorstep._internals.snapping import Snapped
from doorstep.network import Adjacency
from doorstep.walks import Float32s, Int32s, Int64s

THREADS = 2
ROOM = 4_000_000
"""How many pairs a thread finds before they are put away."""
WAITING = 512
"""How many nodes may wait in one bucket of a search, at first."""


Reached = tuple[Int32s, Float32s]
"""The nodes that one venue reaches, and the minutes to each."""


@dataclass(frozen=True)
class Rows:
    """Node ``i`` reaches ``venue[indptr[i]:indptr[i + 1]]`` in the minutes beside it."""

    indptr: Int64s
    venue: Int32s
    minutes: Float32s

    @classmethod
    def of(cls, found: Mapping[int, Reached], *, n_nodes: int) -> Self:
        """Make rows of what single venues reach, by their numbers."""
        nodes = np.concatenate([np.zeros(0, np.int32), *(n for n, _ in found.values())])
        far = np.concatenate([np.zeros(0, np.float32), *(m for _, m in found.values())])
        sizes = np.array([len(nodes) for nodes, _ in found.values()], np.int64)
        venue = np.repeat(np.array(list(found), np.int32), sizes)
        order = np.argsort(nodes, kind="stable")
        indptr = np.zeros(n_nodes + 1, np.int64)
        np.cumsum(np.bincount(nodes, minlength=n_nodes), out=indptr[1:])
        return cls(indptr, venue[order], far[order])


@dataclass(frozen=True)
class _Block:
    """What the venues at places ``begin`` to ``end`` of an order found, one by one."""

    nodes: Int32s
    minutes: Float32s
    order: Int32s
    counts: Int64s
    begin: int
    end: int


def rows_within(
    adjacency: Adjacency,
    snapped: Snapped,
    *,
    limit_minutes: float,
    threads: int = THREADS,
) -> Rows:
    """Search from every snapped venue and give what each node reaches.

    The venues of one node stand in no stated order. The same input has the same rows,
    however many threads there are.
    """
    parts = np.array_split(_near_to_near(snapped), max(1, threads))
    with ThreadPoolExecutor(max(1, threads)) as pool:
        found = list(
            pool.map(
                lambda part: _searched(adjacency, snapped, float(limit_minutes), part),
                parts,
            )
        )
    return _turned([b for blocks in found for b in blocks], len(adjacency.indptr) - 1)


def reached_from(
    adjacency: Adjacency, snapped: Snapped, *, limit_minutes: float
) -> Reached:
    """Search from one snapped point alone and give the nodes within the limit."""
    order = np.zeros(1, np.int32)
    for block in _searched(adjacency, snapped, float(limit_minutes), order):
        return block.nodes, block.minutes
    return np.zeros(0, np.int32), np.zeros(0, np.float32)


def _near_to_near(snapped: Snapped) -> Int32s:
    """Order the venues so that one search finds in memory what the last one touched."""
    return np.argsort(snapped.ends[:, 0], kind="stable").astype(np.int32)


class _Desk:
    """The workspace of one thread, made once and left clean after each search."""

    def __init__(self, n_nodes: int, limit: float) -> None:
        # the first number above the limit stands for nothing found
        self.nothing = float(np.nextafter(limit, np.inf))
        self.best = np.full(n_nodes, self.nothing)
        buckets = int(limit * searching.BUCKETS_A_MINUTE) + 1
        self.tops = np.zeros(buckets, np.uint64)
        self.make_room(WAITING)

    def make_room(self, size: int) -> None:
        """Let so many wait in a bucket, less one."""
        self.waiting = np.empty((len(self.tops), size), np.uint32)


def _searched(
    adjacency: Adjacency, snapped: Snapped, limit: float, order: Int32s
) -> list[_Block]:
    """Search from some venues in one thread, a room full at a time."""
    n_nodes = len(adjacency.indptr) - 1
    desk = _Desk(n_nodes, limit)
    room = max(min(ROOM, len(order) * n_nodes), n_nodes) + 1
    counts, begin, blocks = np.zeros(len(order), np.int64), 0, []
    while begin < len(order):
        nodes, far = np.empty(room, np.int32), np.empty(room, np.float32)
        end = searching.search_many(
            adjacency.indptr,
            adjacency.neighbour,
            adjacency.minutes,
            snapped.ends,
            snapped.starts,
            order,
            begin,
            desk.nothing,
            desk.best,
            desk.waiting,
            desk.tops,
            nodes,
            far,
            counts,
        )
        used = int(counts[begin:end].sum())
        if used:
            blocks.append(_Block(nodes[:used], far[:used], order, counts, begin, end))
        elif end == begin:
            desk.make_room(2 * desk.waiting.shape[1])
        begin = end
    return blocks


def _turned(blocks: list[_Block], n_nodes: int) -> Rows:
    """Turn what venues found into rows of nodes."""
    sizes = np.zeros(n_nodes, np.int64)
    for block in blocks:
        sizes += np.bincount(block.nodes, minlength=n_nodes)
    indptr = np.concatenate([[0], np.cumsum(sizes)])
    venue, minutes = np.empty(indptr[-1], np.int32), np.empty(indptr[-1], np.float32)
    cursor = indptr[:-1].copy()
    for block in blocks:
        searching.by_node(
            block.nodes,
            block.minutes,
            block.order,
            block.counts,
            block.begin,
            block.end,
            cursor,
            venue,
            minutes,
        )
    return Rows(indptr, venue, minutes)
