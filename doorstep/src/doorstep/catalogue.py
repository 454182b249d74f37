"""Everything that can be matched, as arrays: one row a listing, changed in place.

The catalogue is a snapshot built from plain listings, whose number (`version`) rises
with every change. One listing that changes writes one row; nothing is rebuilt. Next
dates are worked out when a row is written; `move_on` works out anew those that have
begun since. A reader in another process maps the arrays that `save` wrote.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from doorstep import ages, io, subjects, themes
from doorstep.columns import (
    COLUMNS,
    HELPS_BIT,
    SLOTS,
    TENDER_BIT,
    UNKNOWN_NUMBER,
    Array,
    Float32s,
    empty,
    grown,
    quantised,
)
from doorstep.errors import BadIndexError
from doorstep.languages import code_of
from doorstep.listings import FACTS, Known, Listing
from doorstep.sessions import Calendar, Never, Session, next_session, sessions
from doorstep.whereabouts import Whereabouts
from doorstep.words import WordIndex

PATTERN_DAYS = 35
"""How far ahead the times of a listing's week are read from its timetables."""

KEPT_KIND, KEPT_VERSION = "catalogue", 2
EVER = np.iinfo(np.int32).max

Doubts = tuple[tuple[str, ...], ...]
"""What is not sure of the next date of each time of a listing's week."""


@dataclass
class Catalogue:
    """The arrays, the listings behind them, the words in them and in their titles."""

    columns: dict[str, Array]
    listings: list[Listing | None]
    doubts: list[Doubts]
    never: dict[str, str]
    languages: list[str]
    words: WordIndex
    titles: WordIndex
    names: dict[str, int] = field(default_factory=dict)
    version: int = 0
    row_of: dict[str, int] = field(default_factory=dict)
    _where: Whereabouts | None = None

    @classmethod
    def of(
        cls,
        listings: Sequence[Listing],
        *,
        now: dt.datetime,
        calendar: Calendar,
        what: Float32s | None = None,
        asks: Float32s | None = None,
    ) -> Self:
        """Build the catalogue; vectors have shape (n, 384), a row of zeros for none."""
        made = cls(empty(len(listings)), [], [], {}, [], *_word_indexes([]))
        for row, listing in enumerate(listings):
            made._write(row, listing, now=now, calendar=calendar)
            made._write_vectors(
                row,
                None if what is None else what[row],
                None if asks is None else asks[row],
            )
        made.words, made.titles = _word_indexes(listings)
        return made

    def __len__(self) -> int:
        """Count the rows, closed ones too."""
        return len(self.listings)

    def put(
        self,
        listing: Listing,
        *,
        now: dt.datetime,
        calendar: Calendar,
        what: Float32s | None = None,
        asks: Float32s | None = None,
    ) -> int:
        """Write one listing, new or changed, and give its row."""
        row = self.row_of.get(listing.key, len(self.listings))
        if row == len(self.columns["is_open"]):
            self.columns = grown(self.columns, max(8, 2 * row))
        for name, (_, _, nothing) in COLUMNS.items():
            self.columns[name][row] = nothing
        self._write(row, listing, now=now, calendar=calendar)
        self._write_vectors(row, what, asks)
        self._write_words(row, _words(listing), title=listing.activity)
        if self._where is not None:
            self._where = self._where.with_changed(row, venue=listing.venue)
        self.version += 1
        return row

    def remove(self, key: str) -> None:
        """Take one listing out of every later answer. Unknown keys are no matter."""
        row = self.row_of.pop(key, None)
        self.never.pop(key, None)
        if row is None:
            return
        self.columns["is_open"][row] = 0
        self.listings[row] = None
        self._write_words(row, "", title="")
        self.version += 1

    def move_on(self, *, now: dt.datetime, calendar: Calendar) -> int:
        """Work out anew the dates that have passed; give how many listings had one.

        What will not happen again is in no later answer, and `why_never` says so.
        """
        rows = np.flatnonzero(self._coming() < _minute(now))
        for row in rows.tolist():
            if (listing := self.listings[row]) is not None:
                self._write_times(row, listing, now=now, calendar=calendar)
        self.version += bool(len(rows))
        return len(rows)

    def good_until(self) -> int:
        """Give the minute at which the first of the dates we hold begins."""
        return int(self._coming().min(initial=EVER))

    def _coming(self) -> npt.NDArray[np.int32]:
        """Give the minute of each row's soonest date; of none, one that never comes."""
        held = slice(0, len(self))
        starts, open_too = self.columns["slot_start"][held], self.columns["is_open"]
        told = (starts >= 0) & (open_too[held, None] != 0)
        dates = np.where(told, self.columns["slot_next"][held], EVER)
        soonest: npt.NDArray[np.int32] = dates.min(axis=1, initial=EVER)
        return soonest

    @property
    def n_venues(self) -> int:
        """Count the venues that listings are at: one more than the highest number."""
        return self._whereabouts().n_venues

    def near(self, minutes: Float32s, *, limit_minutes: float) -> npt.NDArray[np.int64]:
        """Give the rows within a walk, and those of no place to walk to.

        It may give rows that are gone or further: whoever weighs them leaves them out.
        """
        return self._whereabouts().near(minutes, limit_minutes=limit_minutes)

    def _whereabouts(self) -> Whereabouts:
        where = self._where
        if where is None:
            rows = len(self)
            columns = self.columns
            where = Whereabouts.of(columns["venue"][:rows], columns["is_online"][:rows])
            self._where = where
        return where

    def why_never(self, key: str) -> str | None:
        """Say why a listing is in no answer though it is kept, or None where it is."""
        return self.never.get(key)

    def language_bits(self, languages: Sequence[str]) -> int:
        """Give some languages as bits, learning those not met before (63 at most)."""
        codes = list(dict.fromkeys(map(code_of, languages)))
        for language in codes:
            if language not in self.languages and len(self.languages) < TENDER_BIT:
                self.languages.append(language)
        known = {language: 1 << n for n, language in enumerate(self.languages)}
        return sum(known.get(language, 0) for language in codes)

    def facts(self) -> dict[str, Any]:
        """Give what the arrays do not hold, for keeping beside them."""
        return {
            "version": self.version,
            "languages": self.languages,
            "names": self.names,
            "doubts": self.doubts,
            "never": self.never,
        }

    def _write(
        self, row: int, listing: Listing, *, now: dt.datetime, calendar: Calendar
    ) -> None:
        if row == len(self.listings):
            self.listings.append(None)
            self.doubts.append(())
        self.listings[row] = listing
        self.row_of[listing.key] = row
        for name, value in self._values(listing).items():
            self.columns[name][row] = value
        self._write_times(row, listing, now=now, calendar=calendar)

    def _write_times(
        self, row: int, listing: Listing, *, now: dt.datetime, calendar: Calendar
    ) -> None:
        times, why_never = _times(listing, now=now, calendar=calendar)
        self.never.pop(listing.key, None)
        if why_never is not None:
            self.never[listing.key] = why_never
        self.columns["is_open"][row] = why_never is None
        for name in ("slot_start", "slot_minutes", "slot_next"):
            self.columns[name][row] = COLUMNS[name][2]
        for slot, one in enumerate(times):
            self.columns["slot_start"][row, slot] = one.week_minute
            self.columns["slot_minutes"][row, slot] = _minutes_long(one)
            self.columns["slot_next"][row, slot] = _minute(one.starts)
        self.doubts[row] = tuple(one.doubts for one in times)

    def _values(self, listing: Listing) -> dict[str, Any]:
        trust = listing.trust
        nothing = UNKNOWN_NUMBER
        youngest, oldest = _ages(listing)
        about_it, touches = themes.of_listing(_in_full(listing))
        return {
            "venue": listing.venue,
            "is_online": listing.is_online,
            "is_blurred": listing.is_blurred,
            "cost_pence": nothing if listing.cost_pence is None else listing.cost_pence,
            "youngest": youngest,
            "oldest": oldest,
            "languages": self.language_bits(listing.languages),
            "access": [listing.access.get(fact, Known.UNKNOWN) for fact in FACTS],
            "room": listing.room,
            "checked_day": _day(trust.checked_on),
            "is_safeguarded": not trust.needs_safeguarding
            or trust.safeguarding_seen_on is not None,
            "answers_days": nothing
            if listing.answers_in_days is None
            else listing.answers_in_days,
            "about": _about(listing),
            "themes": about_it,
            "touches": touches,
            "kind": self._number(f"kind:{listing.kind}") if listing.kind else nothing,
            "group": self._number(f"group:{listing.group}")
            if listing.group
            else nothing,
        }

    def alike(self, row: int, other: int) -> float:
        """Give how much two listings mean the same: the cosine of their directions."""
        what, scale = self.columns["what"], self.columns["what_scale"]
        together = what[row].astype(np.int32) @ what[other].astype(np.int32)
        return float(together * scale[row] * scale[other])

    def _number(self, name: str) -> int:
        return self.names.setdefault(name, len(self.names))

    def _write_words(self, row: int, words: str, *, title: str) -> None:
        self.words = self.words.with_text(row, words)
        self.titles = self.titles.with_text(row, title)

    def _write_vectors(
        self, row: int, what: Float32s | None, asks: Float32s | None
    ) -> None:
        for name, vector in (("what", what), ("asks", asks)):
            if vector is not None:
                whole, scale = quantised(vector)
                self.columns[name][row] = whole
                self.columns[f"{name}_scale"][row] = scale


def save(catalogue: Catalogue, folder: Path) -> None:
    """Keep the arrays in a folder, for other processes to map."""
    rows = len(catalogue)
    io.save_arrays(
        folder,
        {name: column[:rows] for name, column in catalogue.columns.items()},
        kind=KEPT_KIND,
        version=KEPT_VERSION,
        facts=catalogue.facts(),
    )


def load(folder: Path, listings: Sequence[Listing | None]) -> Catalogue:
    """Map what `save` kept, beside the listings it was made from, None for closed.

    Raises BadIndexError where they are not as many. The arrays are read-only: a
    process that changes listings builds its own.
    """
    kept = io.load_arrays(folder, kind=KEPT_KIND, version=KEPT_VERSION)
    if len(kept.arrays["is_open"]) != len(listings):
        raise BadIndexError(
            "The catalogue and the listings are not as many: build it again."
        )
    return Catalogue(
        kept.arrays,
        list(listings),
        [tuple(tuple(one) for one in each) for each in kept.facts["doubts"]],
        kept.facts["never"],
        kept.facts["languages"],
        *_word_indexes(listings),
        kept.facts["names"],
        kept.facts["version"],
        {x.key: row for row, x in enumerate(listings) if x is not None},
    )


def _times(
    listing: Listing, *, now: dt.datetime, calendar: Calendar
) -> tuple[list[Session], str | None]:
    """Give the next session at each time of a listing's week, and why it is never."""
    coming: list[Session] = []
    nevers: list[str] = []
    for timetable in listing.timetables:
        soon = sessions(timetable, after=now, calendar=calendar, days=PATTERN_DAYS)
        found = list(islice(soon, 5 * SLOTS))
        if not found:
            first = next_session(timetable, after=now, calendar=calendar)
            if isinstance(first, Never):
                nevers.append(first.because)
                continue
            found = [first]
        coming += found
    if listing.timetables and not coming:
        return [], nevers[0]
    times: dict[int, Session] = {}
    for session in sorted(coming, key=lambda session: session.starts):
        times.setdefault(session.week_minute, session)
    return list(times.values())[:SLOTS], None


def _minute(moment: dt.datetime) -> int:
    return int(moment.timestamp() // 60)


def _minutes_long(session: Session) -> int:
    return int((session.ends - session.starts).total_seconds() // 60)


def _in_full(listing: Listing) -> str:
    return f"{listing.activity}. {listing.group}. {listing.description}"


def _words(listing: Listing) -> str:
    return f"{listing.text} {listing.asks}"


def _word_indexes(listings: Sequence[Listing | None]) -> tuple[WordIndex, WordIndex]:
    """Read the words of every listing, and again those it is called by alone."""
    words = WordIndex.of([_words(x) if x else "" for x in listings])
    return words, WordIndex.of([x.activity if x else "" for x in listings])


def _about(listing: Listing) -> int:
    touches = themes.of_listing(_in_full(listing))[1]
    asks_for_help = bool(listing.asks) or bool(touches & themes.HELPING)
    about = subjects.about(_in_full(listing)) | subjects.bit(*listing.whom)
    about |= int(asks_for_help) << HELPS_BIT
    return about | (int(listing.is_tender) << TENDER_BIT)


def _ages(listing: Listing) -> ages.Ages:
    """Give the ages a listing is for: as its group gave them, or else in its words."""
    if listing.youngest is None and listing.oldest is None:
        return ages.of_listing(listing.text)
    oldest = 999 if listing.oldest is None else listing.oldest
    return listing.youngest or 0, oldest


def _day(date: dt.date | None) -> int:
    return UNKNOWN_NUMBER if date is None else (date - dt.date(1970, 1, 1)).days
