"""Every listing that readers may find, as arrays: what the chips filter and count by.

A chip's count asks every row, and the database has to read them all each time; here a
hundred thousand cost a millisecond. It holds only what anyone may read, and is no
source of truth: rows that are shown are always read from the database, so that what is
no longer listed is never shown. A small directory is looked over at each asking, so is
exact; a large one every few seconds, and laid out anew beside the readers.
"""

import logging
import time
from collections.abc import Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any, Self
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import DatabaseError, connections
from django.utils import timezone

from thedeal.community.models.activities import Timing
from thedeal.community.selectors import coming_up
from thedeal.community.selectors.coming_up import BITS_A_DAY, PART_BITS, Starts
from thedeal.community.selectors.wanted import FACTS, PARTS
from thedeal.community.states import SHOWN, ListingState
from thedeal.community.vocabulary import Vocabulary
from thedeal.lib import logins

log = logging.getLogger("thedeal.community")
Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.bytes_]
KEY = "S16"  # an id as its bytes

FEW = 5_000  # listings; up to so many are looked over each time
LOOK_EVERY_S = 5.0
WORDS_EVERY_S = 3_600.0  # how old the words of a large one may be
SHARE_OF_TIME = 20  # a large one is laid out for a twentieth of the time at most
FREE, ROOM, ONLINE = 1, 2, 4
FACT_BITS = {name: 8 << number for number, name in enumerate(FACTS)}
NO_DAY = 7  # of a session whose days nobody told us
NO_MIN, NO_MAX = -1, 32_767

# the versions of all rows that are laid out: any write of any of them changes one
STAMP = """
select sum(how_many)::text, sum(versions)::text, sum(places)::text from (
  select count(*) how_many, sum(xmin::text::bigint) versions,
         sum(hashtext(ctid::text)::bigint) places from community_activity
  union all select count(*), sum(xmin::text::bigint), sum(hashtext(ctid::text)::bigint)
            from community_session
  union all select count(*), sum(xmin::text::bigint), sum(hashtext(ctid::text)::bigint)
            from community_openinghours) each
"""
# of what is not over: one day that has passed is on none
WHEN_BITS = """
with begins as (
  select activity_id, bit_or((1 | case
      {begins} else 0 end)::bigint
    << (coalesce(day, {no_day}) * {a_day})) bits
  from community_session left join lateral unnest(weekdays) day on true
  where rule <> '' and rule !~ 'UNTIL=[0-9]{{8}}' or greatest(
      case when rule = '' then to_char(starts_on, 'YYYYMMDD')
           else substring(rule from 'UNTIL=([0-9]{{8}})') end,
      (select to_char(max(extra), 'YYYYMMDD') from unnest(added) extra)) >= '{today}'
  group by activity_id),
open_then as (
  select activity_id, bit_or((1 {opens})::bigint << (weekday * {a_day})) bits
  from community_openinghours group by activity_id)
"""
WORDS = """
select distinct word
from community_activity, lateral string_to_table(plain, ' ') word
where state = any(%s)
"""
ROWS = """
select a.id, a.authority_id, n.slug, array_to_string(a.languages, ' '),
       array_to_string(a.themes, '|'), a.lat, a.lon, a.min_age, a.max_age,
       extract(epoch from a.demoted_at)::float8, a.timing = '{hours}' and a.state = '{live}',
       {facts},
       coalesce(case when a.timing = 'opening hours' then h.bits else s.bits end, 0)
from community_activity a
left join places_neighbourhood n on n.id = a.neighbourhood_id
left join begins s on s.activity_id = a.id
left join open_then h on h.activity_id = a.id
where a.state = any(%s)
and (a.timing <> '{dated}' or s.bits is not null or not exists (
  select 1 from community_session over where over.activity_id = a.id))
order by a.demoted_at asc nulls first, a.name, a.id
"""


@dataclass(frozen=True)
class Coded:
    """A column of few different values: each row's number of one of them."""

    codes: Numbers
    values: list[Any]

    def where(self, fits: Callable[[Any], bool]) -> Marks:
        """Mark the rows whose value fits."""
        known = np.array([fits(value) for value in self.values], bool)
        return known[self.codes] if len(known) else np.zeros(len(self.codes), bool)

    def counted(self, marked: Marks) -> list[tuple[Any, int]]:
        """Give each value with how many of the marked rows have it."""
        numbers = np.bincount(self.codes[marked], minlength=len(self.values))
        return [(v, int(n)) for v, n in zip(self.values, numbers, strict=True) if n]


@dataclass(frozen=True, kw_only=True)
class Keyed:
    """Which row an id has."""

    keys: Keys  # the ids' bytes, sorted
    rows: Numbers  # the row of each of those

    @classmethod
    def of(cls, ids: Sequence[UUID]) -> Self:
        """Take ids in the order of their rows."""
        keys = np.array([pk.bytes for pk in ids], KEY)
        order = np.argsort(keys)
        return cls(keys=keys[order], rows=order)

    def rows_of(self, keys: Keys) -> tuple[Numbers, Marks]:
        """Give the rows of some ids, and which of the ids are here at all."""
        if not len(self.keys):
            return np.zeros(0, np.int64), np.zeros(len(keys), bool)
        at = np.searchsorted(self.keys, keys).clip(max=len(self.keys) - 1)
        is_here = self.keys[at] == keys
        return self.rows[at[is_here]], is_here


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The columns, a row for each listing, by name; those demoted last."""

    ids: list[UUID]
    keys: Keyed
    authorities: Coded
    areas: Coded  # of the slugs of neighbourhoods
    languages: Coded  # of tuples
    themes: Coded  # of tuples
    lats: Floats  # nan where it is nowhere
    lons: Floats
    youngest: Numbers
    oldest: Numbers
    demoted: Numbers  # 0, or its place among those demoted
    has_hours: Marks  # open to drop in, and not resting
    facts: Bits
    when: Bits
    starts: Starts  # of dated sessions
    vocabulary: Vocabulary
    words_read_at: float  # by the machine's own clock, seconds
    stamp: str
    looked_at: float  # by the machine's own clock, seconds
    cost_s: float  # seconds that laying it out took


_KEPT: list[Shelf] = []  # what this process holds: one, once it was asked for
_LOCK = Lock()


def shelf() -> Shelf:
    """Give the columns as they are now; of a large directory, as they lately were."""
    if not _KEPT:
        with _LOCK:
            if not _KEPT:
                _KEPT[:] = [_laid_out(stamp())]
        return _KEPT[-1]
    kept = _KEPT[-1]
    if len(kept.ids) <= FEW:
        return _looked_over(kept)
    rest = max(LOOK_EVERY_S, SHARE_OF_TIME * kept.cost_s)
    if time.monotonic() - kept.looked_at > rest and _LOCK.acquire(blocking=False):
        work = copy_context().run  # on the login that we are on
        Thread(target=work, args=(_beside, kept), daemon=True).start()
    return kept


def stamp() -> str:
    """Give a stamp of the rows: any write of any of them changes it, as does a new day.

    ``xmin`` is the transaction that last wrote a row and ``ctid`` where it lies
    (PostgreSQL's own columns). Their sums, since a transaction that began first may be
    the last to end: the newest number alone would not show it.
    """
    with connections[logins.alias()].cursor() as cursor:
        cursor.execute(STAMP)
        parts = [str(part) for part in cursor.fetchone()]
    return " ".join([timezone.localdate().isoformat(), *parts])


def _looked_over(kept: Shelf) -> Shelf:
    now = stamp()
    if now == kept.stamp:
        return kept
    found = _laid_out(now)
    _KEPT[:] = [found]
    return found


def _beside(kept: Shelf) -> None:
    """Lay out anew in a thread of its own, which was handed the lock."""
    try:
        now = stamp()
        if now == kept.stamp:
            object.__setattr__(kept, "looked_at", time.monotonic())
        else:
            _KEPT[:] = [_laid_out(now, _words_of(kept))]
    except DatabaseError:
        log.warning("the directory was not laid out anew; the next reader tries again")
    finally:
        connections.close_all()
        _LOCK.release()


def _words_of(kept: Shelf) -> Shelf | None:
    """Give what we hold where its words will do: reading them all takes seconds."""
    is_old = time.monotonic() - kept.words_read_at > WORDS_EVERY_S
    return None if is_old else kept


def _vocabulary() -> Vocabulary:
    with connections[logins.alias()].cursor() as cursor:
        cursor.execute(WORDS, [[state.value for state in SHOWN]])
        return Vocabulary(word for (word,) in cursor.fetchall())


def _laid_out(now: str, with_words: Shelf | None = None) -> Shelf:
    """Read all anew, but the words where ``with_words`` has them."""
    vocabulary = with_words.vocabulary if with_words else _vocabulary()
    starts = time.monotonic()
    with connections[logins.alias()].cursor() as cursor:
        cursor.execute(_statement(), [[state.value for state in SHOWN]])
        rows = cursor.fetchall()
    columns = list(zip(*rows, strict=True)) if rows else [()] * 13
    (ids, authorities, areas, languages, themes, lats, lons) = columns[:7]
    (youngest, oldest, demoted, has_hours, facts, when) = columns[7:]
    keys = Keyed.of(ids)
    return Shelf(
        ids=list(ids),
        keys=keys,
        authorities=_coded(authorities),
        areas=_coded(areas),
        languages=_split(_coded(languages), " "),
        themes=_split(_coded(themes), "|"),
        lats=np.array(lats, np.float64),
        lons=np.array(lons, np.float64),
        youngest=_or(youngest, NO_MIN),
        oldest=_or(oldest, NO_MAX),
        demoted=np.unique(_or(demoted, 0), return_inverse=True)[1].reshape(-1),
        has_hours=np.array(has_hours, bool),
        facts=np.array(facts, np.int64),
        when=np.array(when, np.int64),
        starts=coming_up.starts(keys.rows_of, KEY),
        vocabulary=vocabulary,
        words_read_at=with_words.words_read_at if with_words else starts,
        stamp=now,
        looked_at=time.monotonic(),
        cost_s=time.monotonic() - starts,
    )


def _statement() -> str:
    """Give the one statement that reads the columns; the words in it are all ours."""
    begins = " ".join(
        f"when \"at\" >= '{starts}' and \"at\" < '{ends}' then {PART_BITS[part]}"
        for part, (starts, ends) in PARTS.items()
    )
    # closing at 00:00 is midnight
    opens = " ".join(
        f"| case when opens < '{ends}' and (closes > '{starts}' or closes = '00:00') "
        f"then {PART_BITS[part]} else 0 end"
        for part, (starts, ends) in PARTS.items()
    )
    tests = {
        FREE: "a.cost_pence = 0",
        ROOM: "a.capacity not in ('full', 'waiting list')",
        ONLINE: "a.is_online",
        **{bit: f"a.access->>'{name}' = 'yes'" for name, bit in FACT_BITS.items()},
    }
    facts = " | ".join(
        f"case when {t} then {bit} else 0 end" for bit, t in tests.items()
    )
    when = WHEN_BITS.format(
        begins=begins,
        opens=opens,
        no_day=NO_DAY,
        a_day=BITS_A_DAY,
        today=f"{timezone.localdate():%Y%m%d}",
    )
    hours, live = Timing.OPENING_HOURS.value, ListingState.LIVE.value
    dated = Timing.SESSION.value  # what is dated and all over is no longer to be found
    return when + ROWS.format(facts=facts, hours=hours, live=live, dated=dated)


def _coded(column: Sequence[Any]) -> Coded:
    numbers: dict[Any, int] = {}
    codes = [numbers.setdefault(value, len(numbers)) for value in column]
    return Coded(np.array(codes, np.int64), list(numbers))


def _split(coded: Coded, sign: str) -> Coded:
    return Coded(coded.codes, [tuple(v.split(sign)) if v else () for v in coded.values])


def _or(column: Sequence[Any], instead: int) -> Numbers:
    return np.array([instead if v is None else v for v in column], np.int64)
