"""The match: a short, varied list of what is near, when, and why it fits this person.

Every rule is named in `doorstep.rules` and printed in public; the same question has
the same answer. What a person said is used for one answer and kept nowhere.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from doorstep import telling
from doorstep._internals import scoring
from doorstep.asking import Asked, BadQuestionError, Understood, understand
from doorstep.catalogue import Catalogue
from doorstep.choosing import chosen
from doorstep.listings import Listing
from doorstep.rules import RULES
from doorstep.sessions import LONDON
from doorstep.walks import Reach, band_top
from doorstep.weighing import Weighed, weighed

__all__ = [
    "WORDS_ALONE",
    "Answer",
    "Asked",
    "BadQuestionError",
    "Match",
    "Understood",
    "match",
    "minutes_by_venue",
    "understand",
]

Float32s = npt.NDArray[np.float32]

GIFT_FLOOR = 0.08
"""The least that what they can give has to do with what a group asks for, to say so."""

LIKE_FLOOR = 0.5
"""The least that two listings mean the same (a cosine), to say that they are alike."""

WORDS_ALONE = "We matched on words alone: the sentence model is not installed here."


NOTHING_WANTED = (
    "We heard nothing that you would like to do, so this is only what is near."
)
ONLY_NEARLY = (
    "Nothing we know of is quite what you said, and we would rather say so than guess. "
    "Try a longer walk, or say a little more."
)
NOTHING_FITS = "Nothing we know of fits all of that. Try a longer walk, other hours, or other words."


@dataclass(frozen=True, kw_only=True)
class Match:
    """One listing for one person, with its reasons and cautions as sentences."""

    told: telling.Told
    comes_last: bool
    added: tuple[float, ...]

    @property
    def key(self) -> str:
        """Give the key of the listing."""
        return self.told.listing.key

    @property
    def activity(self) -> str:
        """Give what it is."""
        return self.told.listing.activity

    @property
    def group(self) -> str:
        """Give whose it is."""
        return self.told.listing.group

    @property
    def place(self) -> str:
        """Give where it is, in words."""
        return self.told.listing.place

    @property
    def walk_minutes(self) -> float | None:
        """Give the minutes' walk, or None where there is nowhere to walk to."""
        return self.told.walk_minutes

    @property
    def walk_is_estimate(self) -> bool:
        """Are the minutes told with "about"?"""
        return self.told.walk_is_estimate

    @property
    def next_session(self) -> dt.datetime | None:
        """Give when it is next, or None where no time is known."""
        return self.told.starts

    @property
    def cost(self) -> str:
        """Say what it costs."""
        return telling.cost_words(self.told.listing)

    @property
    def is_loose(self) -> bool:
        """Say whether it is not quite what was said."""
        return self.told.is_loose

    @property
    def answers(self) -> str:
        """Give the wish it answers, as it was said."""
        return "" if self.told.wish is None else self.told.wish.said

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Say why it fits, the walk first."""
        return telling.reasons(self.told)

    @cached_property
    def cautions(self) -> tuple[str, ...]:
        """Say what to ask first, the hard needs first."""
        return telling.cautions(self.told)

    @property
    def terms(self) -> dict[str, float]:
        """Give what each rule added, by its name; they stay inside."""
        pairs = zip(RULES, self.added, strict=True)
        return {rule.name: round(value, 4) for rule, value in pairs}

    @property
    def _whole_minutes(self) -> int | None:
        """Give the minutes as they are told: of a blurred place, its band's end."""
        if self.walk_minutes is None:
            return None
        if self.told.listing.is_blurred:
            return band_top(self.walk_minutes)
        return max(1, int(np.ceil(self.walk_minutes)))

    def as_json(self) -> dict[str, Any]:
        """Give what is told outside; terms stay inside, since a person sees no score."""
        return {
            "activity": self.activity,
            "group": self.group,
            "venue": self.place,
            "walk_minutes": self._whole_minutes,
            "walk_is_estimate": self.walk_is_estimate,
            "next_session": self.next_session and self.next_session.isoformat(),
            "cost": self.cost,
            "reasons": list(self.reasons),
            "cautions": list(self.cautions),
        }


@dataclass(frozen=True)
class Answer:
    """The list, and what must be said above it."""

    matches: tuple[Match, ...]
    notes: tuple[str, ...] = ()


def minutes_by_venue(reach: Reach, n_venues: int) -> Float32s:
    """Give the walk to every venue by its number, infinite where it is too far."""
    minutes = np.full(n_venues, np.inf, np.float32)
    minutes[reach.venue] = reach.minutes
    return minutes


def match(
    catalogue: Catalogue,
    asked: Asked,
    understood: Understood,
    *,
    minutes: Float32s,
    is_estimate: bool,
    now: dt.datetime,
) -> Answer:
    """Give the list for one person.

    Parameters
    ----------
    minutes : the walk to each venue by its number, infinite or NaN where unreachable.
    is_estimate : whether the minutes are told with "about".
    now : the moment of asking, with a time zone.

    Raises
    ------
    BadQuestionError : there is a venue whose walk was not given.
    """
    found = weighed(catalogue, asked, understood, minutes=minutes, today=now.date())
    shared = _Shared(catalogue, asked, understood, found, minutes, is_estimate, now)
    places = chosen(catalogue, found, how_many=asked.how_many)
    matches = tuple(shared.match(place) for place in places)
    return Answer(matches, _notes(understood, matches))


@dataclass(frozen=True)
class _Shared:
    """What every match of one answer is told from."""

    catalogue: Catalogue
    asked: Asked
    understood: Understood
    weighed: Weighed
    minutes: Float32s
    is_estimate: bool
    now: dt.datetime

    def match(self, place: int) -> Match:
        """Give what stands at one place of the rows that were looked at."""
        found = self.weighed.found
        return Match(
            told=self._told(place),
            comes_last=bool(found.tiers[place] == scoring.LAST),
            added=tuple(found.terms[place].tolist()),
        )

    def _told(self, place: int) -> telling.Told:
        row, slot = int(self.weighed.rows[place]), int(self.weighed.found.slots[place])
        catalogue, asked = self.catalogue, self.asked
        listing = catalogue.listings[row]
        if listing is None:
            raise BadQuestionError(
                "The catalogue changed while it was asked: ask again."
            )
        walks = listing.venue >= 0 and not listing.is_online
        which = int(self.weighed.found.which[place])
        wish = self.understood.pieces[which] if which >= 0 else None
        return telling.Told(
            listing=listing,
            walk_minutes=float(self.minutes[listing.venue]) if walks else None,
            walk_is_estimate=self.is_estimate,
            starts=self._starts(row, slot),
            is_another_time=slot >= 0 and not self._is_liked(row, slot),
            doubts=catalogue.doubts[row][slot] if slot >= 0 else (),
            wish=wish,
            gift=telling.gift_of(wish) if self._is_asked_for(place) else None,
            is_loose=bool(self.weighed.found.tiers[place] == scoring.LOOSE),
            raised=self.understood.raised,
            about=int(catalogue.columns["about"][row]),
            needs=asked.needs,
            language=asked.language,
            must_be_free=asked.must_be_free,
            today=self.now.date(),
            mattered=self._mattered(row),
            by_wheelchair=asked.by_wheelchair,
        )

    def _mattered(self, row: int) -> Listing | None:
        """Give what mattered to them that a listing is most like, if it is like any."""
        rows = [self.catalogue.row_of.get(key, -1) for key in self.asked.mattered]
        alike = {
            other: self.catalogue.alike(row, other) for other in rows if other >= 0
        }
        best = max(alike, key=lambda other: alike[other], default=-1)
        if best < 0 or alike[best] < LIKE_FLOOR:
            return None
        return self.catalogue.listings[best]

    def _is_asked_for(self, place: int) -> bool:
        return bool(self.weighed.found.terms[place, scoring.GIVING] >= GIFT_FLOOR)

    def _is_liked(self, row: int, slot: int) -> bool:
        """Say whether a time is one they named; all are where they named none."""
        times, columns = self.understood.times, self.catalogue.columns
        if self.asked.free or not times.spans:
            return True
        start, minutes = columns["slot_start"][row, slot], columns["slot_minutes"]
        return times.overlap_minutes(int(start), minutes=int(minutes[row, slot])) > 0

    def _starts(self, row: int, slot: int) -> dt.datetime | None:
        if slot < 0:
            return None
        minute = int(self.catalogue.columns["slot_next"][row, slot])
        return dt.datetime.fromtimestamp(minute * 60, LONDON)


def _notes(understood: Understood, matches: Sequence[Match]) -> tuple[str, ...]:
    notes = [] if understood.has_model else [WORDS_ALONE]
    if understood.is_open and understood.words.strip() and matches:
        notes.append(NOTHING_WANTED)
    if matches and not understood.is_open and all(found.is_loose for found in matches):
        notes.append(ONLY_NEARLY)
    if not matches:
        notes.append(NOTHING_FITS)
    return tuple(notes)
