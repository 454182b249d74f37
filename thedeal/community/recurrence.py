"""Rules that repeat, said in words, and the weekdays that they fall on. Pure.

The dates themselves are worked out by the engine (``doorstep.sessions``).
"""

import datetime as dt
import re

from thedeal.lib import wording

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAMES = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
MOST_MONTHS_NAMED = 3  # from so many on, the first and the last of a season will do
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
ORDINALS |= {-1: "last", -2: "last but one"}
BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


def parts(rule: str) -> dict[str, str]:
    """Give the parts of a rule by name ("BYDAY": "TU,TH")."""
    pairs = (part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def weekdays(rule: str, *, starts_on: dt.date) -> list[int]:
    """Give the weekdays that a rule falls on (Monday is 0), in order."""
    found = parts(rule)
    if "BYDAY" in found:
        return sorted({DAYS.index(day) for _, day in BYDAY.findall(found["BYDAY"])})
    if found.get("FREQ") == "DAILY":
        return list(range(7))
    if found.get("FREQ") in ("MONTHLY", "YEARLY"):
        return list(range(7))  # by date: any weekday, in the end
    return [starts_on.weekday()]


def said(rule: str, *, starts_on: dt.date) -> str:
    """Say a rule as a neighbour would: "every other Tuesday", "first Saturdays"."""
    found = parts(rule)
    freq, every = found.get("FREQ", ""), int(found.get("INTERVAL", "1") or 1)
    if not freq:
        return f"{starts_on:%A} {starts_on.day} {starts_on:%B %Y}"
    if freq not in ("DAILY", "WEEKLY", "MONTHLY"):
        return f"Once a year, in {starts_on:%B}"
    if freq == "DAILY":
        words = "Every day" if every == 1 else f"Every {every} days"
    elif freq == "WEEKLY":
        words = _weekly(weekdays(rule, starts_on=starts_on), every)
    else:
        words = _monthly(found, every, starts_on)
    season = _season(found.get("BYMONTH", ""))
    return f"{words}, {season}" if season else words


def _season(written: str) -> str:
    """Say the months of a rule: "June to September", "October to March", "May"."""
    months = sorted({int(m) for m in written.split(",") if m.strip().isdigit()})
    months = [m for m in months if 1 <= m <= len(MONTHS)]
    if not months or len(months) == len(MONTHS):
        return ""
    firsts = [m for m in months if (m - 2) % 12 + 1 not in months]
    if len(firsts) != 1 or len(months) < MOST_MONTHS_NAMED:
        return _listed([MONTHS[m - 1] for m in months])
    last = (firsts[0] + len(months) - 2) % 12
    return f"{MONTHS[firsts[0] - 1]} to {MONTHS[last]}"


def time_said(at: dt.time) -> str:
    """Say a time as people write it: 10am, 1:30pm, midday, midnight."""
    return wording.time(at)


def span_said(at: dt.time, *, minutes: int) -> str:
    """Say from when until when: "10am to midday"."""
    ends = dt.datetime.combine(dt.date(2000, 1, 1), at) + dt.timedelta(minutes=minutes)
    return f"{time_said(at)} to {time_said(ends.time())}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _weekly(days: list[int], every: int) -> str:
    if days == list(range(7)) and every == 1:
        return "Every day"
    if days == list(range(5)) and every == 1:
        return "Monday to Friday"
    names = _listed([f"{NAMES[day]}s" for day in days])
    if every == 1:
        return names
    single = _listed([NAMES[day] for day in days])
    return f"Every other {single}" if every == 2 else f"Every {every} weeks, on {names}"


def _monthly(found: dict[str, str], every: int, starts_on: dt.date) -> str:
    months = {1: "of the month", 2: "of every other month"}.get(
        every, f"every {every} months"
    )
    days = BYDAY.findall(found.get("BYDAY", ""))
    if days and found.get("BYSETPOS"):
        days = [(found["BYSETPOS"], day) for _, day in days]
    if days and all(number for number, _ in days):
        each = [
            f"{ORDINALS.get(int(number), number)} {NAMES[DAYS.index(day)]}"
            for number, day in days
        ]
        return f"The {_listed(each)} {months}"
    date = found.get("BYMONTHDAY", str(starts_on.day))
    return f"Each month on the {date}" if every == 1 else f"On the {date} {months}"
