"""Opening hours as a week of intervals, and whether a place is open now. Pure.

A week is {"mon": [["09:00", "13:00"], …], …}: a day that is absent is closed, a day
that is None is not known. The whole week is None where nothing is known. Times are
local; an interval never crosses midnight.
"""

import datetime as dt
import re
from dataclasses import dataclass

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
INTERVAL = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-\u2013]\s*(\d{1,2})[:.](\d{2})")
CLOSED = {"", "closed", "-", "none", "n/a"}

Intervals = list[list[str]]
Week = dict[str, Intervals | None]


@dataclass(frozen=True, kw_only=True)
class OpenState:
    """Whether a place is open; ``words`` says it as a neighbour would."""

    is_open: bool | None
    words: str


def parse_day(text: str) -> Intervals | None:
    """Give a day's intervals, [] for closed, None where the text makes no sense.

    "09:00-13:00,14:15-18:15", "CLOSED", "" and "9.00 – 17.00" are understood; an end
    that is not after its start ("09:00-00:00") is a slip in the source, hence None.
    """
    if text.strip().lower() in CLOSED:
        return []
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    found = [_interval(part) for part in parts]
    if any(interval is None for interval in found):
        return None
    known = sorted(interval for interval in found if interval)
    overlap = any(a[1] > b[0] for a, b in zip(known, known[1:], strict=False))
    return None if overlap else known


def _interval(part: str) -> list[str] | None:
    found = INTERVAL.fullmatch(part)
    if not found:
        return None
    h1, m1, h2, m2 = (int(piece) for piece in found.groups())
    if h1 > 23 or h2 > 24 or m1 > 59 or m2 > 59 or (h2 == 24 and m2):
        return None
    if (h2, m2) <= (h1, m1):
        return None
    return [f"{h1:02d}:{m1:02d}", f"{h2:02d}:{m2:02d}"]


def parse_week(days: list[str]) -> tuple[Week | None, list[str]]:
    """Give the week of seven texts, Monday first, and the texts that made no sense.

    Seven blanks are "not known" (None); seven times "CLOSED" is a closed week.
    """
    if not any(text.strip() for text in days):
        return None, []
    week: Week = {}
    odd = []
    for day, text in zip(DAYS, days, strict=True):
        intervals = parse_day(text)
        if intervals is None:
            odd.append(f"{day} {text}")
        if intervals != []:
            week[day] = intervals
    return week, odd


def state(week: Week | None, *, at: dt.datetime, is_holiday: bool = False) -> OpenState:
    """Give whether a place is open at a local time, and until or from when.

    On a bank holiday the hours of the weekday cannot be trusted: not known.
    """
    if week is None:
        return OpenState(is_open=None, words="Hours not known")
    if is_holiday:
        return OpenState(is_open=None, words="Bank holiday: hours may differ")
    today = week.get(DAYS[at.weekday()], [])
    if today is None:
        return OpenState(is_open=None, words="Hours not known today")
    now = f"{at:%H:%M}"
    for start, end in today:
        if start <= now < end:
            return OpenState(is_open=True, words=f"Open now, until {spoken(end)}")
        if now < start:
            return OpenState(is_open=False, words=f"Opens at {spoken(start)}")
    return OpenState(is_open=False, words=_next_opening(week, at))


def _next_opening(week: Week, at: dt.datetime) -> str:
    for ahead in range(1, 8):
        day = (at.weekday() + ahead) % 7
        intervals = week.get(DAYS[day], [])
        if intervals is None:
            return "Closed now"
        if intervals:
            when = "tomorrow" if ahead == 1 else DAY_NAMES[day]
            return f"Closed now, opens {when} at {spoken(intervals[0][0])}"
    return "Closed"


def spoken(time: str) -> str:
    """Give "9am", "1:30pm", "midday" or "midnight" for "09:00", "13:30" …"""
    hour, minute = (int(part) for part in time.split(":"))
    if (hour, minute) in ((0, 0), (24, 0)):
        return "midnight"
    if (hour, minute) == (12, 0):
        return "midday"
    part = f":{minute:02d}" if minute else ""
    return f"{(hour - 1) % 12 + 1}{part}{'am' if hour < 12 else 'pm'}"


def lines(week: Week | None) -> list[tuple[str, str]]:
    """Give (day, hours) for each day of a known week, Monday first."""
    if week is None:
        return []
    found = []
    for day, name in zip(DAYS, DAY_NAMES, strict=True):
        intervals = week.get(day, [])
        if intervals is None:
            said = "not known"
        else:
            said = " and ".join(f"{spoken(a)} to {spoken(b)}" for a, b in intervals)
        found.append((name, said or "closed"))
    return found
