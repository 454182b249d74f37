"""Compiled shortest paths: from each venue outward, no further than the limit.

A plain binary heap with lazy deletion over the rows of an adjacency. The workspace
(distances, heap) is made once for a thread and left clean after each search, so that
a search costs what it touches and not what the network holds.
"""

from typing import Any

import numpy as np

from doorstep._internals.compiled import compiled


@compiled
def push(keys: Any, nodes: Any, size: int, key: float, node: int) -> int:
    """Put one node in the heap; give the new size."""
    at = size
    while at > 0:
        parent = (at - 1) >> 1
        if keys[parent] <= key:
            break
        keys[at], nodes[at] = keys[parent], nodes[parent]
        at = parent
    keys[at], nodes[at] = key, node
    return size + 1


@compiled
def pop(keys: Any, nodes: Any, size: int) -> int:
    """Take the least from the top (read it before); give the new size."""
    size -= 1
    key, node = keys[size], nodes[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[at], nodes[at] = keys[child], nodes[child]
        at = child
    keys[at], nodes[at] = key, node
    return size


@compiled
def seed(ends: Any, starts: Any, limit: float, best: Any, keys: Any, nodes: Any) -> int:
    """Put the two ends of a venue's edge in the heap; give its size."""
    size = 0
    for side in range(2):
        node, start = ends[side], starts[side]
        if node >= 0 and start <= limit and start < best[node]:
            best[node] = start
            size = push(keys, nodes, size, start, node)
    return size


@compiled
def clean(best: Any, nodes: Any, size: int, found: Any, first: int, count: int) -> None:
    """Make every distance that a search touched infinite again."""
    for row in range(size):
        best[nodes[row]] = np.inf
    for row in range(count):
        best[found[first + row]] = np.inf


@compiled
def search(
    indptr: Any, neighbour: Any, minutes: Any, ends: Any, starts: Any, limit: float,
    best: Any, keys: Any, nodes: Any, found: Any, found_minutes: Any, first: int,
) -> int:  # fmt: skip
    """Write every node within the limit of one venue from ``first`` on; give how many.

    ``ends`` and ``starts`` are the two nodes of the venue's edge, and the minutes from
    the venue to each. -1 where what was found does not fit in what is left of the room.
    """
    count, room, is_full = 0, found.shape[0] - first, False
    size = seed(ends, starts, limit, best, keys, nodes)
    while size > 0:
        key, node = keys[0], nodes[0]
        size = pop(keys, nodes, size)
        if key > best[node]:
            continue
        if count == room:
            best[node], is_full = np.inf, True
            break
        found[first + count], found_minutes[first + count] = node, key
        count += 1
        for k in range(indptr[node], indptr[node + 1]):
            far, other = key + minutes[k], neighbour[k]
            if far <= limit and far < best[other]:
                best[other] = far
                size = push(keys, nodes, size, far, other)
    clean(best, nodes, size, found, first, count)
    return -1 if is_full else count


@compiled
def search_many(
    indptr: Any, neighbour: Any, minutes: Any, ends: Any, starts: Any, limit: float,
    best: Any, keys: Any, nodes: Any, found: Any, found_minutes: Any, counts: Any,
    begin: int,
) -> int:  # fmt: skip
    """Search from venue after venue until the room is full; give the first not done."""
    first = 0
    for venue in range(begin, ends.shape[0]):
        count = search(
            indptr, neighbour, minutes, ends[venue], starts[venue], limit,
            best, keys, nodes, found, found_minutes, first,
        )  # fmt: skip
        if count < 0:
            return venue
        counts[venue] = count
        first += count
    return int(ends.shape[0])


@compiled
def by_node(
    found: Any, found_minutes: Any, counts: Any, begin: int, end: int,
    cursor: Any, venue: Any, venue_minutes: Any,
) -> None:  # fmt: skip
    """Turn what venues found into rows of nodes; ``cursor`` is where each row goes on."""
    row = 0
    for v in range(begin, end):
        for _ in range(counts[v]):
            at = cursor[found[row]]
            venue[at], venue_minutes[at] = v, found_minutes[row]
            cursor[found[row]] = at + 1
            row += 1


@compiled
def gather(
    indptr: Any, venue: Any, minutes: Any, gone: Any, ends: Any, starts: Any,
    limit: float, best: Any, touched: Any,
) -> int:  # fmt: skip
    """Write the best minutes to each venue from a door on an edge; give how many.

    ``best`` is infinite everywhere before; the caller sets what is ``touched`` back.
    """
    count = 0
    for side in range(2):
        node, start = ends[side], starts[side]
        if node < 0:
            continue
        for row in range(indptr[node], indptr[node + 1]):
            v = venue[row]
            far = start + minutes[row]
            if gone[v] or far > limit:
                continue
            if best[v] == np.inf:
                touched[count] = v
                count += 1
            if far < best[v]:
                best[v] = far
    return count
