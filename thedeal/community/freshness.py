"""How fresh a listing is, by the days since somebody checked it. Pure.

The days are a council's to set (definitions/community.yaml): letters on three days,
demoted the day after the third, dropped on a later one.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Freshness(StrEnum):
    """How much a reader may trust a listing."""

    FRESH = "fresh"
    DUE = "due"  # we have asked, and wait
    STALE = "stale"  # silence after the third letter: shown below all others
    DROPPED = "dropped"  # nobody could say: not shown, and remembered
    NEVER = "never checked"


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """The days after a check on which something happens."""

    letters: tuple[int, ...]
    drop: int

    def __post_init__(self) -> None:
        """Refuse days that are out of order."""
        days = (0, *self.letters, self.drop)
        if not self.letters or any(
            a >= b for a, b in zip(days, days[1:], strict=False)
        ):
            raise ValueError("The days must be in order, the last to drop a listing.")

    @property
    def demote(self) -> int:
        """Give the day on which silence demotes: the day after the last letter."""
        return self.letters[-1] + 1

    def letter_due(self, days: int) -> int | None:
        """Give the newest letter's day that has come, or None before the first.

        A box that was off for a month writes one letter, not three.
        """
        come = [day for day in self.letters if day <= days]
        return come[-1] if come else None

    def of(self, checked_at: dt.datetime | None, *, now: dt.datetime) -> Freshness:
        """Give how fresh something is that was checked then."""
        if checked_at is None:
            return Freshness.NEVER
        days = days_since(checked_at, now=now)
        if days >= self.drop:
            return Freshness.DROPPED
        if days >= self.demote:
            return Freshness.STALE
        return Freshness.DUE if days >= self.letters[0] else Freshness.FRESH


def days_since(checked_at: dt.datetime, *, now: dt.datetime) -> int:
    """Give the whole days since a check, by 24 hours."""
    return (now - checked_at).days


def read(letters: str, drop: str) -> Rhythm:
    """Read "75, 90, 105" and "180"; raises ValueError where they make no sense."""
    days = tuple(int(part) for part in letters.split(",") if part.strip())
    return Rhythm(letters=days, drop=int(drop))
