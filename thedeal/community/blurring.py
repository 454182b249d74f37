"""Takes an exact place out of the words of a listing whose place is not to be shown.

The columns for the place are blurred as they are stored; a description that says
"9 Willow Row, WN7 1AA" would tell it all the same, on every page, in every feed and to
the search. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from thedeal.community.facts import ActivityFacts, GroupFacts, Spot, Times
from thedeal.lib import postcodes

NOT_SHOWN = "(place not shown)"
# a word alone ("Hall") may mean anything; a place is two words, or has a number in it
TELLING = re.compile(r"\S\s\S|\d")
POSTCODE = re.compile(rf"\b({postcodes.OUTWARD})\s?{postcodes.INWARD}\b", re.IGNORECASE)
HOUSE_NUMBER = re.compile(r"^\d+[a-z]?\s+", re.IGNORECASE)
WORDS = ("description", "first_time", "asks", "cost_words", "capacity_words")


def blurred(facts: GroupFacts, spots: Iterable[Spot]) -> GroupFacts:
    """Give the facts with no exact place in any sentence; names stay as they are."""
    parts = sorted({p for spot in spots for p in _parts(spot)}, key=len, reverse=True)
    return replace(
        facts,
        what=words(facts.what, parts),
        activities=tuple(_activity(one, parts) for one in facts.activities),
    )


def words(text: str, parts: Iterable[str]) -> str:
    """Give a text with these parts of a place left out, and postcodes cut short."""
    for part in parts:
        text = re.sub(rf"\b{re.escape(part)}\b", NOT_SHOWN, text, flags=re.IGNORECASE)
    return POSTCODE.sub(lambda found: found[1].upper(), text)


def _activity(facts: ActivityFacts, parts: list[str]) -> ActivityFacts:
    given: dict[str, Any] = {n: words(getattr(facts, n), parts) for n in WORDS}
    sessions = tuple(_times(one, parts) for one in facts.sessions)
    return replace(facts, sessions=sessions, **given)


def _times(times: Times, parts: list[str]) -> Times:
    return replace(times, note=words(times.note, parts))


def _parts(spot: Spot) -> Iterator[str]:
    """Give a place's name, and its street with and without the number."""
    street = spot.address.split(",")[0].strip()
    for part in (spot.name, street, HOUSE_NUMBER.sub("", street)):
        if TELLING.search(part):
            yield part
