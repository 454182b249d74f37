"""Compiled shortest paths: from each venue outward, no further than the limit.

As no walk is longer than the limit, nodes to walk on from wait in buckets a quarter of
a minute wide, and not in a heap (Dial, "Algorithm 360", CACM 12, 1969). A node is
walked on from again where a shorter way to it turns up within its bucket, so that the
minutes are exact whatever the width. The workspace is left clean after each search: a
search costs what it touches and not what the network holds.
"""

from typing import Any

import numpy as np

from doorstep._internals.compiled import compiled

BUCKETS_A_MINUTE = 4


@compiled
def wait(
    heads: Any, waiting: Any, keys: Any, behind: Any, size: int, key: float, node: int
) -> None:
    """Put a node in its bucket, before those that wait there."""
    bucket = int(key * BUCKETS_A_MINUTE)
    waiting[size], keys[size], behind[size] = node, key, heads[bucket]
    heads[bucket] = size


@compiled
def seed(
    ends: Any, starts: Any, limit: float, best: Any,
    heads: Any, waiting: Any, keys: Any, behind: Any, found: Any, first: int,
) -> Any:  # fmt: skip
    """Let the two ends of a venue's edge wait; give how many are found, and wait."""
    count, size = 0, 0
    for side in range(2):
        node, start = ends[side], starts[side]
        if node < 0 or start > limit or start >= best[node]:
            continue
        if best[node] == np.inf:
            found[first + count] = node
            count += 1
        best[node] = start
        wait(heads, waiting, keys, behind, size, start, node)
        size += 1
    return count, size


@compiled
def walk_on(
    indptr: Any, neighbour: Any, minutes: Any, node: int, key: float, limit: float,
    best: Any, heads: Any, waiting: Any, keys: Any, behind: Any, found: Any,
    first: int, count: int, size: int,
) -> Any:  # fmt: skip
    """Go from one node to those next to it; give how many are found, and wait."""
    for k in range(indptr[node], indptr[node + 1]):
        far, other = key + minutes[k], neighbour[k]
        if far > limit or far >= best[other]:
            continue
        if best[other] == np.inf:
            found[first + count] = other
            count += 1
        best[other] = far
        if indptr[other + 1] - indptr[other] > 1:  # a dead end leads only back
            wait(heads, waiting, keys, behind, size, far, other)
            size += 1
    return count, size


@compiled
def search(
    indptr: Any, neighbour: Any, minutes: Any, ends: Any, starts: Any, limit: float,
    best: Any, heads: Any, waiting: Any, keys: Any, behind: Any, found: Any,
    first: int,
) -> Any:  # fmt: skip
    """Write every node within the limit of one venue from ``first`` on.

    ``ends`` and ``starts`` are the two nodes of the venue's edge, and the minutes from
    the venue to each. Gives how many were found, and whether the search is whole: it
    is cut short where more would wait than there is room for.
    """
    count, size = seed(
        ends, starts, limit, best, heads, waiting, keys, behind, found, first
    )
    is_whole = True
    for bucket in range(heads.shape[0]):
        while heads[bucket] >= 0:
            entry = heads[bucket]
            heads[bucket] = behind[entry]
            node, key = waiting[entry], keys[entry]
            if key > best[node] or not is_whole:
                continue
            if size + indptr[node + 1] - indptr[node] > waiting.shape[0]:
                is_whole = False
                continue
            count, size = walk_on(
                indptr, neighbour, minutes, node, key, limit,
                best, heads, waiting, keys, behind, found, first, count, size,
            )  # fmt: skip
    return count, is_whole


@compiled
def search_many(
    indptr: Any, neighbour: Any, minutes: Any, ends: Any, starts: Any, limit: float,
    order: Any, begin: int,
    best: Any, heads: Any, waiting: Any, keys: Any, behind: Any,
    found: Any, found_minutes: Any, counts: Any,
) -> int:  # fmt: skip
    """Search from venue after venue of an order; give the place of the first not done.

    It stops where ``found`` may not hold one more search, or one was cut short.
    """
    first = 0
    for place in range(begin, order.shape[0]):
        if found.shape[0] - first < best.shape[0]:
            return place
        venue = order[place]
        count, is_whole = search(
            indptr, neighbour, minutes, ends[venue], starts[venue], limit,
            best, heads, waiting, keys, behind, found, first,
        )  # fmt: skip
        for row in range(first, first + count):
            found_minutes[row] = best[found[row]]
            best[found[row]] = np.inf
        if not is_whole:
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
