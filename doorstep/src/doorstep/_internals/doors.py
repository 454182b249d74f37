"""Compiled loops of the doorstep's side: from each door, the venues and the minutes.

``best`` holds the least minutes to each venue, and ``touched`` which were found. The
innermost loops call nothing: an array handed to a function is counted by Numba each
time, which for one venue is four times the work.
"""

from typing import Any

import numpy as np

from doorstep._internals.compiled import compiled


@compiled
def from_row(
    indptr: Any, venue: Any, minutes: Any, gone: Any, node: int, start: float,
    limit: float, best: Any, touched: Any, count: int,
) -> int:  # fmt: skip
    """Note what one end of a door's edge reaches, but for what is gone."""
    if node < 0:
        return count
    for k in range(indptr[node], indptr[node + 1]):
        found, far = venue[k], start + minutes[k]
        if far <= limit and not gone[found]:
            if best[found] == np.inf:
                touched[count] = found
                count += 1
            best[found] = min(best[found], far)
    return count


@compiled
def along_the_edge(
    edge: int, access: float, along: float, edges: Any, venues: Any,
    venue_access: Any, venue_along: Any, limit: float, best: Any, touched: Any,
    count: int,
) -> int:  # fmt: skip
    """Note the venues on the door's own edge, by the straight way along it."""
    if edge < 0:
        return count
    k = np.searchsorted(edges, edge)
    while k < edges.shape[0] and edges[k] == edge:
        venue = venues[k]
        far = abs(along - venue_along[venue]) + access + venue_access[venue]
        if far <= limit:
            if best[venue] == np.inf:
                touched[count] = venue
                count += 1
            best[venue] = min(best[venue], far)
        k += 1
    return count


@compiled
def put_away(
    touched: Any, count: int, best: Any, found: Any, found_minutes: Any, first: int
) -> None:
    """Write the venues noted by rising number, and let go of them."""
    order = np.sort(touched[:count])
    for i in range(count):
        found[first + i], found_minutes[first + i] = order[i], best[order[i]]
        best[order[i]] = np.inf


@compiled
def gather_one(
    indptr: Any, venue: Any, minutes: Any, gone: Any,
    later_indptr: Any, later_venue: Any, later_minutes: Any, none_gone: Any,
    edge: int, u: int, v: int, from_u: float, from_v: float, access: float,
    along: float,
    edges: Any, venues: Any, venue_access: Any, venue_along: Any, limit: float,
    best: Any, touched: Any, found: Any, found_minutes: Any, first: int,
) -> int:  # fmt: skip
    """Write the venues of a door from ``found[first]`` on; give how many.

    Its edge runs from ``u`` to ``v``. ``best`` is infinite everywhere, before and after.
    """
    count = 0
    for node, start in ((u, from_u), (v, from_v)):
        count = from_row(
            indptr, venue, minutes, gone, node, start, limit, best, touched, count
        )
        count = from_row(
            later_indptr, later_venue, later_minutes, none_gone, node, start, limit,
            best, touched, count,
        )  # fmt: skip
    count = along_the_edge(
        edge, access, along, edges, venues, venue_access, venue_along, limit,
        best, touched, count,
    )  # fmt: skip
    put_away(touched, count, best, found, found_minutes, first)
    return count


@compiled
def gather_many(
    indptr: Any, venue: Any, minutes: Any, gone: Any,
    later_indptr: Any, later_venue: Any, later_minutes: Any, none_gone: Any,
    edge: Any, ends: Any, starts: Any, access: Any, along: Any,
    edges: Any, venues: Any, venue_access: Any, venue_along: Any, limit: float,
    begin: int, best: Any, touched: Any, sizes: Any, found: Any, found_minutes: Any,
) -> int:  # fmt: skip
    """Write the venues of door after door; give the first not done.

    It stops where ``found`` may not hold every venue once more.
    """
    first = 0
    for door in range(begin, edge.shape[0]):
        if found.shape[0] - first < best.shape[0]:
            return door
        sizes[door] = gather_one(
            indptr, venue, minutes, gone,
            later_indptr, later_venue, later_minutes, none_gone,
            edge[door], ends[door, 0], ends[door, 1], starts[door, 0], starts[door, 1],
            access[door], along[door],
            edges, venues, venue_access, venue_along, limit,
            best, touched, found, found_minutes, first,
        )  # fmt: skip
        first += sizes[door]
    return int(edge.shape[0])
