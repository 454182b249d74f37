"""The directory's filters as a page shows them: each chip an address, with its count.

A chip is a link that turns one filter on or off and keeps the rest, so that all works
without script and any search can be kept as an address.
"""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from thedeal.community import screen
from thedeal.community.languages import name_of
from thedeal.community.selectors import choosing, finding
from thedeal.community.selectors.finding import Found
from thedeal.community.selectors.wanted import FACTS
from thedeal.places import selectors as places
from thedeal.places.selectors import Answer

DAYS = {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri"}
DAYS |= {"sat": "Sat", "sun": "Sun"}
PARTS = {"morning": "Morning", "afternoon": "Afternoon", "evening": "Evening"}
ONLY = {"free": "Free", "room": "Not full", "online": "Online"}
ACCESS = {
    "step_free": "Step-free",
    "hearing_loop": "Hearing loop",
    "toilet": "Toilet",
    "quiet": "Somewhere quiet",
    "parking": "Parking",
}
WALKS = {str(n): f"{n} minutes" for n in choosing.WALKS}
AGES = {str(n): f"Aged {n}" for n in choosing.AGES}
MANY = ("day", "access")  # more than one may be on
# what to let go of when nothing is found; field of Wanted -> what it is put as
LOOSEN = {
    "words": ("q", "without those words"),
    "walk_minutes": ("walk", "further to walk"),
    "days": ("day", "on any day"),
    "part": ("time", "at any time of day"),
    "is_free": ("free", "that may cost something"),
    "is_online": ("online", "in person"),
    "access": ("access", "whose access we may not know"),
    "language": ("language", "in any language"),
    "age": ("age", "for other ages"),
    "theme": ("theme", "of every kind"),
    "area": ("in", "in other neighbourhoods"),
    "has_room": ("room", "that may be full"),
}
PLACE_WORDS = {
    Answer.MALFORMED: "That does not look like a postcode. Check it, or leave it out.",
    Answer.UNKNOWN: "We do not know that postcode. Check it, or try one nearby.",
    Answer.PART: "That is the first half of a postcode. Type the whole of it.",
}
assert set(ACCESS) == set(FACTS) <= set(screen.ACCESS_WORDS)  # noqa: S101 - a slip of ours, seen at once


def page(query: QueryDict, found: Found) -> dict[str, Any]:
    """Give what the page of a search shows around its results."""
    wanted, by = found.wanted, finding.counts(found)
    rows = [
        ("Day", _chips(query, "day", DAYS, by["day"])),
        ("Only", _switches(query, by["only"])),
        ("Time of day", _chips(query, "time", PARTS, by["time"])),
        ("Getting in", _chips(query, "access", ACCESS, by["access"])),
        ("For whom", _chips(query, "age", AGES, by["age"])),
        ("On foot", _chips(query, "walk", WALKS, by["walk"])),
        ("Neighbourhood", _chips(query, "in", _areas(by["in"]), by["in"])),
    ]
    return {
        "first_chips": [row for row in rows[:2] if row[1]],
        "more_chips": [row for row in rows[2:] if row[1]],
        # what is on among those folded away: shown without unfolding them
        "more_on": [
            chip for _, chips in rows[2:] for chip in chips if chip["selected"]
        ],
        "languages": _languages(by["language"], chosen=wanted.language),
        "hidden": _kept_by_form(query),
        "place_words": place_words(found),
        "loosen": [
            {"text": text, "count": count, "href": _without(query, name)}
            for field, count in found.loosen
            for name, text in [LOOSEN[field]]
        ],
        "age": "" if wanted.age is None else wanted.age,
    }


def _chips(
    query: QueryDict, name: str, words: Mapping[str, str], counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    chosen = query.getlist(name) if name in MANY else [query.get(name, "")]
    return [
        {
            "text": text,
            "href": _turned(query, name, value),
            "selected": value in chosen,
            "count": counts.get(value, 0),
        }
        for value, text in words.items()
        if counts.get(value) or value in chosen
    ]


def _areas(counts: Mapping[str, int]) -> dict[str, str]:
    """Give the names of the neighbourhoods that something is in, by slug."""
    rows = places.neighbourhoods().filter(slug__in=counts).order_by("name")
    return dict(rows.values_list("slug", "name"))


def _switches(query: QueryDict, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        chip
        for name, text in ONLY.items()
        for chip in _chips(query, name, {"1": text}, {"1": counts[name]})
    ]


def _turned(query: QueryDict, name: str, value: str) -> str:
    """Give the address with one value of a filter turned on, or off where it is on."""
    changed = query.copy()
    changed.pop("page", None)
    values = changed.getlist(name)
    if value in values:
        left = [v for v in values if v != value]
    else:
        left = [*values, value] if name in MANY else [value]
    changed.setlist(name, left)
    return f"?{changed.urlencode()}"


def _without(query: QueryDict, name: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    changed.pop(name, None)
    return f"?{changed.urlencode()}"


def _kept_by_form(query: QueryDict) -> list[tuple[str, str]]:
    """Give the filters that a new search keeps: the chips, not what the form asks."""
    names = ("day", "time", "access", "walk", "theme", "in", *ONLY)
    return [(n, v) for n in names for v in query.getlist(n)[:8]]


def _languages(counts: Mapping[str, int], *, chosen: str) -> list[dict[str, Any]]:
    known = {**counts, chosen: counts.get(chosen, 0)} if chosen else counts
    spoken = sorted((name_of(code), code) for code in known)
    items = [{"value": "", "text": "Any", "selected": not chosen}]
    return items + [
        {"value": code, "text": f"{text} ({known[code]})", "selected": code == chosen}
        for text, code in spoken
    ]


def place_words(found: Found) -> str:
    if found.place is None:
        return ""
    if found.place.answer is Answer.ELSEWHERE:
        return f"That postcode is in {found.place.other_council}. What we know nearby:"
    return PLACE_WORDS.get(found.place.answer, "")
