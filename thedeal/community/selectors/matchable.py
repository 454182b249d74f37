"""The directory's rows as the engine takes them: one listing for each that may be matched."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from doorstep.listings import FACTS, NO_VENUE, Known, Listing, Room, Trust
from doorstep.sessions import OnBankHolidays, Timetable

from thedeal.community import paying
from thedeal.community.models import Activity, OpeningHours
from thedeal.community.models.activities import Capacity
from thedeal.community.states import ListingState

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MIDNIGHT_MINUTES = 24 * 60
Spot = tuple[float, float]
ROWS_A_TIME = 2_000
ROOM = {
    Capacity.OPEN: Room.OPEN,
    Capacity.ROOM: Room.OPEN,
    Capacity.FULL: Room.FULL,
    Capacity.WAITING: Room.FULL,
}
# whom a listing under a theme is for, where the theme says so, as the engine calls it
WHOM = {
    "bereavement": "grief",
    "dementia": "memory",
    "memory": "memory",
    "recovery": "addiction",
}


@dataclass(frozen=True, kw_only=True)
class Read:
    """Listings as the engine takes them, with what our pages need beside them."""

    listings: list[Listing] = field(default_factory=list)
    slugs: dict[str, str] = field(default_factory=dict)
    points: dict[str, Spot] = field(default_factory=dict)


def read(venues: dict[Spot, int], keys: Collection[str] | None = None) -> Read:
    """Read the rows a few at a time: a hundred thousand at once take a gigabyte."""
    found = Read()
    for row in _rows(keys):
        key = str(row.pk)
        found.listings.append(_listing(row, venues))
        found.slugs[key] = row.slug
        if row.lat is not None and row.lon is not None:
            found.points[key] = (row.lat, row.lon)
    return found


def _rows(keys: Collection[str] | None = None) -> Iterable[Activity]:
    """Give the rows that may be matched: all of them, or those of these ids."""
    rows = Activity.objects.all()
    return (
        (rows if keys is None else rows.filter(pk__in=keys))
        .filter(
            state=ListingState.LIVE,
            demoted_at__isnull=True,
            group__state=ListingState.LIVE,
        )
        .select_related("group", "venue")
        .prefetch_related("sessions", "opening_hours", "venue__access")
        .defer("search", "plain", "provenance", "group__provenance")
        .order_by("id")
        .iterator(chunk_size=ROWS_A_TIME)
    )


def listings() -> list[Listing]:
    """Give every listing that may be matched, as the engine takes it."""
    return [_listing(row, {}) for row in _rows()]


def _listing(row: Activity, places: dict[Spot, int]) -> Listing:
    return Listing(
        key=str(row.pk),
        activity=row.name,
        group=row.group.name,
        description=row.description,
        asks=row.asks,
        kind=row.themes[0] if row.themes else "",
        place=_place_words(row),
        venue=_venue(row, places),
        is_online=row.is_online,
        is_blurred=row.is_sensitive,
        timetables=tuple(_timetables(row)),
        cost_pence=row.cost_pence,
        cost_words=paying.within(row.cost_pence, row.cost_words),
        youngest=row.min_age,
        oldest=row.max_age,
        languages=tuple(row.languages),
        access=_access(row),
        room=ROOM.get(Capacity(row.capacity), Room.UNKNOWN),
        trust=Trust(
            checked_on=_day(row.checked_at),
            checked_by=row.checked_how,
            safeguarding_seen_on=_day(row.group.safeguarding_seen_at),
            safeguarding_seen_by=row.group.safeguarding_seen_for,
            needs_safeguarding=row.group.needs_safeguarding,
        ),
        answers_in_days=row.group.answers_in_days,
        whom=tuple({WHOM[theme] for theme in row.themes if theme in WHOM}),
        is_tender=row.is_sensitive,
        telephone=row.group.contact_phone,
        first_time=row.first_time,
    )


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


def _place_words(row: Activity) -> str:
    if row.is_sensitive:
        return f"near {row.postcode}" if row.postcode else ""
    return row.place_name or (row.venue.name if row.venue else "")


def _venue(row: Activity, places: dict[Spot, int]) -> int:
    if row.lat is None or row.lon is None:
        return NO_VENUE
    return places.setdefault((row.lat, row.lon), len(places))


def _access(row: Activity) -> dict[str, Known]:
    of_venue = getattr(row.venue, "access", None) if row.venue else None
    facts = {**(of_venue.facts if of_venue else {}), **row.access}
    known = {"yes": Known.YES, "no": Known.NO}
    return {fact: known[facts[fact]] for fact in FACTS if facts.get(fact) in known}


def _timetables(row: Activity) -> Iterable[Timetable]:
    for session in row.sessions.all():
        yield Timetable(
            starts_on=session.starts_on,
            at=session.at,
            minutes=session.minutes,
            rule=session.rule or None,
            left_out=frozenset(session.left_out),
            added=frozenset(session.added),
            term_time_only=session.is_term_time,
            on_bank_holidays=OnBankHolidays(session.on_bank_holidays),
        )
    for hours in row.opening_hours.all():
        yield _open_each_week(hours)


def _open_each_week(hours: OpeningHours) -> Timetable:
    opens = hours.opens.hour * 60 + hours.opens.minute
    closes = hours.closes.hour * 60 + hours.closes.minute or MIDNIGHT_MINUTES
    monday = dt.date(2024, 1, 1)
    return Timetable(
        starts_on=hours.valid_from or monday + dt.timedelta(days=hours.weekday),
        at=hours.opens,
        minutes=(closes - opens) % MIDNIGHT_MINUTES or MIDNIGHT_MINUTES,
        rule=f"FREQ=WEEKLY;BYDAY={DAYS[hours.weekday]}",
        term_time_only=hours.is_term_time,
        on_bank_holidays=OnBankHolidays(hours.on_bank_holidays),
    )
