"""What is on in a neighbourhood in the next seven days, day by day."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from thedeal.community.models import Activity
from thedeal.community.selectors import dates
from thedeal.community.states import ListingState
from thedeal.places.models import Neighbourhood

DAYS = 7
MOST_A_DAY = 6


@dataclass(frozen=True, kw_only=True)
class OnDay:
    """One day's sessions, soonest first; ``more`` are left out of a long day."""

    day: dt.date
    sessions: tuple[tuple[dt.datetime, Activity], ...]
    more: int


def on_in(place: Neighbourhood) -> list[OnDay]:
    """Give the days on which something is on, from today; three queries."""
    now = timezone.localtime()
    until = now + dt.timedelta(days=DAYS)
    found: dict[dt.date, list[tuple[dt.datetime, Activity]]] = {}
    for activity in _activities(place):
        for meeting in dates.coming(activity, after=now, most=DAYS, days=DAYS):
            if meeting.starts < until:
                starts = timezone.localtime(meeting.starts)
                found.setdefault(starts.date(), []).append((starts, activity))
    return [_day(day, sessions) for day, sessions in sorted(found.items())]


def _day(day: dt.date, sessions: list[tuple[dt.datetime, Activity]]) -> OnDay:
    ordered = sorted(sessions, key=lambda pair: (pair[0], pair[1].name))
    return OnDay(
        day=day,
        sessions=tuple(ordered[:MOST_A_DAY]),
        more=max(0, len(ordered) - MOST_A_DAY),
    )


def _activities(place: Neighbourhood) -> list[Activity]:
    rows = Activity.objects.filter(
        neighbourhood=place,
        state=ListingState.LIVE,
        demoted_at__isnull=True,
        group__state=ListingState.LIVE,
        is_sensitive=False,
    )
    return list(
        rows.select_related("group", "venue").prefetch_related(
            "sessions", "opening_hours"
        )
    )
