"""Compiled loops of the doorstep's side: from each door, the venues and the minutes."""

from typing import Any

import numpy as np

from doorstep._internals.compiled import compiled


@compiled
def note(venue: int, far: float, best: Any, touched: Any, count: int) -> int:
    """Keep the least minutes to a venue; give how many venues are noted."""
    if best[venue] == np.inf:
        touched[count] = venue
        count += 1
    best[venue] = min(best[venue], far)
    return count


@compiled
def from_rows(
    indptr: Any, venue: Any, minutes: Any, gone: Any, ends: Any, starts: Any,
    limit: float, best: Any, touched: Any, count: int,
) -> int:  # fmt: skip
    """Note what the two ends of a door's edge reach, but for what is gone."""
    for side in range(2):
        node = ends[side]
        if node < 0:
            continue
        for k in range(indptr[node], indptr[node + 1]):
            far = starts[side] + minutes[k]
            if far <= limit and not gone[venue[k]]:
                count = note(venue[k], far, best, touched, count)
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
            count = note(venue, far, best, touched, count)
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
def gather_many(
    indptr: Any, venue: Any, minutes: Any, gone: Any,
    later_indptr: Any, later_venue: Any, later_minutes: Any, none_gone: Any,
    edge: Any, ends: Any, starts: Any, access: Any, along: Any,
    edges: Any, venues: Any, venue_access: Any, venue_along: Any, limit: float,
    begin: int, best: Any, touched: Any, sizes: Any, found: Any, found_minutes: Any,
) -> int:  # fmt: skip
    """Write the venues of door after door; give the first not done.

    It stops where ``found`` may not hold every venue once more. ``best`` is infinite
    everywhere, before and after.
    """
    first = 0
    for door in range(begin, edge.shape[0]):
        if found.shape[0] - first < best.shape[0]:
            return door
        count = from_rows(
            indptr, venue, minutes, gone, ends[door], starts[door], limit,
            best, touched, 0,
        )  # fmt: skip
        count = from_rows(
            later_indptr, later_venue, later_minutes, none_gone, ends[door],
            starts[door], limit, best, touched, count,
        )  # fmt: skip
        count = along_the_edge(
            edge[door], access[door], along[door], edges, venues, venue_access,
            venue_along, limit, best, touched, count,
        )  # fmt: skip
        put_away(touched, count, best, found, found_minutes, first)
        sizes[door] = count
        first += count
    return int(edge.shape[0])
