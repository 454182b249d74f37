"""When an activity happens next: worked out by the engine, told in words."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.utils import timezone
from doorstep.errors import DoorstepError
from doorstep.sessions import (
    Calendar,
    OnBankHolidays,
    Timetable,
    english_calendar,
    sessions,
)

from thedeal.community import recurrence, terms
from thedeal.community.models import Activity, OpeningHours, Session
from thedeal.community.terms import Terms
from thedeal.lib import definitions
from thedeal.places import selectors as places

LOOK_AHEAD = 120
SCHOOL_TERMS = "community.school_terms"


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One session to come, with its doubts as sentences."""

    starts: dt.datetime
    ends: dt.datetime
    doubts: tuple[str, ...]


def timetable(session: Session) -> Timetable:
    """Give a session's rule as the engine reads it; raises DoorstepError."""
    return Timetable(
        starts_on=session.starts_on,
        at=session.at,
        minutes=session.minutes,
        rule=session.rule or None,
        left_out=frozenset(session.left_out),
        added=frozenset(session.added),
        term_time_only=session.is_term_time,
        on_bank_holidays=OnBankHolidays(session.on_bank_holidays),
    )


def coming(
    activity: Activity,
    *,
    after: dt.datetime | None = None,
    most: int = 3,
    days: int = LOOK_AHEAD,
) -> list[Meeting]:
    """Give the next sessions of an activity, soonest first; no query if prefetched."""
    moment = timezone.localtime(after)
    found: list[Meeting] = []
    for session in activity.sessions.all():
        try:
            each = sessions(
                timetable(session),
                after=moment,
                calendar=calendar(
                    moment.year, school_terms() if session.is_term_time else ()
                ),
                days=days,
            )
            found += [
                Meeting(starts=s.starts, ends=s.ends, doubts=s.doubts)
                for s in islice(each, most)
            ]
        except DoorstepError:
            continue  # a rule that a feed wrote oddly: its words still stand
    return sorted(found, key=lambda m: m.starts)[:most]


@lru_cache(maxsize=8)
def calendar(year: int, school: Terms = ()) -> Calendar:
    """Give England's days for a year and the next, with a council's school terms."""
    return english_calendar(year, year + 1, terms=school)


def school_terms() -> Terms:
    """Give the terms of the council whose places these are; none where it gave none."""
    council = places.only_council()
    try:
        return terms.read(definitions.words(SCHOOL_TERMS, authority_id=council))
    except ValueError:
        return ()


def lines(activity: Activity) -> list[str]:
    """Say when an activity is, as a neighbour would, a line for each rule."""
    said = [
        f"{recurrence.said(s.rule, starts_on=s.starts_on)}, "
        f"{recurrence.span_said(s.at, minutes=s.minutes)}"
        + (" (term time)" if s.is_term_time else "")
        for s in activity.sessions.all()
    ]
    return said + _week(list(activity.opening_hours.all()))


def _week(rows: list[OpeningHours]) -> list[str]:
    """Say a week of opening hours, days with the same hours together."""
    by_day: dict[int, str] = {}
    for row in sorted(rows, key=lambda r: (r.weekday, r.opens)):
        span = (
            f"{recurrence.time_said(row.opens)} to {recurrence.time_said(row.closes)}"
        )
        by_day[row.weekday] = ", ".join(filter(None, [by_day.get(row.weekday), span]))
    runs: list[tuple[int, int, str]] = []
    for day, hours in sorted(by_day.items()):
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], day, hours)
        else:
            runs.append((day, day, hours))
    names = recurrence.NAMES
    return [
        f"Open {names[a]}{f' to {names[b]}' if b > a else ''}, {hours}"
        for a, b, hours in runs
    ]
