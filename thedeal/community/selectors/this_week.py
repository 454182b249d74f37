"""What is on in a neighbourhood in the next seven days, day by day."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.utils import timezone
from doorstep.catalogue import Catalogue

from thedeal.community.models import Activity
from thedeal.community.models.activities import Timing
from thedeal.community.selectors import catalogue
from thedeal.community.selectors.wanted import DAYS as DAYS_SHORT
from thedeal.places.models import Neighbourhood

Numbers = npt.NDArray[np.int64]
Found = tuple[int, str, str]
DAYS = 7
MOST_A_DAY = 6
MINUTE = 60


@dataclass(frozen=True, kw_only=True)
class OnDay:
    """One day's sessions, soonest first; ``more`` are left out of a long day."""

    day: dt.date
    sessions: tuple[tuple[dt.datetime, Activity], ...]
    more: int

    @property
    def short(self) -> str:
        """Give the day as the directory's chips name it: "tue"."""
        return DAYS_SHORT[self.day.weekday()]


def on_in(place: Neighbourhood) -> list[OnDay]:
    """Give the days on which something is on, from today; two queries.

    The times are the catalogue's: rows are read only of what is shown.
    """
    known = catalogue.held().catalogue
    rows, starts = _coming(place, known)
    days: list[tuple[dt.date, list[Found], int]] = []
    for day, first, past in _days():
        here = np.flatnonzero((starts >= first) & (starts < past))
        if len(here):
            days.append((day, _soonest(known, rows[here], starts[here]), len(here)))
    activities = _rows({key for _, found, _ in days for _, _, key in found})
    return [_day(day, found, number, activities) for day, found, number in days]


def _day(
    day: dt.date, found: list[Found], number: int, rows: dict[str, Activity]
) -> OnDay:
    return OnDay(
        day=day,
        sessions=tuple(
            (_moment(minute), rows[key]) for minute, _, key in found if key in rows
        ),
        more=number - len(found),
    )


def _days() -> Iterator[tuple[dt.date, int, int]]:
    """Give the days from today for a week, each with the minutes it is between."""
    now = timezone.localtime()
    until = int(now.timestamp() // MINUTE) + DAYS * 24 * MINUTE
    for number in range(DAYS + 1):
        day = now.date() + dt.timedelta(days=number)
        midnights = (day, day + dt.timedelta(days=1))
        first, past = (
            int(timezone.make_aware(dt.datetime.combine(at, dt.time())).timestamp())
            // MINUTE
            for at in midnights
        )
        yield day, first, min(past, until)


def _coming(place: Neighbourhood, known: Catalogue) -> tuple[Numbers, Numbers]:
    """Give every session to come: its row, and the minute it begins.

    Leaves out what may not be told of a place, and what is open to drop in on day after
    day (``open_now``): a park that opens each morning is no news.
    """
    here = Activity.objects.filter(neighbourhood=place, is_sensitive=False)
    here = here.exclude(timing=Timing.OPENING_HOURS)
    keys = map(str, here.values_list("pk", flat=True))
    rows = np.array([known.row_of[key] for key in keys if key in known.row_of], int)
    starts = known.columns["slot_next"][rows]
    at, slot = np.nonzero(starts >= int(timezone.now().timestamp() // MINUTE))
    return rows[at], starts[at, slot]


def _soonest(known: Catalogue, rows: Numbers, starts: Numbers) -> list[Found]:
    """Give the first few: the minute, the name, the key."""
    last = np.sort(starts)[:MOST_A_DAY][-1]
    near = [
        (int(starts[n]), known.listings[rows[n]])
        for n in np.flatnonzero(starts <= last)
    ]
    found = [(minute, one.activity, one.key) for minute, one in near if one]
    return sorted(found)[:MOST_A_DAY]


def _rows(keys: Collection[str]) -> dict[str, Activity]:
    found = Activity.objects.select_related("group").filter(pk__in=keys)
    return {str(row.pk): row for row in found}


def _moment(minute: int) -> dt.datetime:
    return timezone.localtime(dt.datetime.fromtimestamp(minute * MINUTE, dt.UTC))
