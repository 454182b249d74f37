"""When a session happens next, from a rule that repeats.

Rules are RFC 5545 recurrences ("every second Tuesday"), worked out in local time by
python-dateutil, so that ten o'clock stays ten o'clock when the clocks change. A
session that never happens is told, with why; it is never silently left out.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

import holidays
from dateutil.rrule import rrulestr

from doorstep.errors import DoorstepError
from doorstep.hours import DAY_MINUTES

LONDON = ZoneInfo("Europe/London")
LOOK_AHEAD_DAYS = 400
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKLY = {"FREQ", "BYDAY", "INTERVAL", "UNTIL"}  # what a plain weekly rule may say
"""How far ahead a next date is looked for: a yearly fair is found, with time over."""


class BadTimetableError(DoorstepError):
    """A rule that is not a recurrence; the sentence says what is wrong."""


class OnBankHolidays(StrEnum):
    """Whether a session runs on a bank holiday."""

    RUNS = "runs"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Calendar:
    """The days that a place keeps.

    Parameters
    ----------
    zone : local time.
    bank_holidays : England's, or None where nobody has loaded any.
    terms : first and last days of school terms, both inclusive; empty: not known.
    """

    zone: ZoneInfo = LONDON
    bank_holidays: frozenset[dt.date] | None = None
    terms: tuple[tuple[dt.date, dt.date], ...] = ()

    def is_bank_holiday(self, day: dt.date) -> bool:
        """Say whether a day is known to be a bank holiday."""
        return self.bank_holidays is not None and day in self.bank_holidays

    def is_term(self, day: dt.date) -> bool | None:
        """Say whether a school term runs on a day; None where terms are not known."""
        if not self.terms or not self.terms[0][0] <= day <= self.terms[-1][1]:
            return None
        return any(first <= day <= last for first, last in self.terms)


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """When something happens, in local time.

    Parameters
    ----------
    starts_on : the first day the rule counts from (the date of DTSTART).
    at : the local time it begins.
    minutes : how long it lasts.
    rule : an RFC 5545 RRULE without its name ("FREQ=WEEKLY;BYDAY=TU"); None: once.
    left_out : dates on which it does not happen (EXDATE).
    added : further dates on which it does, at the same time (RDATE).
    term_time_only : only in school terms.
    on_bank_holidays : whether it runs on them.
    """

    starts_on: dt.date
    at: dt.time
    minutes: int
    rule: str | None = None
    left_out: frozenset[dt.date] = frozenset()
    added: frozenset[dt.date] = frozenset()
    term_time_only: bool = False
    on_bank_holidays: OnBankHolidays = OnBankHolidays.UNKNOWN

    def __post_init__(self) -> None:
        """Refuse what is no timetable."""
        if not 0 < self.minutes <= 7 * DAY_MINUTES:
            raise BadTimetableError("A session lasts from a minute to a week.")
        if self.rule is not None:
            _checked_rule(self.rule)


@dataclass(frozen=True)
class Session:
    """One session on one day, with its doubts as sentences."""

    starts: dt.datetime
    ends: dt.datetime
    doubts: tuple[str, ...] = ()

    @property
    def week_minute(self) -> int:
        """Give the minute of the local week at which it begins."""
        local = self.starts
        return local.weekday() * DAY_MINUTES + local.hour * 60 + local.minute


@dataclass(frozen=True)
class Never:
    """No session is to come, and why, in a sentence."""

    because: str


@cache
def england(first_year: int, last_year: int) -> frozenset[dt.date]:
    """Give England's bank holidays of some years.

    From the `holidays` library, which follows the Banking and Financial Dealings Act
    1971 and the royal proclamations; further years than the law has fixed are its
    projection of the same rules.
    """
    years = range(first_year, last_year + 1)
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years))


def english_calendar(
    first_year: int,
    last_year: int,
    *,
    terms: tuple[tuple[dt.date, dt.date], ...] = (),
) -> Calendar:
    """Give England's calendar for some years, with a council's own school terms."""
    return Calendar(
        bank_holidays=england(first_year, last_year), terms=tuple(sorted(terms))
    )


def next_session(
    timetable: Timetable, *, after: dt.datetime, calendar: Calendar
) -> Session | Never:
    """Give the first session that begins at or after a moment, or why there is none.

    `after` carries a time zone. What starts later is looked for from its own start.
    """
    wait = timetable.starts_on - after.date()
    days = LOOK_AHEAD_DAYS + max(0, wait.days)
    for session in sessions(timetable, after=after, calendar=calendar, days=days):
        return session
    return Never(_why_never(timetable, after=after, calendar=calendar))


def sessions(
    timetable: Timetable,
    *,
    after: dt.datetime,
    calendar: Calendar,
    days: int = LOOK_AHEAD_DAYS,
) -> Iterator[Session]:
    """Give the sessions that begin within some days of a moment, in order."""
    if after.tzinfo is None:
        raise BadTimetableError("The moment to look from needs a time zone.")
    first_day = after.astimezone(calendar.zone).date()
    last_day = first_day + dt.timedelta(days=days)
    for day in _dates(timetable, first_day=first_day, last_day=last_day):
        if day < first_day or not _happens(timetable, day, calendar):
            continue
        session = _session(timetable, day, calendar)
        if session.starts >= after:
            yield session


def timetable_from_text(text: str, *, zone: ZoneInfo = LONDON) -> Timetable:
    """Read DTSTART, DTEND or DURATION, RRULE, EXDATE and RDATE lines of RFC 5545.

    Times in UTC become local. Raises BadTimetableError for what is no timetable.
    """
    lines = dict(_lines(text))
    if "DTSTART" not in lines:
        raise BadTimetableError("A timetable needs a first day: DTSTART is missing.")
    starts = _moment(lines["DTSTART"], zone)
    return Timetable(
        starts_on=starts.date(),
        at=starts.time(),
        minutes=_length_minutes(lines, starts, zone),
        rule=lines.get("RRULE"),
        left_out=_dates_listed(lines.get("EXDATE"), zone),
        added=_dates_listed(lines.get("RDATE"), zone),
    )


@lru_cache(maxsize=4096)
def _checked_rule(rule: str) -> Mapping[str, str]:
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    if parts.get("FREQ") not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise BadTimetableError("A rule repeats by day, week, month or year.")
    if re.fullmatch(r"-\d+|\+?0+", parts.get("INTERVAL", "1")):
        raise BadTimetableError("A rule repeats every one of them, or every few.")
    try:
        rrulestr(_plain_rule(parts), dtstart=dt.datetime(2000, 1, 1))  # noqa: DTZ001  local times without a zone, so that no clock change moves them
    except (ValueError, TypeError, KeyError) as error:
        raise BadTimetableError(f'"{rule}" is not a rule that repeats.') from error
    return MappingProxyType(parts)


def _plain_rule(parts: Mapping[str, str]) -> str:
    """Give a rule without its end: the end is kept by `_dates`, in local days."""
    return ";".join(f"{k}={v}" for k, v in parts.items() if k not in {"COUNT", "UNTIL"})


def _dates(
    timetable: Timetable, *, first_day: dt.date = dt.date.min, last_day: dt.date
) -> Iterator[dt.date]:
    """Give every date in order up to a last day, doubles once.

    Of what is before the first day some may be left out.
    """
    found = set(timetable.added)
    parts = _checked_rule(timetable.rule) if timetable.rule else {}
    if timetable.rule is None:
        found.add(timetable.starts_on)
    elif parts["FREQ"] == "WEEKLY" and parts.keys() <= WEEKLY:
        found.update(_weekly(timetable, parts, first_day, last_day))
    else:
        found.update(_ruled(timetable, parts, last_day))
    yield from sorted(d for d in found - timetable.left_out if d <= last_day)


def _weekly(
    timetable: Timetable,
    parts: Mapping[str, str],
    first_day: dt.date,
    last_day: dt.date,
) -> Iterator[dt.date]:
    """Give the dates of a plain weekly rule by counting weeks, not days.

    Nine rules in ten are of this kind, and start years ago. Weeks begin on Monday.
    """
    starts_on = timetable.starts_on
    last_day = min(_until(parts, timetable) or last_day, last_day)
    named = parts.get("BYDAY", WEEKDAYS[starts_on.weekday()]).split(",")
    days = [dt.timedelta(days=WEEKDAYS.index(day[-2:])) for day in named]
    step = dt.timedelta(weeks=int(parts.get("INTERVAL", "1")))
    monday = starts_on - dt.timedelta(days=starts_on.weekday())
    monday += max(0, (first_day - monday) // step) * step
    while monday <= last_day:
        yield from (d for day in days if starts_on <= (d := monday + day) <= last_day)
        monday += step


def _ruled(
    timetable: Timetable, parts: Mapping[str, str], last_day: dt.date
) -> Iterator[dt.date]:
    """Give a rule's dates, COUNT and UNTIL kept, none past the last day."""
    if not _names_a_day(parts):
        return
    until = _until(parts, timetable)
    end = dt.datetime.combine(min(until or last_day, last_day), dt.time.max)
    start = dt.datetime.combine(timetable.starts_on, dt.time(12))
    rule = f"{_plain_rule(parts)};UNTIL={end:%Y%m%dT%H%M%S}"
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    for number, moment in enumerate(rrulestr(rule, dtstart=start)):
        if count is not None and number >= count:
            return
        yield moment.date()


def _names_a_day(parts: Mapping[str, str]) -> bool:
    """Say whether some month has the day asked for: there is no 30 February.

    The library would look for one day by day until the year 9999.
    """
    if "BYMONTH" not in parts or "BYMONTHDAY" not in parts:
        return True
    longest = max(
        monthrange(2000, int(month))[1] for month in parts["BYMONTH"].split(",")
    )
    return any(abs(int(day)) <= longest for day in parts["BYMONTHDAY"].split(","))


def _until(parts: Mapping[str, str], timetable: Timetable) -> dt.date | None:
    if "UNTIL" not in parts:
        return None
    last = _moment(parts["UNTIL"], LONDON)
    has_time = "T" in parts["UNTIL"]
    if has_time and last.time() < timetable.at:
        return last.date() - dt.timedelta(days=1)
    return last.date()


def _happens(timetable: Timetable, day: dt.date, calendar: Calendar) -> bool:
    if timetable.term_time_only and calendar.is_term(day) is False:
        return False
    closed = timetable.on_bank_holidays is OnBankHolidays.CLOSED
    return not (closed and calendar.is_bank_holiday(day))


def _session(timetable: Timetable, day: dt.date, calendar: Calendar) -> Session:
    """Put a day's session on the clock.

    A time that the clocks skip is the same length of time after midnight, one that
    comes twice is the first (RFC 5545 section 3.3.5); the length is time that passes.
    """
    local = dt.datetime.combine(day, timetable.at, tzinfo=calendar.zone)
    starts = local.astimezone(dt.UTC).astimezone(calendar.zone)
    ends = starts.astimezone(dt.UTC) + dt.timedelta(minutes=timetable.minutes)
    return Session(
        starts, ends.astimezone(calendar.zone), _doubts(timetable, day, calendar)
    )


def _doubts(timetable: Timetable, day: dt.date, calendar: Calendar) -> tuple[str, ...]:
    doubts = []
    if timetable.term_time_only and calendar.is_term(day) is None:
        doubts.append("Term time only, and we do not hold the school terms: ask first.")
    unsure = timetable.on_bank_holidays is OnBankHolidays.UNKNOWN
    if unsure and calendar.is_bank_holiday(day):
        doubts.append("That day is a bank holiday: ask whether it is on.")
    return tuple(doubts)


def _why_never(timetable: Timetable, *, after: dt.datetime, calendar: Calendar) -> str:
    today = after.astimezone(calendar.zone).date()
    last_day = today + dt.timedelta(days=LOOK_AHEAD_DAYS)
    dates = list(_dates(timetable, last_day=last_day))
    if not dates:
        return "Its rule names no day that comes."
    if dates[-1] <= today:
        return f"It finished on {dates[-1]:%-d %B %Y}."
    if timetable.term_time_only:
        return "No school term is known in which it would happen."
    return "Every day it would happen on is a day it is closed."


def _lines(text: str) -> Iterator[tuple[str, str]]:
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    for line in unfolded.splitlines():
        name, _, value = line.partition(":")
        yield name.split(";")[0].strip().upper(), value.strip()


def _moment(value: str, zone: ZoneInfo) -> dt.datetime:
    """Read a date or a date and time as a local moment without a zone."""
    for shape in ("%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S", "%Y%m%d"):
        try:
            read = dt.datetime.strptime(value, shape)  # noqa: DTZ007  local times without a zone
        except ValueError:
            continue
        if shape.endswith("Z"):
            read = read.replace(tzinfo=dt.UTC).astimezone(zone).replace(tzinfo=None)
        return read
    raise BadTimetableError(f'"{value}" is not a date as RFC 5545 writes it.')


def _dates_listed(value: str | None, zone: ZoneInfo) -> frozenset[dt.date]:
    return frozenset(_moment(v, zone).date() for v in (value or "").split(",") if v)


def _length_minutes(lines: dict[str, str], starts: dt.datetime, zone: ZoneInfo) -> int:
    if "DTEND" in lines:
        ends = _moment(lines["DTEND"], zone)
        return int((ends - starts).total_seconds() // 60)
    found = re.fullmatch(
        r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", lines.get("DURATION", "PT1H")
    )
    if found is None:
        raise BadTimetableError(f'"{lines["DURATION"]}" is not a length of time.')
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return days * DAY_MINUTES + hours * 60 + minutes
