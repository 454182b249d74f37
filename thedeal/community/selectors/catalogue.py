"""The directory as the engine's catalogue, held in memory and renewed when it changed.

What changed is written anew, row by row, and nothing else: a listing that was edited
costs one listing, and a feed of thousands costs each of its listings once. A session
that has begun gives way to the one after it. The whole is built with each new day. A large directory is renewed beside the readers, who meanwhile
are answered from what was held before. Reads only what anyone may read, so that the
public login can hold it too. Each process builds its own from the rows and from the
vectors that a job made (``meanings``); where those are missing the match rests on words
alone, and says so.
"""

import datetime as dt
import logging
import time
from collections.abc import Collection
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock, Thread

import numpy as np
import numpy.typing as npt
from django.db import DatabaseError, connections
from django.utils import timezone
from doorstep.catalogue import Catalogue
from doorstep.listings import Listing
from doorstep.sessions import Calendar, english_calendar
from doorstep.words import WordIndex

from thedeal.community import meanings
from thedeal.community.models import Activity, Group, OpeningHours, Session, VenueAccess
from thedeal.community.selectors import dates, matchable
from thedeal.community.selectors.matchable import Read, Spot
from thedeal.community.states import ListingState
from thedeal.lib import logins
from thedeal.lib.errors import BusyError
from thedeal.places import streets
from thedeal.places.walking import Walking, walking_to

log = logging.getLogger("thedeal.community")
Floats = npt.NDArray[np.float64]
MOST_GONE = 0.5  # of what we hold; past this the whole is built anew, without the gaps
MOST_REWRITTEN = 500  # texts beside the index of words; past this it is read anew
LOOK_EVERY_S = 5.0  # how long a process goes without looking whether rows changed
MOST_ONE_BY_ONE = 2_000  # listings; more are read sooner all together
MOST_AT_ONCE = 2_000  # listings; more are renewed beside the readers, who do not wait
LONGEST_WAIT_S = 20.0  # the database ends a transaction that idles for longer


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
    streets: str  # the version of the paths
    good_until: int  # the minute at which the first of its next sessions begins


_KEPT: list[Held] = []  # what this process holds: one, once it was asked for
_LOCK = Lock()


def held() -> Held:
    """Give the catalogue as it is now: what changed since last time is written anew."""
    tick = int(time.monotonic() / LOOK_EVERY_S)
    return _held(_version(logins.alias(), tick), timezone.localdate())


def calendar(today: dt.date) -> Calendar:
    """Give the days that England keeps, a year back and two ahead, and our terms."""
    school = dates.school_terms()
    return english_calendar(today.year - 1, today.year + 2, terms=school)


@lru_cache(maxsize=8)
def _version(alias: str, tick: int) -> str:
    """Give a stamp of the rows' own versions: any write of any row changes it.

    ``xmin`` is the transaction that last wrote a row (PostgreSQL's own column). Their
    sum, since a transaction that began first may be the last to end.
    """
    parts = []
    with connections[alias].cursor() as cursor:
        for model in (Activity, Group, Session, OpeningHours, VenueAccess):
            cursor.execute(
                "select count(*), coalesce(sum(xmin::text::bigint), 0) "  # noqa: S608 - the table's own name
                f'from "{model._meta.db_table}"'
            )
            parts.append(cursor.fetchone())
    return f"{parts}{meanings.version()}{streets.version()}"


def _held(version: str, today: dt.date) -> Held:
    """Give what we hold, renewed where it is of another version or of another day."""
    if not _KEPT:
        return _first_held(version, today)
    kept = _KEPT[-1]
    is_right = (kept.version, kept.today) == (version, today)
    is_to_come = kept.good_until >= _this_minute()
    if (is_right and is_to_come) or not _LOCK.acquire(blocking=False):
        return kept  # another thread renews it now
    if max(len(kept.stamps), _how_many()) <= MOST_AT_ONCE:
        try:
            _KEPT[:] = [_renewed(kept, version, today)]
        finally:
            _LOCK.release()
    else:
        work = copy_context().run  # on the login that we are on
        Thread(target=work, args=(_beside, kept, version, today), daemon=True).start()
    return _KEPT[-1]


def _first_held(version: str, today: dt.date) -> Held:
    """Give the first that this process holds; raise BusyError where that takes long."""
    if not _LOCK.acquire(timeout=LONGEST_WAIT_S):
        raise BusyError(
            "We have just started and are reading the directory. Try again in a minute."
        )
    try:
        if not _KEPT:
            _KEPT[:] = [_renewed(None, version, today)]
    finally:
        _LOCK.release()
    return _KEPT[-1]


def _beside(kept: Held, version: str, today: dt.date) -> None:
    """Renew in a thread of its own, which was handed the lock."""
    try:
        _KEPT[:] = [_renewed(kept, version, today)]
    except DatabaseError:
        log.warning("the catalogue was not renewed; the next reader tries again")
    finally:
        connections.close_all()
        _LOCK.release()


def _renewed(kept: Held | None, version: str, today: dt.date) -> Held:
    stamps = _stamps()
    if kept is None or kept.today != today:
        return _built(version, today, stamps)
    gone = kept.stamps.keys() - stamps.keys()
    if len(gone) > len(kept.stamps) * MOST_GONE:
        return _built(version, today, stamps)
    fresh = [key for key, stamp in stamps.items() if kept.stamps.get(key) != stamp]
    if len(fresh) > MOST_ONE_BY_ONE:
        return _built(version, today, stamps)  # sooner than one by one
    if kept.meanings != meanings.version():
        fresh = list({*fresh, *_without_meaning(kept.catalogue)} & stamps.keys())
    return _with(kept, version, stamps, fresh, gone)


def _built(version: str, today: dt.date, stamps: dict[str, str]) -> Held:
    venues: dict[Spot, int] = {}
    read = matchable.read(venues)
    what, asks = meanings.vectors_of(read.listings)
    catalogue = Catalogue.of(
        read.listings,
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
        slugs=read.slugs,
        points=read.points,
        version=version,
        today=today,
        stamps=stamps,
        venues=venues,
        meanings=meanings.version(),
        streets=streets.version(),
        good_until=catalogue.good_until(),
    )


def _this_minute() -> int:
    return int(timezone.now().timestamp() // 60)


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
    venues = dict(kept.venues)
    read = matchable.read(venues, fresh) if fresh else Read()
    catalogue = _copied(kept.catalogue)
    _put(catalogue, read.listings, kept.today)
    for key in gone:
        catalogue.remove(key)
    catalogue.move_on(now=timezone.localtime(), calendar=calendar(kept.today))
    is_moved = len(venues) != len(kept.venues)
    lats, lons = _places(venues) if is_moved else (kept.lats, kept.lons)
    is_walk_new = is_moved or kept.streets != streets.version()
    points = {k: p for k, p in kept.points.items() if k not in set(fresh)}
    return replace(
        kept,
        catalogue=catalogue,
        lats=lats,
        lons=lons,
        walking=walking_to(lats, lons) if is_walk_new else kept.walking,
        slugs=kept.slugs | read.slugs,
        points=points | read.points,
        version=version,
        stamps=stamps,
        venues=venues,
        meanings=meanings.version(),
        streets=streets.version(),
        good_until=catalogue.good_until(),
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


def _how_many() -> int:
    """Give how many listings there are now: a feed may have brought thousands."""
    return Activity.objects.filter(state=ListingState.LIVE).count()


def _stamps() -> dict[str, str]:
    """Give the versions of the rows behind each listing that may be matched."""
    with connections[logins.alias()].cursor() as cursor:
        cursor.execute(STAMPS, [ListingState.LIVE, ListingState.LIVE])
        return dict(cursor.fetchall())


def _places(venues: dict[Spot, int]) -> tuple[Floats, Floats]:
    spots = np.array(list(venues), np.float64).reshape(-1, 2)
    return spots[:, 0], spots[:, 1]
