"""How many each further filter would leave: the numbers beside the directory's chips.

Whatever is one of many (day, part of the day, walk, language) is counted with its own
filter let go of; what adds up (access, free) with it kept.
"""

import time
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Func, Q, QuerySet

from thedeal.community.models import Activity, OpeningHours, Session
from thedeal.community.selectors import finding
from thedeal.community.selectors.finding import Found, Wanted, listed
from thedeal.lib import logins

ONLY = {
    "free": Q(cost_pence=0),
    "room": finding.HAS_ROOM,
    "online": Q(is_online=True),
}
Counts = dict[str, dict[str, int]]
REMEMBERED_S = 60.0
FEW = 5_000  # listings; up to so many are counted anew each time


def counts(found: Found) -> Counts:
    """Give filter -> value -> how many of what was found.

    A small directory is counted anew; of a larger one the numbers are up to a minute
    old. What is remembered is the chips alone: never words that somebody typed, never
    where they asked from.
    """
    asked = found.searched
    tick = int(time.monotonic() / REMEMBERED_S)
    is_of_chips = not asked.words and asked.walk_minutes is None
    if not is_of_chips or is_small(asked.authority_id, logins.alias(), tick):
        return {**_counted(asked), "walk": _by_walk(asked)}
    chips = replace(asked, postcode="", lat=None, lon=None)
    return {**remembered(chips, logins.alias(), tick), "walk": _by_walk(asked)}


@lru_cache(maxsize=64)
def is_small(authority_id: UUID | None, alias: str, tick: int) -> bool:
    """Say whether a directory has few enough listings to count them each time."""
    return listed(authority_id).order_by()[: FEW + 1].count() <= FEW


@lru_cache(maxsize=256)
def remembered(chips: Wanted, alias: str, tick: int) -> Counts:
    """Give the counts of a search by chips alone, on one login, in one minute."""
    return _counted(chips)


def _counted(asked: Wanted) -> Counts:
    """Count anew: six statements."""

    def let_go(**changes: Any) -> QuerySet[Activity]:
        return finding.matching(replace(asked, **changes)).order_by()

    flat = let_go().aggregate(
        **{name: Count("pk", filter=q) for name, q in ONLY.items()},
        **{
            name: Count("pk", filter=Q(access__contains={name: "yes"}))
            for name in finding.FACTS
        },
    )
    return {
        "only": {name: flat[name] for name in ONLY},
        "access": {name: flat[name] for name in finding.FACTS},
        "language": _by_language(let_go(language="")),
        "day": _by_day(let_go(days=()), asked),
        "time": _by_part(let_go(part=""), asked),
    }


def _by_walk(asked: Wanted) -> dict[str, int]:
    lat, lon = asked.lat, asked.lon
    if lat is None or lon is None:
        return {}
    furthest = max(finding.WALKS)
    rows = finding.matching(replace(asked, walk_minutes=furthest)).order_by()
    near = {
        f"w{n}": Count("pk", filter=finding.within_walk(lat, lon, minutes=n))
        for n in finding.WALKS
    }
    return {name[1:]: number for name, number in rows.aggregate(**near).items()}


def _by_language(rows: QuerySet[Activity]) -> dict[str, int]:
    one = Func(F("languages"), function="unnest", set_returning=True)
    pairs = rows.annotate(one=one).values_list("one").annotate(n=Count("pk"))
    return dict(pairs)


def _by_day(rows: QuerySet[Activity], asked: Wanted) -> dict[str, int]:
    session, hours = finding.times(replace(asked, days=()))
    one = Func(F("weekdays"), function="unnest", set_returning=True)
    number = Count("activity", distinct=True)
    dated = _sessions(rows).filter(session).annotate(day=one).values_list("day")
    open_then = _hours(rows).filter(hours).values_list("weekday")
    by_day = Counter(dict(dated.annotate(n=number)))
    by_day += Counter(dict(open_then.annotate(n=number)))
    return {finding.DAYS[day]: n for day, n in by_day.items()}


def _by_part(rows: QuerySet[Activity], asked: Wanted) -> dict[str, int]:
    session, hours = finding.times(replace(asked, part=""))
    parts = {part: finding.within_part(part) for part in finding.PARTS}
    dated = _sessions(rows).filter(session).aggregate(**_distinct(parts, 0))
    open_then = _hours(rows).filter(hours).aggregate(**_distinct(parts, 1))
    return {part: dated[part] + open_then[part] for part in parts}


def _distinct(parts: dict[str, tuple[Q, Q]], which: int) -> dict[str, Count]:
    return {
        part: Count("activity", distinct=True, filter=both[which])
        for part, both in parts.items()
    }


def _sessions(rows: QuerySet[Activity]) -> QuerySet[Session]:
    dated = rows.filter(finding.DATED)
    return Session.objects.filter(activity__in=dated.values("pk")).order_by()


def _hours(rows: QuerySet[Activity]) -> QuerySet[OpeningHours]:
    open_then = rows.filter(finding.OPEN_HOURS)
    return OpeningHours.objects.filter(activity__in=open_then.values("pk")).order_by()
