"""Which listings may be shown to one person, and how well each fits: the rules, done.

Looks only at what is within the walk or has no place to walk to, so that an answer
costs what is near and not what the whole directory holds. Every rule is named in
`doorstep.rules`.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from doorstep import subjects, themes
from doorstep._internals import scoring
from doorstep._internals.asked_of_rows import (
    Facts,
    Found,
    Hours,
    Meanings,
    Person,
    Said,
    Wanted,
)
from doorstep.asking import Asked, BadQuestionError, Understood
from doorstep.catalogue import Catalogue
from doorstep.columns import HELPS_BIT, TENDER_BIT, quantised
from doorstep.hours import FreeHours
from doorstep.languages import code_of
from doorstep.listings import FACTS
from doorstep.meaning import DIMENSIONS
from doorstep.rules import NotForMe

Float32s = npt.NDArray[np.float32]
Int64s = npt.NDArray[np.int64]

ENOUGH_MINUTES = 30
"""A session fits free hours if this much of it, or all of a shorter one, falls there."""

FLOOR, FLOOR_IN_WORDS = 0.33, 0.05
"""The least a listing has to do with what was said; less is not shown at all."""

FIRM_FLOOR = 0.41
"""Less is told as not quite what was said. Of the judged listings between the two floors
one in four had anything to do with it, of those above more than half."""

ELSEWHERE = 0.06
"""What is taken off the fit of a listing about none of the things that were named."""

NAMED = np.float32(1.0)
"""How much more the words count that stand in what a listing is called, where somebody
named one thing and said no more ("chess")."""

TENDER_FLOOR = 0.45
"""The same where the group asks to be shown only to those whom it plainly fits."""

STALE_DAYS = 365
"""A listing checked so long ago or longer is no fresher than one never checked."""

EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Weighed:
    """The rows that were looked at, and what was found of each, place by place."""

    rows: Int64s
    found: Found

    def in_tier(self, tier: int) -> Int64s:
        """Give the places of one tier."""
        return np.flatnonzero(self.found.tiers == tier)


@dataclass(frozen=True)
class Prepared:
    """One question in numbers, for any number of doors it is asked from."""

    catalogue: Catalogue
    asked: Asked
    person: Person
    wanted: Wanted
    hours: Hours
    weights: Float32s
    said: Said

    @classmethod
    def of(
        cls, catalogue: Catalogue, asked: Asked, understood: Understood, today: dt.date
    ) -> Self:
        """Put a question in numbers."""
        return cls(
            catalogue,
            asked,
            _person(catalogue, asked, understood, today),
            _wanted(asked, understood),
            _hours(asked, understood),
            asked.weights.after(*(why for _, why in asked.not_for_me)).array(),
            _said(catalogue, asked, understood),
        )

    def sifted(self, minutes: Float32s) -> Weighed:
        """Give what the firm rules say of every row within the walk."""
        rows = _near(self.catalogue, self.asked, minutes)
        found = empty_found(len(rows))
        columns = self.catalogue.columns
        facts = Facts(*(columns[name] for name in Facts._fields))
        scoring.sift(rows, facts, self.person, self.hours, minutes, self.weights, found)
        return Weighed(rows, found)

    def weigh(self, sifted: Weighed) -> None:
        """Write of each row that is left how well it fits what was said."""
        columns = self.catalogue.columns
        meanings = Meanings(*(columns[name] for name in Meanings._fields))
        scoring.weigh(
            sifted.rows, meanings, self.wanted, self.said, self.weights, sifted.found
        )


def weighed(
    catalogue: Catalogue,
    asked: Asked,
    understood: Understood,
    *,
    minutes: Float32s,
    today: dt.date,
) -> Weighed:
    """Put every listing within the walk in its tier, and say how well it fits.

    Raises BadQuestionError where the walk to some venue was not given.
    """
    question = Prepared.of(catalogue, asked, understood, today)
    found = question.sifted(minutes)
    question.weigh(found)
    return found


def _near(catalogue: Catalogue, asked: Asked, minutes: Float32s) -> Int64s:
    """Give the rows within the walk, but for those that were not for this person."""
    if len(minutes) < catalogue.n_venues:
        raise BadQuestionError("There are venues whose walk was not given.")
    rows = catalogue.near(minutes, limit_minutes=asked.limit_minutes)
    gone = [catalogue.row_of.get(key, -1) for key, _ in asked.not_for_me]
    return rows[~np.isin(rows, gone)] if gone else rows


def _said(catalogue: Catalogue, asked: Asked, understood: Understood) -> Said:
    """Give the wishes in numbers, with the listings that tell what is theirs."""
    pairs = [quantised(vector) for vector in understood.vectors]
    kinds, wanted = list(understood.kinds), list(understood.themes)
    for key, kind in _tried(asked):
        row = catalogue.row_of.get(key)
        if row is not None:
            scale = float(catalogue.columns["what_scale"][row])
            pairs.append((np.array(catalogue.columns["what"][row]), scale))
            kinds.append(np.int8(kind))
            wanted.append(np.uint64(0))
    wishes = np.array([pair[0] for pair in pairs], np.int8).reshape(-1, DIMENSIONS)
    scales = np.array([pair[1] for pair in pairs], np.float32)
    lexical = catalogue.words.scores(understood.in_full)
    if understood.named:
        lexical = lexical + NAMED * catalogue.titles.scores(understood.named)
    by_wish = np.array(kinds, np.int8), np.array(wanted, np.uint64)
    return Said(wishes, scales, *by_wish, lexical)


def _tried(asked: Asked) -> Iterator[tuple[str, int]]:
    """Give what was "not my sort" as something to avoid, and what mattered."""
    for key, why in asked.not_for_me:
        if why is NotForMe.NOT_MY_SORT:
            yield key, scoring.AVOID
    for key in asked.mattered:
        yield key, scoring.LIKED


def _person(
    catalogue: Catalogue, asked: Asked, understood: Understood, today: dt.date
) -> Person:
    youngest, oldest = understood.ages if asked.age is None else (asked.age, asked.age)
    return Person(
        limit=np.float32(asked.limit_minutes),
        enough=ENOUGH_MINUTES,
        language=np.uint64(_language_bit(catalogue, asked.language)),
        must_be_free=asked.must_be_free,
        youngest=np.int64(youngest),
        oldest=np.int64(oldest),
        **_subjects(understood),
        helps_bit=np.uint64(1 << HELPS_BIT),
        today=(today - EPOCH).days,
        stale_days=np.float32(STALE_DAYS),
    )


def _wanted(asked: Asked, understood: Understood) -> Wanted:
    return Wanted(
        apart=np.uint64(subjects.UNLESS_RAISED & understood.raised),
        hurts=np.uint64(subjects.TENDER & understood.raised),
        tender_bit=np.uint64(1 << TENDER_BIT),
        broad=np.uint64(themes.BROAD),
        wanted_themes=np.uint64(understood.wanted_themes),
        avoided_themes=np.uint64(understood.avoided_themes),
        floor=np.float32(_floor(understood)),
        floor_in_words=np.float32(-np.inf if understood.is_open else FLOOR_IN_WORDS),
        tender_floor=np.float32(TENDER_FLOOR),
        firm_floor=np.float32(_firm_floor(understood)),
        elsewhere=np.float32(ELSEWHERE),
        named=np.float32(0.99 * asked.weights.themes),
    )


def _subjects(understood: Understood) -> dict[str, np.uint64]:
    """Give which subjects of a listing are for the person and which are not."""
    raised = understood.raised
    apart, beside = subjects.UNLESS_RAISED, subjects.GO_WITH_OTHERS
    own = raised & ~understood.raised_to_give
    never = apart & ~beside
    bits = {
        "never": understood.refused | (never & ~raised),
        "never_but_to_help": understood.refused | (never & ~own),
        "beside": beside & ~raised,
        "beside_of": (beside | subjects.TENDER) & raised,
        "strange": subjects.ALL & ~apart & ~raised,
    }
    return {name: np.uint64(value) for name, value in bits.items()}


def _hours(asked: Asked, understood: Understood) -> Hours:
    """Give the hours in numbers; where free ones were asked for, they alone count."""
    free = (asked.free or FreeHours(())).arrays()
    liked = (FreeHours(()) if asked.free else understood.times).arrays()
    return Hours(*free, *liked, np.array([fact in asked.needs for fact in FACTS]))


def _language_bit(catalogue: Catalogue, language: str) -> int:
    """Give a language as a bit; one that no listing has is a bit that none has."""
    if not language:
        return 0
    code = code_of(language)
    if code in catalogue.languages:
        return 1 << catalogue.languages.index(code)
    return 1 << TENDER_BIT


def _floor(understood: Understood) -> float:
    if understood.is_open:
        return -np.inf
    in_words = scoring.WORDS_TO_FIT * FLOOR_IN_WORDS
    return FLOOR if understood.has_model else in_words


def _firm_floor(understood: Understood) -> float:
    """Give the fit from which it is what was said; where nothing was, all is."""
    if understood.is_open or not understood.has_model:
        return -np.inf
    return FIRM_FLOOR


def empty_found(count: int) -> Found:
    """Give room for what the loops write of so many rows."""
    return Found(
        np.empty(count, np.int8),
        np.empty(count, np.float32),
        np.zeros((count, scoring.N_TERMS), np.float32),
        np.empty(count, np.int8),
        np.empty(count, np.int8),
    )
