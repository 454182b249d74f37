"""Compiled loops of cover: over doorsteps, venues and the 168 hours of a week."""

from typing import Any

from doorstep._internals.compiled import compiled


@compiled
def count_open(indptr: Any, venue: Any, opens: Any, counts: Any) -> None:
    """Count for every place how many of its venues are open in each hour."""
    for place in range(indptr.shape[0] - 1):
        for row in range(indptr[place], indptr[place + 1]):
            for hour in range(counts.shape[1]):
                if opens[venue[row], hour]:
                    counts[place, hour] += 1


@compiled
def who_changes(near: Any, counts: Any, hours: Any, only: int, changes: Any) -> None:
    """Mark the hours in which just so many are open: the last one, or the first."""
    for row in range(near.shape[0]):
        for hour in range(hours.shape[0]):
            changes[row, hour] = hours[hour] and counts[near[row], hour] == only


@compiled
def add_venue(near: Any, counts: Any, hours: Any, step: int) -> None:
    """Add a venue to the counts of its doorsteps, or with -1 take it away."""
    for row in range(near.shape[0]):
        for hour in range(hours.shape[0]):
            if hours[hour]:
                counts[near[row], hour] += step
