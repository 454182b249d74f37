"""The directory as the engine's catalogue, held in memory and renewed when it changed.

What changed is written anew, row by row, and nothing else: a listing that was edited
costs one listing, and a feed of thousands costs each of its listings once. The whole is
built with each new day. Reads only what anyone may read, so that the public login can hold it too. Each process
builds its own from the rows and from the vectors that a job made (``meanings``);
where those are missing the match rests on words alone, and says so.
"""

import datetime as dt
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock

import numpy as np
import numpy.typing as npt
from django.db import connections
from django.utils import timezone
from doorstep.catalogue import Catalogue
from doorstep.listings import FACTS, NO_VENUE, Known, Listing, Room, Trust
from doorstep.sessions import Calendar, OnBankHolidays, Timetable, english_calendar
from doorstep.words import WordIndex

from thedeal.community import meanings, paying
from thedeal.community.models import Activity, Group, OpeningHours, Session, VenueAccess
from thedeal.community.models.activities import Capacity
from thedeal.community.states import ListingState
from thedeal.lib import logins
from thedeal.places.walking import Walking, walking_to

Floats = npt.NDArray[np.float64]
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MIDNIGHT_MINUTES = 24 * 60
Spot = tuple[float, float]
MOST_GONE = 0.5  # of what we hold; past this the whole is built anew, without the gaps
MOST_REWRITTEN = 500  # texts beside the index of words; past this it is read anew
LOOK_EVERY_S = 5.0  # how long a process goes without looking whether rows changed
ROOM = {
    Capacity.OPEN: Room.OPEN,
    Capacity.ROOM: Room.OPEN,
    Capacity.FULL: Room.FULL,
    Capacity.WAITING: Room.FULL,
}


# each listing that may be matched (as ``_rows`` has them) with the versions (xmin) of the
# rows that it is made of; two deleted and added are told by their number and the newest
STAMPS = """
select a.id::text, concat_ws(' ', a.xmin, g.xmin, v.xmin, s.how_many, s.newest,
                             h.how_many, h.newest)
from community_activity a
join community_group g on g.id = a.group_id
left join community_venueaccess v on v.venue_id = a.venue_id
left join (
  select activity_id, count(*) as how_many, max(xmin::text::bigint) as newest
  from community_session group by activity_id) s on s.activity_id = a.id
left join (
  select activity_id, count(*) as how_many, max(xmin::text::bigint) as newest
  from community_openinghours group by activity_id) h on h.activity_id = a.id
where a.state = %s and g.state = %s and a.demoted_at is null
"""


@dataclass(frozen=True, kw_only=True)
class Held:
    """The catalogue with where each of its venues is (degrees, by venue number)."""

    catalogue: Catalogue
    lats: Floats
    lons: Floats
    walking: Walking
    slugs: dict[str, str]  # listing key -> the slug of its page
    points: dict[str, Spot]  # listing key -> where it may be shown
    version: str
    today: dt.date
    stamps: dict[str, str]  # listing key -> the versions of the rows behind it
    venues: dict[Spot, int]  # each venue's number
    meanings: str  # the version of the vectors


_KEPT: list[Held] = []  # what this process holds: one, once it was asked for
_LOCK = Lock()


def held() -> Held:
    """Give the catalogue as it is now: what changed since last time is written anew."""
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
        for model in (Activity, Group, Session, OpeningHours, VenueAccess):
            cursor.execute(
                "select count(*), coalesce(max(xmin::text::bigint), 0) "  # noqa: S608 - the table's own name
                f'from "{model._meta.db_table}"'
            )
            parts.append(cursor.fetchone())
    return f"{parts}{meanings.version()}"


def _held(version: str, today: dt.date) -> Held:
    """Give what we hold, renewed where it is of another version or of another day."""
    with _LOCK:
        kept = _KEPT[-1] if _KEPT else None
        if kept is None or (kept.version, kept.today) != (version, today):
            _KEPT[:] = [_renewed(kept, version, today)]
        return _KEPT[-1]


def _renewed(kept: Held | None, version: str, today: dt.date) -> Held:
    stamps = _stamps()
    if kept is None or kept.today != today:
        return _built(version, today, stamps)
    gone = kept.stamps.keys() - stamps.keys()
    if len(gone) > len(kept.stamps) * MOST_GONE:
        return _built(version, today, stamps)
    fresh = [key for key, stamp in stamps.items() if kept.stamps.get(key) != stamp]
    if kept.meanings != meanings.version():
        fresh = list({*fresh, *_without_meaning(kept.catalogue)} & stamps.keys())
    return _with(kept, version, stamps, fresh, gone)


def _built(version: str, today: dt.date, stamps: dict[str, str]) -> Held:
    rows = list(_rows())
    venues: dict[Spot, int] = {}
    listings = [_listing(row, venues) for row in rows]
    what, asks = meanings.vectors_of(listings)
    catalogue = Catalogue.of(
        listings,
        now=timezone.localtime(),
        calendar=calendar(today),
        what=what,
        asks=asks,
    )
    lats, lons = _places(venues)
    return Held(
        catalogue=catalogue,
        lats=lats,
        lons=lons,
        walking=walking_to(lats, lons),
        slugs=_slugs(rows),
        points=_points(rows),
        version=version,
        today=today,
        stamps=stamps,
        venues=venues,
        meanings=meanings.version(),
    )


def _with(
    kept: Held,
    version: str,
    stamps: dict[str, str],
    fresh: Collection[str],
    gone: Collection[str],
) -> Held:
    """Give a copy with these listings written anew and those gone taken out.

    A copy, since somebody may be reading the one that we hold.
    """
    rows = list(_rows(fresh)) if fresh else []
    venues = dict(kept.venues)
    catalogue = _copied(kept.catalogue)
    listings = [_listing(row, venues) for row in rows]
    _put(catalogue, listings, kept.today)
    for key in gone:
        catalogue.remove(key)
    is_walk_new = len(venues) != len(kept.venues)
    lats, lons = _places(venues) if is_walk_new else (kept.lats, kept.lons)
    points = {k: p for k, p in kept.points.items() if k not in set(fresh)}
    return replace(
        kept,
        catalogue=catalogue,
        lats=lats,
        lons=lons,
        walking=walking_to(lats, lons) if is_walk_new else kept.walking,
        slugs=kept.slugs | _slugs(rows),
        points=points | _points(rows),
        version=version,
        stamps=stamps,
        venues=venues,
        meanings=meanings.version(),
    )


def _put(catalogue: Catalogue, listings: list[Listing], today: dt.date) -> None:
    what, asks = meanings.vectors_of(listings)
    now, days = timezone.localtime(), calendar(today)
    for row, listing in enumerate(listings):
        catalogue.put(
            listing,
            now=now,
            calendar=days,
            what=None if what is None else what[row],
            asks=None if asks is None else asks[row],
        )
    if len(catalogue.words.rewritten) > MOST_REWRITTEN:
        texts = [f"{x.text} {x.asks}" if x else "" for x in catalogue.listings]
        catalogue.words = WordIndex.of(texts)


def _copied(catalogue: Catalogue) -> Catalogue:
    return replace(
        catalogue,
        columns={name: column.copy() for name, column in catalogue.columns.items()},
        listings=list(catalogue.listings),
        doubts=list(catalogue.doubts),
        never=dict(catalogue.never),
        languages=list(catalogue.languages),
        names=dict(catalogue.names),
        row_of=dict(catalogue.row_of),
    )


def _without_meaning(catalogue: Catalogue) -> set[str]:
    """Give the listings whose vector the job had not made when they were written."""
    scales = catalogue.columns["what_scale"]
    return {key for key, row in catalogue.row_of.items() if scales[row] == 0}


def _stamps() -> dict[str, str]:
    """Give the versions of the rows behind each listing that may be matched."""
    with connections[logins.alias()].cursor() as cursor:
        cursor.execute(STAMPS, [ListingState.LIVE, ListingState.LIVE])
        return dict(cursor.fetchall())


def _places(venues: dict[Spot, int]) -> tuple[Floats, Floats]:
    spots = np.array(list(venues), np.float64).reshape(-1, 2)
    return spots[:, 0], spots[:, 1]


def _slugs(rows: Iterable[Activity]) -> dict[str, str]:
    return {str(row.pk): row.slug for row in rows}


def _points(rows: Iterable[Activity]) -> dict[str, Spot]:
    return {
        str(row.pk): (row.lat, row.lon)
        for row in rows
        if row.lat is not None and row.lon is not None
    }


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
