"""What a listing says, as plain values: the one shape that everything passes through.

Forms, feeds, calendars, the demo, versions and suggestions all come to this; only
``actions.writing`` turns it into rows. Everything is cleaned as it is read
(``cleaning``), and what cannot be read becomes an oddity, never an exception.
Pure: no Django.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Self

from doorstep.languages import code_of, is_code

from thedeal.community import cleaning

YES, NO, UNKNOWN = "yes", "no", "unknown"
ACCESS = (
    "step_free",
    "hearing_loop",
    "toilet",
    "changing_place",
    "quiet",
    "parking",
    "captions",  # for what is online
)
TIMINGS = ("session", "opening hours", "by arrangement")
CAPACITIES = ("open", "room", "full", "waiting list", "unknown")
KINDS = ("group", "charity", "council", "venue-run", "business", "informal")
SHOWS = ("number", "email", "ask", "nobody")


@dataclass(frozen=True, kw_only=True)
class Times:
    """Dated sessions: RFC 5545 in parts, local time."""

    starts_on: dt.date
    at: dt.time
    minutes: int
    rule: str = ""
    left_out: tuple[dt.date, ...] = ()
    added: tuple[dt.date, ...] = ()
    is_term_time: bool = False
    on_bank_holidays: str = "unknown"
    calendar_uid: str = ""
    note: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Give the times from stored values; raises ValueError where they are odd."""
        return cls(
            starts_on=_date(given["starts_on"]),
            at=_time(given["at"]),
            minutes=int(given["minutes"]),
            rule=str(given.get("rule") or "")[:200],
            left_out=tuple(_date(d) for d in given.get("left_out") or ()),
            added=tuple(_date(d) for d in given.get("added") or ()),
            is_term_time=bool(given.get("is_term_time")),
            on_bank_holidays=str(given.get("on_bank_holidays") or "unknown"),
            calendar_uid=str(given.get("calendar_uid") or "")[:300],
            note=cleaning.line(given.get("note"), most=200),
        )


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Opening hours of one weekday (Monday is 0)."""

    weekday: int
    opens: dt.time
    closes: dt.time
    is_term_time: bool = False

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Give the hours from stored values; raises ValueError where they are odd."""
        return cls(
            weekday=int(given["weekday"]),
            opens=_time(given["opens"]),
            closes=_time(given["closes"]),
            is_term_time=bool(given.get("is_term_time")),
        )


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where: a venue that we know, or a place in words with a postcode or a point."""

    venue_id: str = ""
    name: str = ""
    address: str = ""
    postcode: str = ""
    lat: float | None = None
    lon: float | None = None

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Give the spot from stored values."""
        return cls(
            venue_id=str(given.get("venue_id") or ""),
            name=cleaning.line(given.get("name"), most=200),
            address=cleaning.line(given.get("address"), most=300),
            postcode=cleaning.line(given.get("postcode"), most=8).upper(),
            lat=_number(given.get("lat")),
            lon=_number(given.get("lon")),
        )


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """Whom to ask, and what of it may be shown."""

    name: str = ""
    phone: str = ""
    email: str = ""
    show: str = "ask"

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Give a contact, cleaned; a number nobody could ring is left out."""
        number, label = cleaning.phone(given.get("phone"))
        show = str(given.get("show") or "ask")
        return cls(
            name=cleaning.line(given.get("name"), most=120) or label * bool(number),
            phone=number[:30],
            email=cleaning.email(given.get("email")),
            show=show if show in SHOWS else "ask",
        )


@dataclass(frozen=True, kw_only=True)
class ActivityFacts:
    """One thing to join; ``id`` is blank for one that is not stored yet."""

    name: str
    id: str = ""
    source_ref: str = ""
    description: str = ""
    first_time: str = ""
    asks: str = ""
    timing: str = "session"
    is_online: bool = False
    online_url: str = ""
    spot: Spot = field(default_factory=Spot)
    cost_pence: int | None = None
    cost_words: str = ""
    min_age: int | None = None
    max_age: int | None = None
    languages: tuple[str, ...] = ()  # none: nobody has told us
    themes: tuple[str, ...] = ()
    access: dict[str, str] = field(default_factory=dict)
    capacity: str = "unknown"
    capacity_places: int | None = None
    capacity_words: str = ""
    capacity_until: dt.date | None = None
    ends_on: dt.date | None = None
    sessions: tuple[Times, ...] = ()
    hours: tuple[Hours, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Give an activity, cleaned, from stored or sent values."""
        youngest, oldest = _ages(given)
        return cls(
            id=str(given.get("id") or ""),
            source_ref=str(given.get("source_ref") or "")[:200],
            name=cleaning.line(given.get("name"), most=160),
            description=cleaning.text(given.get("description")),
            first_time=cleaning.text(given.get("first_time"), most=2000),
            asks=cleaning.text(given.get("asks"), most=2000),
            timing=_one_of(given.get("timing"), TIMINGS, "by arrangement"),
            is_online=bool(given.get("is_online")),
            online_url=cleaning.web_address(given.get("online_url")),
            spot=Spot.read(given.get("spot") or {}),
            cost_pence=_count(given.get("cost_pence")),
            cost_words=cleaning.line(given.get("cost_words"), most=200),
            min_age=youngest,
            max_age=oldest,
            languages=_languages(given.get("languages")),
            themes=_themes(given.get("themes")),
            access=_access(given.get("access") or {}),
            capacity=_one_of(given.get("capacity"), CAPACITIES, UNKNOWN),
            capacity_places=_count(given.get("capacity_places")),
            capacity_words=cleaning.line(given.get("capacity_words"), most=120),
            capacity_until=_maybe_date(given.get("capacity_until")),
            ends_on=_maybe_date(given.get("ends_on")),
            sessions=tuple(Times.read(t) for t in given.get("sessions") or ()),
            hours=tuple(Hours.read(h) for h in given.get("hours") or ()),
        )


@dataclass(frozen=True, kw_only=True)
class GroupFacts:
    """A group with all that it does; ``contact`` is None where it is left as it is."""

    name: str
    kind: str = "group"
    other_names: tuple[str, ...] = ()
    what: str = ""
    legal_form: str = "none"
    charity_number: str = ""
    website: str = ""
    is_sensitive: bool = False
    source_ref: str = ""
    contact: ContactFacts | None = None
    activities: tuple[ActivityFacts, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Give a group, cleaned, from stored or sent values."""
        contact = given.get("contact")
        names = given.get("other_names") or ()
        return cls(
            name=cleaning.line(given.get("name"), most=160),
            kind=_one_of(given.get("kind"), KINDS, "group"),
            other_names=tuple(cleaning.line(n, most=160) for n in names),
            what=cleaning.text(given.get("what")),
            legal_form=str(given.get("legal_form") or "none"),
            charity_number=cleaning.line(given.get("charity_number"), most=12),
            website=cleaning.web_address(given.get("website")),
            is_sensitive=bool(given.get("is_sensitive")),
            source_ref=str(given.get("source_ref") or "")[:200],
            contact=ContactFacts.read(contact) if contact else None,
            activities=tuple(
                ActivityFacts.read(a) for a in given.get("activities") or ()
            ),
        )

    def stored(self) -> dict[str, Any]:
        """Give the values as JSON keeps them, the contact left out."""
        found: dict[str, Any] = _plain(asdict(replace(self, contact=None)))
        del found["contact"]
        return found


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[str, Any, Any]]:
    """Give what differs between two stored listings: (where, was, is)."""
    found = [
        (name, before.get(name), after.get(name))
        for name in (f.name for f in fields(GroupFacts))
        if name not in ("activities", "contact") and before.get(name) != after.get(name)
    ]
    was = {a.get("id") or a["name"]: a for a in before.get("activities") or ()}
    now = {a.get("id") or a["name"]: a for a in after.get("activities") or ()}
    for key in [*was, *(k for k in now if k not in was)]:
        found += _activity_changes(was.get(key), now.get(key))
    return found


def _activity_changes(
    was: Mapping[str, Any] | None, now: Mapping[str, Any] | None
) -> list[tuple[str, Any, Any]]:
    if was is None or now is None:
        there = now or was or {}
        return [(str(there["name"]), was and was["name"], now and now["name"])]
    return [
        (f"{was['name']}: {name}", was.get(name), now.get(name))
        for name in (f.name for f in fields(ActivityFacts))
        if name not in ("id", "source_ref") and was.get(name) != now.get(name)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, dt.date) else value


def _date(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def _maybe_date(value: Any) -> dt.date | None:
    try:
        return _date(value) if value else None
    except ValueError:
        return None


def _time(value: Any) -> dt.time:
    return value if isinstance(value, dt.time) else dt.time.fromisoformat(str(value))


def _number(value: Any) -> float | None:
    try:
        return float(value) if value not in (None, "") else None
    except (TypeError, ValueError):
        return None


def _count(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and 0 <= number < 30_000 else None


def _ages(given: Mapping[str, Any]) -> tuple[int | None, int | None]:
    youngest = cleaning.age(given.get("min_age"))
    oldest = cleaning.age(given.get("max_age"))
    if youngest is not None and oldest is not None and youngest > oldest:
        return oldest, youngest
    return youngest, oldest


def _one_of(value: Any, known: tuple[str, ...], otherwise: str) -> str:
    return str(value) if value in known else otherwise


def _themes(given: Any) -> tuple[str, ...]:
    found = (cleaning.line(theme, most=40).lower() for theme in given or ())
    return tuple(dict.fromkeys(theme for theme in found if theme))


def _languages(given: Any) -> tuple[str, ...]:
    codes = (code_of(str(one)) for one in given or ())
    return tuple(dict.fromkeys(code for code in codes if is_code(code)))


def _access(given: Mapping[str, Any]) -> dict[str, str]:
    return {name: given[name] for name in ACCESS if given.get(name) in (YES, NO)}
