"""One thing that people can go to, as plain facts: what a directory knows of it.

Nothing here is worked out. What nobody has told us is `UNKNOWN`, never guessed: an
answer that rests on it says so and gives a number to ring.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from doorstep.errors import DoorstepError
from doorstep.sessions import Timetable
from doorstep.subjects import SUBJECTS

FACTS = ("step_free", "hearing_loop", "toilet", "quiet", "parking")
"""What can be known of a place, in the order the catalogue holds it."""

NEEDS = {
    "step_free": "step-free all the way in",
    "hearing_loop": "a hearing loop",
    "toilet": "a toilet that anyone can use",
    "quiet": "somewhere quiet",
    "parking": "parking beside it",
}
"""The same in words, for reasons and cautions."""

NO_VENUE = -1
KNOWN_SUBJECTS = frozenset(subject.name for subject in SUBJECTS)


class BadListingError(DoorstepError):
    """A listing that contradicts itself; the sentence says how."""


class Known(IntEnum):
    """Yes, no, or nobody has told us."""

    UNKNOWN = 0
    YES = 1
    NO = 2


class Room(IntEnum):
    """Whether there is room for one more."""

    UNKNOWN = 0
    OPEN = 1
    FULL = 2


@dataclass(frozen=True, kw_only=True)
class Trust:
    """What makes a listing one that we stand behind, each with who and when.

    A listing is trusted where somebody checked it within the period that the council
    sets, and where its safeguarding policy was seen, if it needs one.
    """

    checked_on: dt.date | None = None
    checked_by: str = ""
    safeguarding_seen_on: dt.date | None = None
    safeguarding_seen_by: str = ""
    needs_safeguarding: bool = False

    def is_trusted(self, today: dt.date, *, within_days: int) -> bool:
        """Say whether it is trusted on a day."""
        if self.checked_on is None or (today - self.checked_on).days > within_days:
            return False
        return self.safeguarding_seen_on is not None or not self.needs_safeguarding


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One activity of one group, at one place or online.

    Parameters
    ----------
    key : never shared with another listing, never used again.
    activity, group, description : as the group says them.
    asks : what the group asks of people, in its own words; empty: nothing.
    kind : its sort ("singing"), for variety; empty: not sorted.
    venue : the venue's number in the walk index, or NO_VENUE.
    is_blurred : minutes are told in bands, because the place is somebody's address.
    timetables : when it happens; empty: by arrangement.
    cost_pence : for one session; None: not known.
    youngest, oldest : ages in years, both inclusive; None: no bound.
    languages : spoken there, by code (`doorstep.languages`); empty: not known.
    answers_in_days : how long the group takes to answer; None: not known.
    whom : circumstances it is for, as the group says, by their names in
        `doorstep.subjects`; what its words tell is found without.
    is_tender : the group asks that it be shown only to those whom it plainly fits.
    telephone : the number to ring, as it may be shown.
    """

    key: str
    activity: str
    group: str = ""
    description: str = ""
    asks: str = ""
    kind: str = ""
    place: str = ""
    venue: int = NO_VENUE
    is_online: bool = False
    is_blurred: bool = False
    timetables: tuple[Timetable, ...] = ()
    cost_pence: int | None = None
    cost_words: str = ""
    youngest: int | None = None
    oldest: int | None = None
    languages: tuple[str, ...] = ()
    access: Mapping[str, Known] = field(default_factory=dict)
    room: Room = Room.UNKNOWN
    trust: Trust = field(default_factory=Trust)
    answers_in_days: float | None = None
    whom: tuple[str, ...] = ()
    is_tender: bool = False
    telephone: str = ""
    first_time: str = ""

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        if not self.key or not self.activity.strip():
            raise BadListingError("A listing has a key and a name.")
        strange = set(self.access) - set(FACTS)
        if strange:
            raise BadListingError(f"We do not keep {', '.join(sorted(strange))}.")
        if unknown := set(self.whom) - KNOWN_SUBJECTS:
            raise BadListingError(f"We know no {', '.join(sorted(unknown))}.")
        if self.cost_pence is not None and self.cost_pence < 0:
            raise BadListingError("A cost is nothing or more.")
        if None not in (self.youngest, self.oldest) and (self.youngest or 0) > (
            self.oldest or 0
        ):
            raise BadListingError("The youngest age is above the oldest.")

    @property
    def text(self) -> str:
        """Give what the meaning is read from."""
        name = self.activity.title() if self.activity.isupper() else self.activity
        return f"{name}. {self.description}".strip()
