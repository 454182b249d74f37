"""A group's own calendar (RFC 5545) read into its sessions, oddities said in words.

What the calendar library says happens in the next half year is the truth. A rule is
kept where it gives just those days ("Tuesdays"); otherwise each date stands for
itself. Private and cancelled events are never taken. Pure: no Django, no network.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from doorstep.errors import DoorstepError
from doorstep.sessions import Calendar as Days
from doorstep.sessions import Timetable, sessions

from thedeal.community import cleaning
from thedeal.community.facts import Times

LONDON = ZoneInfo("Europe/London")
DAYS_AHEAD = 182
MOST_EVENTS = 5_000
MOST_TIMES = 300
MOST_EXCEPTIONS = 30
LONGEST_RULE = 200
WEEK_MINUTES = 7 * 24 * 60
WHERE_NO_END = 60
REPEATS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
NOT_A_CALENDAR = (
    "What is at that address is not a calendar. It should begin with BEGIN:VCALENDAR; "
    "look for “address in iCal format” in your calendar’s settings."
)
A_WEB_PAGE = (
    "What is at that address is a web page, not the calendar itself. Look for “address "
    "in iCal format”, or “ICS”, in your calendar’s settings, and make it public."
)
TOO_MANY = f"The calendar has more than {MOST_EVENTS:,} events; we take no more."
NOTHING_TO_COME = (
    "The calendar has no dates to come in the next six months that we may show."
)


class BadCalendarError(Exception):
    """A calendar that cannot be read; ``sentence`` tells the group why."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence."""
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a calendar came to; each oddity is a sentence for the group."""

    times: tuple[Times, ...]
    oddities: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One time that something happens, by the clock in London."""

    day: dt.date
    at: dt.time
    minutes: int
    note: str


def read(body: bytes, *, today: dt.date, name: str = "") -> Read:
    """Give the sessions of the next half year; raises BadCalendarError.

    ``name`` is the activity's: an event that is called the same needs no note.
    """
    calendar = _parsed(body)
    odd: Counter[str] = Counter()
    kept = list(_taken(calendar, odd))
    found: list[Times] = []
    for uid, meetings in sorted(_meetings(calendar, kept, today, odd).items()):
        series = [event for event in kept if _uid(event) == uid]
        found += _times(uid, series, meetings, today, name)
    found.sort(key=lambda t: (t.rule == "", t.starts_on, t.at, t.calendar_uid))
    if len(found) > MOST_TIMES:
        odd["Dates further on that were left out"] = len(found) - MOST_TIMES
    if not found:
        raise BadCalendarError(" ".join([NOTHING_TO_COME, *_sentences(odd)]))
    return Read(times=tuple(found[:MOST_TIMES]), oddities=_sentences(odd))


def _parsed(body: bytes) -> icalendar.Calendar:
    if body.lstrip()[:1] == b"<":
        raise BadCalendarError(A_WEB_PAGE)
    try:
        found = icalendar.Calendar.from_ical(body.decode("utf-8", "replace"))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise BadCalendarError(NOT_A_CALENDAR) from error
    if not isinstance(found, icalendar.Calendar):
        raise BadCalendarError(NOT_A_CALENDAR)
    if len(found.walk("VEVENT")) > MOST_EVENTS:
        raise BadCalendarError(TOO_MANY)
    return found


def _taken(calendar: icalendar.Calendar, odd: Counter[str]) -> Iterator[Any]:
    """Give the events that may be shown and can be read."""
    for event in calendar.walk("VEVENT"):
        why = _why_not(event)
        if why is None:
            yield event
        elif why:
            odd[why] += 1


def _why_not(event: Any) -> str | None:
    """Give why an event is left out: a reason, "" where that is no oddity, or None."""
    if str(event.get("CLASS", "PUBLIC")).upper() in ("PRIVATE", "CONFIDENTIAL"):
        return ""
    if str(event.get("STATUS", "")).upper() == "CANCELLED" and not _is_change(event):
        return ""
    starts = getattr(event.get("DTSTART"), "dt", None)
    if starts is None:
        return "Events that say no start"
    if not isinstance(starts, dt.datetime):
        return "Events that last all day and say no time"
    rule = event.get("RRULE")
    rules = rule if isinstance(rule, list) else [rule] if rule else []
    if any(str(r.get("FREQ", [""])[0]).upper() not in REPEATS for r in rules):
        return "Events that repeat more often than daily"
    return None


def _is_change(event: Any) -> bool:
    return event.get("RECURRENCE-ID") is not None


def _uid(event: Any) -> str:
    return str(event.get("UID", ""))[:300]


def _meetings(
    calendar: icalendar.Calendar,
    kept: Sequence[Any],
    today: dt.date,
    odd: Counter[str],
) -> dict[str, list[Meeting]]:
    """Give what happens from today, by the event's own number, as the library says."""
    whole = icalendar.Calendar()
    for part in [*calendar.walk("VTIMEZONE"), *kept]:
        whole.add_component(part)
    start = dt.datetime.combine(today, dt.time(), LONDON)
    query = recurring_ical_events.of(whole, skip_bad_series=True)
    found: dict[str, list[Meeting]] = {}
    for event in query.between(start, start + dt.timedelta(days=DAYS_AHEAD)):
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        meeting = _meeting(event, odd)
        if meeting is not None and meeting.day >= today:
            found.setdefault(_uid(event), []).append(meeting)
    return found


def _meeting(event: Any, odd: Counter[str]) -> Meeting | None:
    starts, ends = _local(event["DTSTART"].dt), _local(event["DTEND"].dt)
    minutes = round((ends - starts).total_seconds() / 60)
    if minutes <= 0:
        odd["Events that say no end (we say an hour)"] += 1
        minutes = WHERE_NO_END
    if minutes > WEEK_MINUTES:
        odd["Events that last more than a week"] += 1
        return None
    note = cleaning.line(str(event.get("SUMMARY", "")), most=200)
    at = starts.time().replace(second=0, microsecond=0, tzinfo=None)
    return Meeting(day=starts.date(), at=at, minutes=minutes, note=note)


def _local(moment: dt.date) -> dt.datetime:
    """Give a moment by the clock in London; one without a zone is London's already."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time())
    if moment.tzinfo is None:
        return moment.replace(tzinfo=LONDON)
    return moment.astimezone(LONDON)


def _times(
    uid: str, series: Iterable[Any], meetings: list[Meeting], today: dt.date, name: str
) -> list[Times]:
    """Give a rule with its exceptions where one fits, and single dates for the rest."""
    usual = Counter((m.at, m.minutes) for m in meetings).most_common(1)[0][0]
    regular = [m for m in meetings if (m.at, m.minutes) == usual]
    rule = _ruled(uid, series, regular, today, name)
    alone = [m for m in meetings if m not in regular] if rule else meetings
    singles = [
        Times(
            starts_on=m.day,
            at=m.at,
            minutes=m.minutes,
            on_bank_holidays="runs",
            calendar_uid=uid,
            note=_note(m.note, name),
        )
        for m in dict.fromkeys(alone)
    ]
    return [*([rule] if rule else []), *singles]


def _ruled(
    uid: str, series: Iterable[Any], regular: list[Meeting], today: dt.date, name: str
) -> Times | None:
    masters = [e for e in series if not _is_change(e) and e.get("RRULE")]
    if len(masters) != 1 or isinstance(masters[0]["RRULE"], list):
        return None
    text = masters[0]["RRULE"].to_ical().decode()
    bare = Timetable(
        starts_on=_local(masters[0]["DTSTART"].dt).date(),
        at=regular[0].at,
        minutes=regular[0].minutes,
    )
    ruled = _rule_days(bare, text, today)
    if ruled is None or len(text) > LONGEST_RULE:
        return None
    real = {m.day for m in regular}
    left_out, added = sorted(ruled - real), sorted(real - ruled)
    if len(left_out) + len(added) > min(MOST_EXCEPTIONS, len(real)):
        return None
    return Times(
        starts_on=bare.starts_on,
        at=bare.at,
        minutes=bare.minutes,
        rule=text,
        left_out=tuple(left_out),
        added=tuple(added),
        on_bank_holidays="runs",
        calendar_uid=uid,
        note=_note(regular[0].note, name),
    )


def _rule_days(bare: Timetable, rule: str, today: dt.date) -> set[dt.date] | None:
    """Give the days on which a rule falls by our own engine, or None: no rule of ours."""
    after = dt.datetime.combine(today, dt.time(), LONDON)
    try:
        timetable = Timetable(
            starts_on=bare.starts_on, at=bare.at, minutes=bare.minutes, rule=rule
        )
        days = Days(bank_holidays=frozenset())
        found = sessions(timetable, after=after, calendar=days, days=DAYS_AHEAD - 1)
        return {session.starts.date() for session in found}
    except (DoorstepError, ValueError):
        return None


def _note(summary: str, name: str) -> str:
    return "" if summary.casefold() == name.casefold() else summary


def _sentences(odd: Counter[str]) -> tuple[str, ...]:
    return tuple(f"{kind}: {count:,}." for kind, count in sorted(odd.items()))
