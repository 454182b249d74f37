"""Who moved from a package to community support, and who did not, as an evaluation's rows.

Works on plain packages and changes. Those who died, went into hospital or moved away
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


def moved_to_community(
    packages: Sequence[Package], changes: Sequence[Moved], *, today: dt.date
) -> People:
    """Give weekly gross cost before and after, pounds, for all who had a package.

    Somebody's own day is when they moved; for the rest it is the middle day of those
    who did. Cost is averaged over 12 weeks before and over weeks 5 to 26 after. Whoever
    cannot be seen for so long, or had no package before, is left out.
    """
    by_person = _by_person(packages)
    took = {c.person: c.happened_on for c in changes if c.why is WhyChanged.COMMUNITY}
    if not took:
        return people(keys=(), took_part=(), before=(), after=())
    middle = dt.date.fromordinal(int(median(day.toordinal() for day in took.values())))
    gone = _gone(changes)
    rows = []
    for person, theirs in sorted(by_person.items()):
        day = took.get(person, middle)
        before = _mean_weekly(theirs, day, first=-WEEKS_BEFORE, last=0)
        if before <= 0 or day + dt.timedelta(weeks=WEEKS_AFTER) > today:
            continue
        after = _mean_weekly(theirs, day, first=WEEKS_SETTLING, last=WEEKS_AFTER)
        lost = gone.get(person, dt.date.max) <= day + dt.timedelta(weeks=WEEKS_AFTER)
        months = (day - min(p.starts_on for p in theirs)).days / DAYS_IN_MONTH
        main = max(theirs, key=lambda p: p.gross_weekly).kind
        rows.append(
            (person, person in took, before, math.nan if lost else after, months, main)
        )
    return _as_people(rows)


def _as_people(
    rows: Sequence[tuple[str, bool, float, float, float, str]],
) -> People:
    return people(
        keys=[row[0] for row in rows],
        took_part=[row[1] for row in rows],
        before=[row[2] for row in rows],
        after=[row[3] for row in rows],
        traits={
            "cost a week before": [row[2] for row in rows],
            "months of support": [row[4] for row in rows],
        },
        same=[(row[5],) for row in rows],
    )


def _by_person(packages: Sequence[Package]) -> Mapping[str, list[Package]]:
    found: dict[str, list[Package]] = {}
    for package in packages:
        found.setdefault(package.person, []).append(package)
    return found


def _gone(changes: Sequence[Moved]) -> dict[str, dt.date]:
    return {c.person: c.happened_on for c in changes if c.why in NEVER_A_SAVING}


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
