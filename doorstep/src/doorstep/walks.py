"""What every way of measuring a walk gives: the shape of an answer.

`ReachIndex` measures along real paths; `DetourWalk` estimates where no paths are
loaded. Both are a `Walk`, so that callers need not know which they hold; each answer
says whether it is an estimate, and an estimate is always told with "about".
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
Float32s = npt.NDArray[np.float32]
Float64s = npt.NDArray[np.float64]

WHY_NOT = (
    None,
    "We do not know where this place is.",
    "This place is outside the area whose paths we hold.",
    "No path that this walker can use is near enough to this place.",
    "The paths here do not join those that lead to any venue.",
)
"""Why nothing could be worked out, by number; 0 means that it was."""

REACHED, NO_PLACE, OUTSIDE, TOO_FAR_FROM_A_PATH, ISLAND = range(len(WHY_NOT))


@dataclass(frozen=True)
class Reach:
    """The venues that one place can walk to, by rising venue number.

    `venue` and `minutes` have the same length. Empty with no reason means that
    nothing is near; empty with `unreachable_because` means that nothing could be
    worked out, and why.
    """

    venue: Int32s
    minutes: Float32s
    is_estimate: bool
    unreachable_because: str | None = None

    def words(self, row: int) -> str:
        """Say one of these walks as a person would: "about 7 minutes' walk"."""
        return walk_words(float(self.minutes[row]), is_estimate=self.is_estimate)


@dataclass(frozen=True)
class Reaches:
    """The same for many places at once.

    Place `i` can walk to `venue[indptr[i]:indptr[i + 1]]` in the minutes beside
    them; `why_not[i]` numbers a sentence of `WHY_NOT`.
    """

    indptr: Int64s
    venue: Int32s
    minutes: Float32s
    why_not: npt.NDArray[np.int8]
    is_estimate: bool

    def __len__(self) -> int:
        """Count the places asked about."""
        return len(self.indptr) - 1

    def __getitem__(self, place: int) -> Reach:
        """Give the answer for one place."""
        rows = slice(int(self.indptr[place]), int(self.indptr[place + 1]))
        return Reach(
            venue=self.venue[rows],
            minutes=self.minutes[rows],
            is_estimate=self.is_estimate,
            unreachable_because=WHY_NOT[self.why_not[place]],
        )


@runtime_checkable
class Walk(Protocol):
    """Walking minutes between places and venues.

    Venues are numbered from 0 as they were given; a number is never used again.
    Longitudes and latitudes are WGS84 degrees.
    """

    @property
    def is_estimate(self) -> bool:
        """Are the minutes estimated, to be told with "about"?"""
        ...

    @property
    def limit_minutes(self) -> float:
        """Give the longest walk that is told."""
        ...

    @property
    def n_venues(self) -> int:
        """Count the venue numbers given out, closed ones too."""
        ...

    def from_place(self, lon: float, lat: float) -> Reach:
        """Give every venue within the limit of one place."""
        ...

    def from_places(self, lons: npt.ArrayLike, lats: npt.ArrayLike) -> Reaches:
        """Give every venue within the limit of each of many places."""
        ...

    def minutes_to(
        self, lon: float, lat: float, *, lons: npt.ArrayLike, lats: npt.ArrayLike
    ) -> Float32s:
        """Give the minutes from each place to one point, infinite past the limit.

        The point need not be a venue: this is how "what if one opened here" is asked.
        """
        ...

    def why_not_venue(self, venue: int) -> str | None:
        """Say why nobody can walk to a venue, or None where somebody could."""
        ...

    def add(self, lon: float, lat: float) -> int:
        """Open a venue and give its number."""
        ...

    def move(self, venue: int, *, lon: float, lat: float) -> None:
        """Move a venue."""
        ...

    def close(self, venue: int) -> None:
        """Close a venue: it is in no later answer."""
        ...


BAND_MINUTES = 5
"""How wide the bands are in which the walk to a blurred place is told."""


def band_top(minutes: float) -> int:
    """Give the upper end of a walk's band, in minutes.

    >>> band_top(0.4), band_top(5.0), band_top(6.2)
    (5, 5, 10)
    """
    return max(1, int(np.ceil(minutes / BAND_MINUTES))) * BAND_MINUTES


def band_words(
    minutes: float, *, is_estimate: bool, by_wheelchair: bool = False
) -> str:
    """Say a walk to a place that is told only about, because it is somebody's home.

    >>> band_words(6.2, is_estimate=False)
    "5 to 10 minutes' walk"
    >>> band_words(3.0, is_estimate=True)
    "within about 5 minutes' walk"
    >>> band_words(6.2, is_estimate=False, by_wheelchair=True)
    '5 to 10 minutes by wheelchair'
    """
    about = "about " if is_estimate else ""
    top = band_top(minutes)
    said = _minutes_said(top, by_wheelchair=by_wheelchair)
    if top == BAND_MINUTES:
        return f"within {about}{said}"
    return f"{about}{top - BAND_MINUTES} to {said}"


def walk_words(
    minutes: float, *, is_estimate: bool, by_wheelchair: bool = False
) -> str:
    """Say a walk in whole minutes, never less than one, rounded up.

    >>> walk_words(5.2, is_estimate=False)
    "6 minutes' walk"
    >>> walk_words(0.4, is_estimate=True)
    "about 1 minute's walk"
    >>> walk_words(5.2, is_estimate=True, by_wheelchair=True)
    'about 6 minutes by wheelchair'
    """
    whole = max(1, int(np.ceil(minutes)))
    said = _minutes_said(whole, by_wheelchair=by_wheelchair)
    return f"about {said}" if is_estimate else said


def _minutes_said(whole: int, *, by_wheelchair: bool) -> str:
    if by_wheelchair:
        return f"{whole} minute{'' if whole == 1 else 's'} by wheelchair"
    return "1 minute's walk" if whole == 1 else f"{whole} minutes' walk"
