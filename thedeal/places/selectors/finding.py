"""Reads of postcodes: what was meant by what somebody typed, and where it is.

A person's postcode is looked up and never kept.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from thedeal.lib import postcodes
from thedeal.places.models import Neighbourhood, Postcode


class Answer(StrEnum):
    """What came of a typed postcode; each has its own sentence on the page."""

    FOUND = "found"
    EMPTY = "empty"
    PART = "part"  # only the first half
    MALFORMED = "malformed"  # no postcode looks like that
    UNKNOWN = "unknown"  # looks right, but we do not have it
    TERMINATED = "terminated"  # Royal Mail no longer uses it
    ELSEWHERE = "elsewhere"  # another council's
    NOWHERE = "nowhere"  # ours, but in no neighbourhood


@dataclass(frozen=True, kw_only=True)
class PostcodeAnswer:
    """What we know of a typed postcode, and what it may have been meant as."""

    answer: Answer
    postcode: str = ""
    lat: float | None = None
    lon: float | None = None
    neighbourhood: Neighbourhood | None = None
    other_council: str = ""
    terminated_on: dt.date | None = None
    suggestions: tuple[str, ...] = ()


def find_postcode(typed: str) -> PostcodeAnswer:
    """Give what is known of a postcode as somebody typed it. Two queries at most."""
    text = postcodes.normalise(typed) or postcodes.inside(typed)
    if text is None:
        return _not_a_postcode(typed)
    row = Postcode.objects.select_related("neighbourhood").filter(text=text).first()
    if row is None:
        return PostcodeAnswer(
            answer=Answer.UNKNOWN, postcode=text, suggestions=_that_exist(typed)
        )
    return PostcodeAnswer(
        answer=_answer(row),
        postcode=text,
        lat=row.lat,
        lon=row.lon,
        neighbourhood=row.neighbourhood,
        other_council=row.other_council,
        terminated_on=row.terminated_on,
    )


def _answer(row: Postcode) -> Answer:
    if row.other_council:
        return Answer.ELSEWHERE
    if row.terminated_on:
        return Answer.TERMINATED
    return Answer.FOUND if row.neighbourhood else Answer.NOWHERE


def _not_a_postcode(typed: str) -> PostcodeAnswer:
    if not typed.strip():
        return PostcodeAnswer(answer=Answer.EMPTY)
    if postcodes.is_first_half(typed):
        return PostcodeAnswer(answer=Answer.PART, postcode=postcodes.compact(typed))
    return PostcodeAnswer(answer=Answer.MALFORMED, suggestions=_that_exist(typed))


def _that_exist(typed: str, *, most: int = 3) -> tuple[str, ...]:
    """Give up to three living postcodes that this may have been meant as."""
    guesses = postcodes.near_matches(typed)
    if not guesses:
        return ()
    living = Postcode.objects.filter(text__in=guesses, terminated_on__isnull=True)
    known = set(living.values_list("text", flat=True))
    return tuple(guess for guess in guesses if guess in known)[:most]


def position_of(postcode: str) -> tuple[float, float] | None:
    """Give latitude and longitude of a postcode, living or not, or None."""
    text = postcodes.normalise(postcode)
    row = Postcode.objects.filter(text=text, lat__isnull=False).first()
    if row is None or row.lat is None or row.lon is None:
        return None
    return row.lat, row.lon
