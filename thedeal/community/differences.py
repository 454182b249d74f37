"""What differs between two versions of a listing, in words, and how to join changes.

The same words serve the queue of suggestions, the history of versions and two listings
side by side. Pure: takes listings as ``GroupFacts.stored`` gives them.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thedeal.community import screen
from thedeal.community.facts import ActivityFacts
from thedeal.community.languages import name_of
from thedeal.lib import wording
from thedeal.lib.wording import pounds

Stored = Mapping[str, Any]
Saying = Callable[[Stored], str]
CONTACT = "Whom to ask"
LEGAL_FORMS = {
    "none": "None",
    "club": "Club or association",
    "church": "Church or faith body",
    "public": "Public body",
    "charity": "Charity",
    "cic": "Community interest company",
    "ltd": "Company",
    "pta": "Parents and teachers",
}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that differs; ``about`` is an activity's name, or "" for the group."""

    about: str
    field: str
    was: str
    now: str


def _word(name: str) -> Saying:
    return lambda given: str(given.get(name) or "")


def _named(name: str, words: Mapping[str, str]) -> Saying:
    """Say a choice as people read it."""
    return lambda given: words.get(str(given.get(name) or ""), _word(name)(given))


def _day(name: str) -> Saying:
    return lambda given: _day_said(given.get(name))


def _day_said(written: Any) -> str:
    """Give "5 March 2027"; what is no date, as it is written."""
    try:
        return wording.date(dt.date.fromisoformat(str(written or "")), year=True)
    except ValueError:
        return str(written or "")


def _languages(given: Stored) -> str:
    return ", ".join(name_of(code) for code in given.get("languages") or ())


def _listed(name: str) -> Saying:
    return lambda given: ", ".join(given.get(name) or ())


def _flag(name: str) -> Saying:
    return lambda given: "yes" if given.get(name) else "no"


def _when(given: Stored) -> str:
    return "; ".join(screen.said(ActivityFacts.read(given)))


def _where(given: Stored) -> str:
    spot = given.get("spot") or {}
    parts = [spot.get(name) or "" for name in ("name", "address", "postcode")]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _cost(given: Stored) -> str:
    if given.get("cost_words"):
        return str(given["cost_words"])
    pence = given.get("cost_pence")
    return "" if pence is None else pounds(pence / 100) if pence else "free"


def _ages(given: Stored) -> str:
    youngest, oldest = given.get("min_age"), given.get("max_age")
    if youngest is None and oldest is None:
        return ""
    return f"{youngest or 0} to {oldest}" if oldest is not None else f"{youngest}+"


def _access(given: Stored) -> str:
    known = given.get("access") or {}
    words = screen.ACCESS_WORDS
    return "; ".join(f"{words[k]}: {known[k]}" for k in words if k in known)


def _room(given: Stored) -> str:
    kind = str(given.get("capacity") or "unknown")
    words = given.get("capacity_words") or screen.ROOM.get(kind, "")
    places, until = given.get("capacity_places"), given.get("capacity_until")
    more = f" ({places})" if places else ""
    return f"{words}{more}" + (f", until {_day_said(until)}" if until else "")


GROUP: dict[str, Saying] = {
    "Name": _word("name"),
    "Also called": _listed("other_names"),
    "Kind": _named("kind", screen.KINDS),
    "What it is": _word("what"),
    "Legal form": _named("legal_form", LEGAL_FORMS),
    "Charity number": _word("charity_number"),
    "Website": _word("website"),
    "Sensitive": _flag("is_sensitive"),
}
ACTIVITY: dict[str, Saying] = {
    "Name": _word("name"),
    "What happens": _word("description"),
    "The first time": _word("first_time"),
    "Could do with": _word("asks"),
    "When": _when,
    "Where": _where,
    "Online": _flag("is_online"),
    "Online address": _word("online_url"),
    "Cost": _cost,
    "Ages": _ages,
    "Languages": _languages,
    "Themes": _listed("themes"),
    "Getting in": _access,
    "Room now": _room,
    "Ends on": _day("ends_on"),
}
ASK: dict[str, Saying] = {
    "Name": _word("name"),
    "Phone": _word("phone"),
    "Email": _word("email"),
    "May be seen": lambda given: screen.SHOWS.get(str(given.get("show")), ""),
}


def between(before: Stored, after: Stored) -> list[Difference]:
    """Give what differs, the group first, then each thing it does.

    A contact is compared only where ``after`` brings one.
    """
    found = list(_fields("", GROUP, before, after))
    if after.get("contact"):
        found += _fields(CONTACT, ASK, before.get("contact") or {}, after["contact"])
    was, now = _by_key(before), _by_key(after)
    for key in [*was, *(k for k in now if k not in was)]:
        found += _activity(was.get(key), now.get(key))
    return found


def _activity(was: Stored | None, now: Stored | None) -> Iterator[Difference]:
    about = str((was or now or {}).get("name", ""))
    if now is None:
        yield Difference(about=about, field="All of it", was="listed", now="ended")
        return
    yield from _fields(about, ACTIVITY, was or {}, now)
    if was is not None and _when(was) == _when(now) and _dates(was) != _dates(now):
        yield Difference(
            about=about, field="When", was=_when(was), now="Some of the dates"
        )


def _fields(
    about: str, sayings: Mapping[str, Saying], before: Stored, after: Stored
) -> Iterator[Difference]:
    for label, say in sayings.items():
        was, now = say(before), say(after)
        if was != now:
            yield Difference(about=about, field=label, was=was, now=now)


def _dates(given: Stored) -> Any:
    return [given.get("sessions") or [], given.get("hours") or []]


def joined(base: Stored, wanted: Stored, current: Stored) -> dict[str, Any]:
    """Give the listing as it is now with what ``wanted`` changed from ``base``.

    What changed on both sides is as ``wanted`` has it: an editor looks at each.
    """
    found = _taken(base, wanted, current, leave=("activities",))
    was, now = _by_key(base), _by_key(wanted)
    activities = []
    for key, stands in _by_key(current).items():
        if key not in was or key in now:
            activities.append(
                _taken(was[key], now[key], stands) if key in was else dict(stands)
            )
    is_new = [dict(now[key]) for key in now if key not in was]
    found["activities"] = activities + is_new
    return found


def _taken(
    base: Stored, wanted: Stored, current: Stored, *, leave: Sequence[str] = ()
) -> dict[str, Any]:
    found = dict(current)
    for name, value in wanted.items():
        if name not in leave and base.get(name) != value:
            found[name] = value
    return found


def _by_key(listing: Stored) -> dict[str, Stored]:
    given = listing.get("activities") or ()
    return {str(a.get("id") or a["name"]): a for a in given}
