"""When each listing on the shelf is next, as arrays: what a page is ordered by.

Most listings meet weekly at few different times, so starts are worked out once for each
different timetable and shared by all that keep it; which start is next is then asked of
arrays. Worked out for a day: the shelf is laid out anew with each.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connections
from django.utils import timezone
from doorstep.errors import DoorstepError
from doorstep.sessions import OnBankHolidays, Timetable, sessions

from thedeal.community.models.activities import Timing
from thedeal.community.selectors import dates
from thedeal.community.selectors.wanted import PARTS
from thedeal.community.states import ListingState
from thedeal.lib import logins

Numbers = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]
RowsOf = Callable[[npt.NDArray[np.bytes_]], tuple[Numbers, Marks]]
MOST = 16  # starts of one timetable: past a fortnight where it is each day
NEVER = 10**9  # a minute that no clock of ours will show
MINUTE = 60

# a day has four bits: begins (or is open) at any time, in the morning, afternoon, evening
ANY_TIME = "any"
PART_BITS = {part: 1 << number for number, part in enumerate((ANY_TIME, *PARTS))}
BITS_A_DAY = len(PART_BITS)
ALWAYS = -1  # every bit: at any time of any day

# A rule that names its days, without a pace or a number of times, is the same from
# whichever day it was counted, once it has begun: so is one timetable of many listings.
TIMETABLES = """
select case when s.starts_on <= %s and s.rule like '%%BYDAY=%%'
                 and s.rule !~ 'INTERVAL|COUNT' then date '2024-01-01'
            else s.starts_on end begins,
       s."at", s.rule, s.left_out, s.added, s.is_term_time, s.on_bank_holidays,
       string_agg(uuid_send(s.activity_id), ''::bytea)
from community_session s join community_activity a on a.id = s.activity_id
where a.state = %s and a.timing <> %s
group by 1, 2, 3, 4, 5, 6, 7
"""


@dataclass(frozen=True, kw_only=True, eq=False)
class Starts:
    """The starts of every timetable, and which rows keep which."""

    minutes: Numbers  # of each timetable, soonest first; NEVER where there are no more
    bits: Numbers  # the day and the part of the day of each of them
    rows: Numbers  # of each session, in order of rows
    timetables: Numbers  # of each session: which it keeps


@lru_cache(maxsize=8)
def next_of(given: Starts, how_many: int, *, after: int, times: int) -> Numbers:
    """Give each row's next start after a minute, among the times asked; or NEVER.

    All who ask within a minute are given the same array: it is not to be written to.
    """
    found = np.full(how_many, NEVER, np.int64)
    if len(given.rows):
        is_open = (given.minutes >= after) & ((given.bits & times) != 0)
        soonest = np.where(is_open, given.minutes, NEVER).min(axis=1)
        firsts = np.flatnonzero(np.diff(given.rows, prepend=-1))
        each = np.minimum.reduceat(soonest[given.timetables], firsts)
        found[given.rows[firsts]] = each
    found.flags.writeable = False
    return found


def starts(rows_of: RowsOf, key: str) -> Starts:
    """Read the timetables of all that is not resting; ``rows_of`` gives their rows."""
    now = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    asked: list[Any] = [now.date(), ListingState.LIVE.value, Timing.OPENING_HOURS.value]
    with connections[logins.alias()].cursor() as cursor:
        cursor.execute(TIMETABLES, asked)
        read = cursor.fetchall()
    minutes = np.full((len(read), MOST), NEVER, np.int64)
    bits = np.zeros((len(read), MOST), np.int64)
    rows, timetables = [], []
    for number, (*said, ids) in enumerate(read):
        for place, moment in enumerate(_moments(said, now)):
            minutes[number, place] = moment.timestamp() // MINUTE
            bits[number, place] = _bits(moment)
        here, _ = rows_of(np.frombuffer(bytes(ids), key))
        rows.append(here)
        timetables.append(np.full(len(here), number, np.int64))
    return _put_together(minutes, bits, rows, timetables)


def _put_together(
    minutes: Numbers, bits: Numbers, rows: list[Numbers], timetables: list[Numbers]
) -> Starts:
    nothing = np.zeros(0, np.int64)
    all_rows = np.concatenate([nothing, *rows])
    order = np.argsort(all_rows, kind="stable")
    return Starts(
        minutes=minutes,
        bits=bits,
        rows=all_rows[order],
        timetables=np.concatenate([nothing, *timetables])[order],
    )


def _moments(said: list[Any], after: dt.datetime) -> Iterable[dt.datetime]:
    """Give the next starts of a timetable; none of a rule that a feed wrote oddly."""
    starts_on, at, rule, left_out, added, is_term_time, on_bank_holidays = said
    try:
        timetable = Timetable(
            starts_on=starts_on,
            at=at,
            minutes=1,  # how long it is, is not asked
            rule=rule or None,
            left_out=frozenset(left_out),
            added=frozenset(added),
            term_time_only=is_term_time,
            on_bank_holidays=OnBankHolidays(on_bank_holidays),
        )
        days = dates.calendar(after.year, dates.school_terms() if is_term_time else ())
        each = sessions(timetable, after=after, calendar=days, days=dates.LOOK_AHEAD)
        return [one.starts for one in islice(each, MOST)]
    except DoorstepError:
        return []


def _bits(moment: dt.datetime) -> int:
    local = timezone.localtime(moment)
    found = PART_BITS[ANY_TIME]
    for part, (begins, ends) in PARTS.items():
        found |= PART_BITS[part] if begins <= local.time() < ends else 0
    return found << (local.weekday() * BITS_A_DAY)
