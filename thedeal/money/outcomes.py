"""Those who changed, and those who did not, as an evaluation's rows.

Works on plain packages, changes and readings. Those who died, went into hospital or moved away
after the day have no reading after it: they are missing, never a nought.
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from thedeal.money.evaluation.people import People, people
from thedeal.money.savings import NEVER_A_SAVING, WhyChanged
from thedeal.money.weekly_cost import Package

WEEKS_BEFORE, WEEKS_SETTLING, WEEKS_AFTER = 12, 4, 26
DAYS_IN_MONTH = 30.4


@dataclass(frozen=True, kw_only=True)
class Moved:
    """That a person's support changed on a day, and why."""

    person: str
    why: WhyChanged
    happened_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Read:
    """One reading of a measure, in a person's own answer, on a day."""

    person: str
    on: dt.date
    value: float


@dataclass(frozen=True, kw_only=True)
class Known:
    """What was known of a person before anything changed."""

    since: dt.date
    is_carer: bool = False


def days_moved(changes: Sequence[Moved]) -> dict[str, dt.date]:
    """Give the day on which each person moved to community support."""
    return {c.person: c.happened_on for c in changes if c.why is WhyChanged.COMMUNITY}


def days_gone(changes: Sequence[Moved]) -> dict[str, dt.date]:
    """Give the day on which each who did died, went into hospital or moved away."""
    return {c.person: c.happened_on for c in changes if c.why in NEVER_A_SAVING}


def costs(
    packages: Sequence[Package],
    began: Mapping[str, dt.date],
    gone: Mapping[str, dt.date],
    *,
    today: dt.date,
) -> People:
    """Give weekly gross cost before and after, pounds, for all who had a package.

    ``began`` is the day on which those who changed did; for the rest it is the middle
    of those days. Cost is averaged over 12 weeks before and over weeks 5 to 26 after.
    Whoever cannot be seen for so long, or had no package before, is left out.
    """
    if not began:
        return _as_people([], "")
    middle = _middle(began)
    rows = []
    for person, theirs in sorted(_by_person(packages).items()):
        day = began.get(person, middle)
        before = _mean_weekly(theirs, day, first=-WEEKS_BEFORE, last=0)
        if before <= 0 or day + dt.timedelta(weeks=WEEKS_AFTER) > today:
            continue
        after = _mean_weekly(theirs, day, first=WEEKS_SETTLING, last=WEEKS_AFTER)
        lost = gone.get(person, dt.date.max) <= day + dt.timedelta(weeks=WEEKS_AFTER)
        months = (day - min(p.starts_on for p in theirs)).days / DAYS_IN_MONTH
        main = max(theirs, key=lambda p: p.gross_weekly).kind
        after = math.nan if lost else after
        rows.append((person, person in began, before, after, months, main))
    return _as_people(rows, "months of support")


def own_answers(
    readings: Sequence[Read],
    known: Mapping[str, Known],
    began: Mapping[str, dt.date],
    *,
    today: dt.date,
) -> People:
    """Give a measure before and after in people's own answers, in its own unit.

    Before is the last answer of the half-year up to the day; after is the first from
    four weeks on, within half a year. The day of those who did not change is the middle
    of the others'. Whoever gave no answer before, or cannot be seen for so long, is
    left out; whoever gave none after is missing, never filled in.
    """
    if not began:
        return _as_people([], "")
    middle = _middle(began)
    by_person: dict[str, list[Read]] = {}
    for reading in sorted(readings, key=lambda one: one.on):
        by_person.setdefault(reading.person, []).append(reading)
    rows = []
    for person, theirs in sorted(by_person.items()):
        day = began.get(person, middle)
        before = _within(theirs, day, first=-WEEKS_AFTER, last=0)
        if not before or day + dt.timedelta(weeks=WEEKS_AFTER) > today:
            continue
        after = _within(theirs, day, first=WEEKS_SETTLING, last=WEEKS_AFTER)
        about = known[person]
        months = (day - about.since).days / DAYS_IN_MONTH
        kind = "a carer" if about.is_carer else ""
        last = after[0].value if after else math.nan
        rows.append((person, person in began, before[-1].value, last, months, kind))
    return _as_people(rows, "months known")


def _within(
    readings: Sequence[Read], day: dt.date, *, first: int, last: int
) -> list[Read]:
    """Give the readings between two weeks counted from a day, in their order."""
    starts, ends = day + dt.timedelta(weeks=first), day + dt.timedelta(weeks=last)
    return [one for one in readings if starts <= one.on <= ends]


def _middle(began: Mapping[str, dt.date]) -> dt.date:
    return dt.date.fromordinal(int(median(day.toordinal() for day in began.values())))


def _as_people(
    rows: Sequence[tuple[str, bool, float, float, float, str]], months: str
) -> People:
    """Give rows of who, changed, before, after, months and what must be the same."""
    return people(
        keys=[row[0] for row in rows],
        took_part=[row[1] for row in rows],
        before=[row[2] for row in rows],
        after=[row[3] for row in rows],
        traits={months: [row[4] for row in rows]},
        same=[(row[5],) for row in rows],
    )


def _by_person(packages: Sequence[Package]) -> Mapping[str, list[Package]]:
    found: dict[str, list[Package]] = {}
    for package in packages:
        found.setdefault(package.person, []).append(package)
    return found


def _mean_weekly(
    packages: Sequence[Package], day: dt.date, *, first: int, last: int
) -> float:
    """Give the mean gross weekly cost between two weeks counted from a day."""
    starts = day + dt.timedelta(weeks=first)
    ends = day + dt.timedelta(weeks=last) - dt.timedelta(days=1)
    days = (ends - starts).days + 1
    cost = sum(
        (p.gross_weekly * p.days_within(starts, ends) for p in packages), Decimal(0)
    )
    return float(cost) / days
