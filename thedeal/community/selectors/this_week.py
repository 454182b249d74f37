"""What is on in a neighbourhood in the next seven days, day by day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from thedeal.community.models import Activity
from thedeal.community.selectors import catalogue
from thedeal.places.models import Neighbourhood

DAYS = 7
MOST_A_DAY = 6
MINUTE = 60


@dataclass(frozen=True, kw_only=True)
class OnDay:
    """One day's sessions, soonest first; ``more`` are left out of a long day."""

    day: dt.date
    sessions: tuple[tuple[dt.datetime, Activity], ...]
    more: int


@dataclass(frozen=True, kw_only=True, order=True)
class _Coming:
    """One session that is to come, before its row is read."""

    starts: dt.datetime
    name: str
    key: str


def on_in(place: Neighbourhood) -> list[OnDay]:
    """Give the days on which something is on, from today; two queries.

    The times are the catalogue's: rows are read only of what is shown.
    """
    by_day: dict[dt.date, list[_Coming]] = {}
    for one in sorted(_coming(place)):
        by_day.setdefault(one.starts.date(), []).append(one)
    shown = [one.key for day in by_day.values() for one in day[:MOST_A_DAY]]
    rows = Activity.objects.select_related("group").filter(pk__in=shown)
    known = {str(row.pk): row for row in rows}
    return [_day(day, found, known) for day, found in by_day.items()]


def _day(day: dt.date, found: list[_Coming], known: dict[str, Activity]) -> OnDay:
    return OnDay(
        day=day,
        sessions=tuple(
            (one.starts, known[one.key])
            for one in found[:MOST_A_DAY]
            if one.key in known
        ),
        more=max(0, len(found) - MOST_A_DAY),
    )


def _coming(place: Neighbourhood) -> Iterator[_Coming]:
    """Give every session of the next days whose place may be told."""
    held = catalogue.held().catalogue
    row_of, columns = held.row_of, held.columns
    here = Activity.objects.filter(neighbourhood=place, is_sensitive=False)
    keys = [
        key for pk in here.values_list("pk", flat=True) if (key := str(pk)) in row_of
    ]
    rows = np.array([row_of[key] for key in keys], np.intp)
    now = int(timezone.now().timestamp() // MINUTE)
    starts = columns["slot_next"][rows]
    is_soon = (starts >= now) & (starts < now + DAYS * 24 * MINUTE)
    for at, slot in zip(*np.nonzero(is_soon), strict=True):
        listing = held.listings[rows[at]]
        moment = dt.datetime.fromtimestamp(int(starts[at, slot]) * MINUTE, dt.UTC)
        if listing is not None:
            yield _Coming(
                starts=timezone.localtime(moment), name=listing.activity, key=keys[at]
            )
