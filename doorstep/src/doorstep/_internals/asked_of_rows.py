"""The shapes that the scoring loops read and write: tuples of arrays, by name."""

from typing import Any, NamedTuple


class Facts(NamedTuple):
    """The arrays of the catalogue that the firm rules read."""

    is_open: Any
    venue: Any
    is_online: Any
    slot_start: Any
    slot_minutes: Any
    cost_pence: Any
    youngest: Any
    oldest: Any
    languages: Any
    access: Any
    room: Any
    checked_day: Any
    answers_days: Any
    about: Any


class Meanings(NamedTuple):
    """The arrays of the catalogue that say what a listing is."""

    about: Any
    themes: Any
    touches: Any
    what: Any
    what_scale: Any
    asks: Any
    asks_scale: Any


class Person(NamedTuple):
    """What the firm rules and the facts look at, in single numbers.

    Of the subjects of a listing, as bits: `never` are refused, or not for them; so is
    what they raise only by a gift, but `never_but_to_help` of others; `beside` are left
    out unless one of `beside_of` is there too; `strange` stand lower.
    """

    limit: Any
    enough: Any
    language: Any
    must_be_free: Any
    youngest: Any
    oldest: Any
    never: Any
    never_but_to_help: Any
    beside: Any
    beside_of: Any
    strange: Any
    helps_bit: Any
    today: Any
    stale_days: Any


class Wanted(NamedTuple):
    """What the fit of a listing looks at, in single numbers.

    As bits of subjects: `apart` and `hurts` are those that they raised themselves.
    """

    apart: Any
    hurts: Any
    tender_bit: Any
    broad: Any
    wanted_themes: Any
    avoided_themes: Any
    floor: Any
    floor_in_words: Any
    tender_floor: Any
    firm_floor: Any
    elsewhere: Any
    named: Any


class Hours(NamedTuple):
    """The free hours of one person, the hours they would like, and the hard needs."""

    first: Any
    past: Any
    liked_first: Any
    liked_past: Any
    needs: Any


class Said(NamedTuple):
    """The wishes as rows of whole numbers, and the score of their very words."""

    wishes: Any
    scales: Any
    kinds: Any
    themes: Any
    lexical: Any


class Found(NamedTuple):
    """What the loops write, one for each row that was looked at."""

    tiers: Any
    scores: Any
    terms: Any
    slots: Any
    which: Any
