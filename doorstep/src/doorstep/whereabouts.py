"""Which rows of a catalogue are at which venue, so that only what is near is looked at.

Read once from the columns; a row that changes later is looked at in every answer until
so many have changed that it is read again. What it gives may hold rows that are too
far or gone: the firm rules leave those out.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from doorstep._internals import scoring

Int64s = npt.NDArray[np.int64]

MOST_CHANGED = 256
"""So many rows may have changed before they are read again."""


@dataclass(frozen=True)
class Whereabouts:
    """The rows by group: group 0 has no place to walk to, group v + 1 is at venue v."""

    indptr: Int64s
    rows: Int64s
    n_venues: int
    changed: tuple[int, ...] = ()

    @classmethod
    def of(cls, venue: npt.NDArray[np.int32], is_online: npt.NDArray[np.uint8]) -> Self:
        """Read the columns of a catalogue."""
        group = np.where(is_online != 0, 0, venue + 1)
        n_venues = int(venue.max(initial=-1)) + 1
        sizes = np.bincount(group, minlength=n_venues + 1)
        rows = np.argsort(group, kind="stable")
        return cls(np.concatenate([[0], np.cumsum(sizes)]), rows, n_venues)

    def with_changed(self, row: int, *, venue: int) -> Self | None:
        """Give the same with one row changed, or None where it is time to read again."""
        if len(self.changed) == MOST_CHANGED:
            return None
        n_venues = max(self.n_venues, venue + 1)
        return replace(self, n_venues=n_venues, changed=(*self.changed, row))

    def near(self, minutes: npt.NDArray[np.float32], *, limit_minutes: float) -> Int64s:
        """Give the rows of no place, those within the limit and those that changed."""
        room = np.empty(len(self.rows), np.int64)
        count = scoring.near_rows(
            self.indptr, self.rows, minutes, float(np.float32(limit_minutes)), room
        )
        if not self.changed:
            return room[:count]
        return np.union1d(room[:count], np.array(self.changed, np.int64))
