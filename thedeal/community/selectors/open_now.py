"""What anyone may drop in on at this moment, in a neighbourhood: the groups' own hours.

Hours that may not hold today (a bank holiday, out of term) are left out: to go and find
a closed door is worse than not to have heard of it.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from thedeal.community.models import Activity, OpeningHours
from thedeal.community.models.activities import LISTED, Timing
from thedeal.community.models.times import OnBankHolidays
from thedeal.community.selectors import dates
from thedeal.places.models import Neighbourhood

MIDNIGHT = dt.time(0)
MOST = 30


@dataclass(frozen=True, kw_only=True)
class OpenNow:
    """Something that is open, and until when; closing at 00:00 is midnight."""

    activity: Activity
    until: dt.time


def open_in(place: Neighbourhood, *, at: dt.datetime | None = None) -> list[OpenNow]:
    """Give what is open, the latest to close first; one query.

    Leaves out what may not be told of a place, and what nobody has confirmed lately.
    """
    now = timezone.localtime(at)
    hours = OpeningHours.objects.filter(
        _at(now),
        activity__in=Activity.objects.filter(
            LISTED,
            neighbourhood=place,
            is_sensitive=False,
            demoted_at__isnull=True,
            timing=Timing.OPENING_HOURS,
        ),
    ).select_related("activity__group")
    found = [OpenNow(activity=row.activity, until=row.closes) for row in hours]
    return sorted(found, key=_latest_first)[:MOST]


def _at(now: dt.datetime) -> Q:
    """Give the filter of hours that hold at a moment."""
    today, clock = now.date(), now.time()
    days = dates.calendar(today.year)
    held = Q(weekday=today.weekday(), opens__lte=clock)
    held &= Q(closes__gt=clock) | Q(closes=MIDNIGHT)
    held &= Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    held &= Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    if days.is_bank_holiday(today):
        held &= Q(on_bank_holidays=OnBankHolidays.RUNS)
    if days.is_term(today) is False:
        held &= Q(is_term_time=False)
    return held


def _latest_first(one: OpenNow) -> tuple[int, str]:
    closes = one.until.hour * 60 + one.until.minute or 24 * 60
    return -closes, one.activity.name
