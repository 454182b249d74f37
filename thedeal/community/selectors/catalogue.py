"""The directory as the engine's catalogue, held in memory and renewed when it changed.

Reads only what anyone may read, so that the public login can hold it too. Each process
builds its own from the rows and from the vectors that a job made (``meanings``);
where those are missing the match rests on words alone, and says so.
"""

import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from django.db import connections
from django.utils import timezone
from doorstep.catalogue import Catalogue
from doorstep.listings import FACTS, NO_VENUE, Known, Listing, Room, Trust
from doorstep.sessions import Calendar, OnBankHolidays, Timetable, english_calendar

from thedeal.community import meanings
from thedeal.community.models import Activity, Group, OpeningHours, Session
from thedeal.community.models.activities import Capacity
from thedeal.community.states import ListingState
from thedeal.lib import logins
from thedeal.lib.wording import pounds
from thedeal.places.walking import Walking, walking_to

Floats = npt.NDArray[np.float64]
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MIDNIGHT_MINUTES = 24 * 60
LOOK_EVERY_S = 5.0  # how long a process goes without looking whether rows changed
ROOM = {
    Capacity.OPEN: Room.OPEN,
    Capacity.ROOM: Room.OPEN,
    Capacity.FULL: Room.FULL,
    Capacity.WAITING: Room.FULL,
}


@dataclass(frozen=True, kw_only=True)
class Held:
    """The catalogue with where each of its venues is (degrees, by venue number)."""

    catalogue: Catalogue
    lats: Floats
    lons: Floats
    walking: Walking
    slugs: dict[str, str]  # listing key -> the slug of its page
    points: dict[str, tuple[float, float]]  # listing key -> where it may be shown


def held() -> Held:
    """Give the catalogue as it is now: built anew only after a change, or a new day."""
    tick = int(time.monotonic() / LOOK_EVERY_S)
    return _held(_version(logins.alias(), tick), timezone.localdate())


def calendar(today: dt.date) -> Calendar:
    """Give the days that England keeps, a year back and two ahead."""
    return english_calendar(today.year - 1, today.year + 2)


@lru_cache(maxsize=8)
def _version(alias: str, tick: int) -> str:
    """Give a stamp of the rows' own versions: any write of any row changes it.

    ``xmin`` is the transaction that last wrote a row (PostgreSQL's own column).
    """
    parts = []
    with connections[alias].cursor() as cursor:
        for model in (Activity, Group, Session, OpeningHours):
            cursor.execute(
                "select count(*), coalesce(max(xmin::text::bigint), 0) "  # noqa: S608 - the table's own name
                f'from "{model._meta.db_table}"'
            )
            parts.append(cursor.fetchone())
    return f"{parts}{meanings.version()}"


@lru_cache(maxsize=2)
def _held(version: str, today: dt.date) -> Held:
    rows = list(_rows())
    places: dict[tuple[float, float], int] = {}
    listings = [_listing(row, places) for row in rows]
    what, asks = meanings.vectors_of(listings)
    catalogue = Catalogue.of(
        listings,
        now=timezone.localtime(),
        calendar=calendar(today),
        what=what,
        asks=asks,
    )
    spots = np.array(list(places), np.float64).reshape(-1, 2)
    return Held(
        catalogue=catalogue,
        lats=spots[:, 0],
        lons=spots[:, 1],
        walking=walking_to(spots[:, 0], spots[:, 1]),
        slugs={str(row.pk): row.slug for row in rows},
        points={
            str(row.pk): (row.lat, row.lon)
            for row in rows
            if row.lat is not None and row.lon is not None
        },
    )


def _rows() -> Iterable[Activity]:
    return (
        Activity.objects.filter(
            state=ListingState.LIVE,
            demoted_at__isnull=True,
            group__state=ListingState.LIVE,
        )
        .select_related("group", "venue")
        .prefetch_related("sessions", "opening_hours", "venue__access")
        .defer("search", "plain", "provenance", "group__provenance")
        .order_by("id")
    )


def listings() -> list[Listing]:
    """Give every listing that may be matched, as the engine takes it."""
    return [_listing(row, {}) for row in _rows()]


def _listing(row: Activity, places: dict[tuple[float, float], int]) -> Listing:
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
        cost_words=row.cost_words or _cost_words(row.cost_pence),
        youngest=row.min_age,
        oldest=row.max_age,
        languages=tuple(row.languages),
        access=_access(row),
        room=ROOM.get(Capacity(row.capacity), Room.UNKNOWN),
        trust=Trust(
            checked_on=row.checked_at.date() if row.checked_at else None,
            checked_by=row.checked_how,
        ),
        answers_in_days=row.group.answers_in_days,
        is_tender=row.is_sensitive,
        telephone=row.group.contact_phone,
        first_time=row.first_time,
    )


def _place_words(row: Activity) -> str:
    if row.is_sensitive:
        return f"near {row.postcode}" if row.postcode else ""
    return row.place_name or (row.venue.name if row.venue else "")


def _venue(row: Activity, places: dict[tuple[float, float], int]) -> int:
    if row.lat is None or row.lon is None:
        return NO_VENUE
    return places.setdefault((row.lat, row.lon), len(places))


def _cost_words(pence: int | None) -> str:
    if pence is None:
        return ""
    return "free" if pence == 0 else pounds(pence / 100)


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
