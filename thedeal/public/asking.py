"""What is asked on the first page, read from a form and put back as it was typed.

What somebody says of themself comes by POST, is used for one answer and kept nowhere:
it is in no address, no log and no link.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from thedeal.community.languages import NAMES
from thedeal.community.selectors.connecting import (
    Question,
    goes_by_wheelchair,
    hours_of,
)
from thedeal.places import selectors as places
from thedeal.places.models import Neighbourhood
from thedeal.places.postcode_words import sentence_for
from thedeal.places.walking import USUAL

MINUTES = (5, 10, 15, 20, 30)
USUAL_MINUTES = 15
LONGEST_WORDS = 2000
MOST = 10  # results in one answer
DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
PARTS = {"morning": "Mornings", "afternoon": "Afternoons", "evening": "Evenings"}
NEEDS = {
    "step_free": "Step-free",
    "hearing_loop": "Hearing loop",
    "toilet": "A toilet",
    "quiet": "Somewhere quiet",
    "parking": "Parking",
}
LANGUAGES = {"": "Any language"} | {
    code: name
    for code, name in sorted(NAMES.items(), key=lambda pair: pair[1])
    if code != "en"
}
WALKERS = {
    "ordinary": "On foot",
    "slow": "Slowly",
    "wheelchair": "In a wheelchair",
    "pushchair": "With a pushchair",
}


@dataclass(frozen=True, kw_only=True)
class Asking:
    """One question as somebody put it; ``problem`` says what to mend."""

    postcode: str = ""
    words: str = ""
    minutes: int = USUAL_MINUTES
    walker: str = USUAL
    free: bool = False
    days: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    language: str = ""
    age: int | None = None
    lat: float | None = None
    lon: float | None = None
    neighbourhood: Neighbourhood | None = field(default=None, compare=False)
    problem: str = ""

    @property
    def by_wheelchair(self) -> bool:
        """Say whether minutes are told as by wheelchair."""
        return goes_by_wheelchair(self.walker)

    def question(self) -> Question:
        """Give it as the directory is asked; call only where a place was found."""
        if self.lat is None or self.lon is None:
            raise ValueError("No place was found.")
        return Question(
            lat=self.lat,
            lon=self.lon,
            words=self.words,
            minutes=float(self.minutes),
            walker=self.walker,
            free=hours_of(self.days, self.parts),
            needs=frozenset(self.needs),
            language=self.language,
            must_be_free=self.free,
            age=self.age,
            how_many=MOST,
        )

    def address(self) -> str:
        """Give what a link to share has: a neighbourhood and filters, never words."""
        if self.neighbourhood is None:
            return ""
        pairs: list[tuple[str, Any]] = [("in", self.neighbourhood.slug)]
        pairs += [("minutes", self.minutes)]
        pairs += [("walker", self.walker)] if self.walker != USUAL else []
        pairs += [("free", 1)] if self.free else []
        pairs += [("day", day) for day in self.days]
        pairs += [("part", part) for part in self.parts]
        pairs += [("needs", need) for need in self.needs]
        pairs += [("language", self.language)] if self.language else []
        return urlencode(pairs)


def read(given: QueryDict) -> Asking:
    """Give the question of a form or of a shared link; odd values are as not said."""
    asked = {
        "words": given.get("words", "")[:LONGEST_WORDS],
        "minutes": _one_of(given.get("minutes"), MINUTES),
        "walker": _chosen(given.get("walker"), WALKERS, USUAL),
        "free": bool(given.get("free")),
        "days": _known(given.getlist("day"), DAYS),
        "parts": _known(given.getlist("part"), PARTS),
        "needs": _known(given.getlist("needs"), NEEDS),
        "language": _chosen(given.get("language"), LANGUAGES, ""),
        "age": _age(given.get("age", "")),
    }
    typed, slug = given.get("postcode", ""), given.get("in")
    if slug and not typed.strip():
        return _in_neighbourhood(str(slug), asked)
    return _at_postcode(typed, asked)


def _at_postcode(typed: str, asked: dict[str, Any]) -> Asking:
    found = places.find_postcode(typed)
    problem = sentence_for(found)
    if problem or found.neighbourhood is None:
        return Asking(postcode=typed[:60], problem=problem, **asked)
    return Asking(
        postcode=found.postcode,
        lat=found.lat,
        lon=found.lon,
        neighbourhood=found.neighbourhood,
        **asked,
    )


def _in_neighbourhood(slug: str, asked: dict[str, Any]) -> Asking:
    place = places.neighbourhoods().filter(slug=slug[:80]).first()
    if place is None:
        return Asking(
            problem="We do not know that neighbourhood. Type a postcode.", **asked
        )
    return Asking(lat=place.lat, lon=place.lon, neighbourhood=place, **asked)


def _one_of(typed: str | None, allowed: tuple[int, ...]) -> int:
    chosen = {str(n): n for n in allowed}
    return chosen.get(typed or "", USUAL_MINUTES)


def _chosen(typed: str | None, allowed: dict[str, str], otherwise: str) -> str:
    return typed if typed in allowed else otherwise


def _known(typed: list[str], allowed: dict[str, str]) -> tuple[str, ...]:
    return tuple(key for key in allowed if key in typed)


def _age(typed: str) -> int | None:
    text = typed.strip()
    return int(text) if text.isascii() and text.isdigit() and int(text) <= 120 else None
