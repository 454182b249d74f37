"""Timetables of feeds: dated sessions, opening hours, or words where no rule says it.

Open Referral says both in one list. What is open more than four hours at a stretch,
each week, is read as opening hours; all else as sessions. Pure.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from thedeal.community import recurrence
from thedeal.community.importers import moments
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import text_of

LONGEST_SESSION_MINUTES = 240
USUAL_MINUTES = 60  # where a feed says no end
NO_START = dt.date(2020, 1, 6)  # a Monday: where a weekly rule says no first day
BYDAY = re.compile(r"[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)")
FREQS = {
    "week": "WEEKLY", "weekly": "WEEKLY", "month": "MONTHLY", "monthly": "MONTHLY",
    "day": "DAILY", "daily": "DAILY", "year": "YEARLY", "yearly": "YEARLY",
}  # fmt: skip


@dataclass
class Timetable:
    """What a list of schedules says."""

    sessions: list[dict[str, Any]] = field(default_factory=list)
    hours: list[dict[str, Any]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def given(self) -> dict[str, Any]:
        """Give it as an activity's facts take it."""
        timing = "by arrangement"
        if self.sessions or self.hours:
            timing = "session" if self.sessions else "opening hours"
        return {"sessions": self.sessions, "hours": self.hours, "timing": timing}


def read(schedules: list[dict[str, Any]], oddities: Oddities, where: str) -> Timetable:
    """Give the timetable of one record at one place."""
    found = Timetable()
    for schedule in schedules:
        _read_one(schedule, found, oddities, where)
    return found


def _read_one(
    given: Mapping[str, Any], found: Timetable, oddities: Oddities, where: str
) -> None:
    for name in ("description", "notes"):
        words = text_of(given, name).strip()
        if words and words not in found.words:
            found.words.append(words)
    begins = moments.time_of_day(given.get("opens_at"), oddities, where)
    ends = moments.time_of_day(given.get("closes_at"), oddities, where)
    first = moments.day(given.get("dtstart"), oddities, where)
    first = first or moments.day(given.get("valid_from"), oddities, where)
    rule = _rule(given, oddities, where)
    if begins is None or rule is None or not (rule or first):
        _keep_in_words(given, found, oddities, where)
        return
    minutes = _minutes(begins, ends)
    if rule == "" and first:
        oddities.note("single-day event", where)
    if _is_hours(rule, minutes):
        found.hours += _hours(rule, first, begins, ends)
        return
    start = _first_day(rule, first or NO_START)
    found.sessions.append(
        {
            "starts_on": start,
            "at": begins,
            "minutes": minutes,
            "rule": rule,
            "note": text_of(given, "attending_type") if not found.words else "",
            "is_term_time": "term time" in text_of(given, "description").lower(),
        }
    )


def _keep_in_words(
    given: Mapping[str, Any], found: Timetable, oddities: Oddities, where: str
) -> None:
    names = ("freq", "weekday", "byday", "opens_at", "closes_at", "dtstart")
    words = " ".join(filter(None, (text_of(given, name) for name in names)))
    if words:
        oddities.note("timetable unclear", where)
        found.words.append(words)


def _minutes(begins: dt.time, ends: dt.time | None) -> int:
    if ends is None:
        return USUAL_MINUTES
    span = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return span % 1440 or 1440


def _rule(given: Mapping[str, Any], oddities: Oddities, where: str) -> str | None:
    """Give the RRULE, "" for a single day, None where it cannot be said."""
    days = _days(given, oddities, where)
    freq = text_of(given, "freq").strip().lower()
    if freq and freq not in FREQS:
        return None
    named = FREQS.get(freq, "WEEKLY" if days else "")
    dates = text_of(given, "bymonthday").replace(" ", "")
    if not named:
        return ""
    parts = [f"FREQ={named}"]
    every = text_of(given, "interval").strip()
    if every.replace(".0", "").isdigit() and int(float(every)) > 1:
        parts.append(f"INTERVAL={int(float(every))}")
    if days:
        parts.append(f"BYDAY={','.join(days)}")
    elif named == "MONTHLY" and re.fullmatch(r"-?\d{1,2}(,-?\d{1,2})*", dates):
        parts.append(f"BYMONTHDAY={dates}")
    elif not given.get("dtstart"):
        return None
    return ";".join(parts + _end(given, oddities, where))


def _end(given: Mapping[str, Any], oddities: Oddities, where: str) -> list[str]:
    count = text_of(given, "count")
    if count.isdigit() and int(count):
        return [f"COUNT={count}"]
    last = moments.day(given.get("until"), oddities, where)
    last = last or moments.day(given.get("valid_to"), oddities, where)
    return [f"UNTIL={last:%Y%m%d}"] if last else []


def _days(given: Mapping[str, Any], oddities: Oddities, where: str) -> list[str]:
    """Give weekdays as RFC 5545 writes them, from two letters or whole names."""
    words = text_of(given, "byday") or text_of(given, "weekday")
    found = []
    for part in re.split(r"[,;/&]|\band\b", words):
        plain = part.strip().upper()
        if not plain:
            continue
        short = plain if BYDAY.fullmatch(plain) else plain[:2]
        if short[-2:] in recurrence.DAYS:
            found.append(short)
        else:
            oddities.note("value not in the standard", where)
    return list(dict.fromkeys(found))


def _is_hours(rule: str, minutes: int) -> bool:
    parts = recurrence.parts(rule)
    is_weekly = parts.get("FREQ") == "WEEKLY" and "INTERVAL" not in parts
    ends = "UNTIL" in parts or "COUNT" in parts
    return is_weekly and not ends and minutes > LONGEST_SESSION_MINUTES


def _hours(
    rule: str, first: dt.date | None, begins: dt.time, ends: dt.time | None
) -> list[dict[str, Any]]:
    closes = ends or moments.MIDNIGHT
    if closes <= begins:  # past midnight: until midnight is all that a day can say
        closes = moments.MIDNIGHT
    days = recurrence.weekdays(rule, starts_on=first or NO_START)
    return [{"weekday": day, "opens": begins, "closes": closes} for day in days]


def _first_day(rule: str, first: dt.date) -> dt.date:
    """Give the first day of a weekly rule that is on one of its weekdays."""
    if recurrence.parts(rule).get("FREQ") != "WEEKLY":
        return first
    days = recurrence.weekdays(rule, starts_on=first)
    ahead = min((day - first.weekday()) % 7 for day in days)
    return first + dt.timedelta(days=ahead)
