"""Compiled shortest paths: from each venue outward, no further than the limit.

As no walk is longer than the limit, nodes to walk on from wait in buckets of a few
seconds, and not in a heap (Dial, "Algorithm 360", CACM 12, 1969). A node is walked on
from again where a shorter way to it turns up within its bucket, so that the minutes are
exact whatever the width; one that waits twice is passed over the second time. The workspace is left clean after each search: a
search costs what it touches and not what the network holds.

The innermost loop takes no branch: it writes what may turn out to be nothing, and
counts it or not. A processor guesses such branches wrong about half the time, and that
was half of the cost. ``best`` holds ``nothing``, the first number above the limit,
where nothing was found, so that one comparison asks both "nearer?" and "near enough?".
"""

from typing import Any

import numpy as np

from doorstep._internals.compiled import compiled

BUCKETS_A_MINUTE = 16
WHOLE, ONE = np.uint64, np.uint64(1)
"""Numbers never below 0, so that no index is asked whether it counts from the end."""


@compiled
def seed(
    ends: Any, starts: Any, nothing: float, best: Any, waiting: Any, tops: Any,
    found: Any, first: int,
) -> int:  # fmt: skip
    """Let the two ends of a venue's edge wait; give how many nodes are found."""
    count = 0
    for side in range(2):
        node, start = ends[side], starts[side]
        if node < 0 or start >= best[node]:
            continue
        if best[node] == nothing:
            found[first + count] = node
            count += 1
        best[node] = start
        bucket = int(start * BUCKETS_A_MINUTE)
        waiting[bucket, tops[bucket]] = node
        tops[bucket] += ONE
    return count


@compiled
def search(
    indptr: Any, neighbour: Any, minutes: Any, ends: Any, starts: Any, nothing: float,
    best: Any, waiting: Any, tops: Any, found: Any, first: int,
) -> Any:  # fmt: skip
    """Write every node within the limit of one venue from ``first`` on.

    ``ends`` and ``starts`` are the two nodes of the venue's edge, and the minutes from
    the venue to each. Gives how many were found, and the most that waited in a bucket:
    where that is all the room there is, some may be lost.
    """
    count = seed(ends, starts, nothing, best, waiting, tops, found, first)
    last, room, most = tops.shape[0] - 1, WHOLE(waiting.shape[1] - 1), WHOLE(0)
    for bucket in range(tops.shape[0]):
        while tops[bucket] > 0:
            most = max(most, tops[bucket])
            tops[bucket] -= ONE
            node = waiting[bucket, tops[bucket]]
            key = best[node]
            if int(key * BUCKETS_A_MINUTE) < bucket:
                continue
            for k in range(WHOLE(indptr[node]), WHOLE(indptr[node + ONE])):
                other, far = WHOLE(neighbour[k]), key + minutes[k]
                before = best[other]
                is_nearer = far < before
                best[other] = min(far, before)
                found[WHOLE(first + count)] = other
                count += is_nearer & (before == nothing)
                goes_on = indptr[other + ONE] - indptr[other] > 1  # or is a dead end
                to = WHOLE(min(int(far * BUCKETS_A_MINUTE), last))
                at = tops[to]
                waiting[to, at] = other
                tops[to] = min(at + WHOLE(is_nearer & goes_on), room)
    return count, most


@compiled
def search_many(
    indptr: Any, neighbour: Any, minutes: Any, ends: Any, starts: Any, order: Any,
    begin: int, nothing: float, best: Any, waiting: Any, tops: Any,
    found: Any, found_minutes: Any, counts: Any,
) -> int:  # fmt: skip
    """Search from venue after venue of an order; give the place of the first not done.

    It stops where ``found`` may not hold one more search and one node over, or where
    more waited than there was room for.
    """
    first = 0
    for place in range(begin, order.shape[0]):
        if found.shape[0] - first <= best.shape[0]:
            return place
        venue = order[place]
        count, most = search(
            indptr, neighbour, minutes, ends[venue], starts[venue], nothing,
            best, waiting, tops, found, first,
        )  # fmt: skip
        for row in range(first, first + count):
            found_minutes[row] = best[found[row]]
            best[found[row]] = nothing
        if most + ONE >= waiting.shape[1]:
            return place
        counts[place] = count
        first += count
    return int(order.shape[0])


@compiled
def by_node(
    found: Any, found_minutes: Any, order: Any, counts: Any, begin: int, end: int,
    cursor: Any, venue: Any, venue_minutes: Any,
) -> None:  # fmt: skip
    """Turn what venues found into rows of nodes; ``cursor`` is where each row goes on."""
    row = 0
    for place in range(begin, end):
        for _ in range(counts[place]):
            at = cursor[found[row]]
            venue[at], venue_minutes[at] = order[place], found_minutes[row]
            cursor[found[row]] = at + 1
            row += 1
