"""The clock of "somebody the same day": by when an ask must have an owner.

Pure. The hour is the council's; asked after it, or at a weekend, the clock runs to that
hour of the next weekday, and everybody is shown which.
"""

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FRIDAY = 4


def due_by(asked_at: dt.datetime, *, day_ends_hour: int) -> dt.datetime:
    """Give the moment by which somebody owns what was asked at a moment.

    >>> asked = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
    >>> due_by(asked, day_ends_hour=17).isoformat()
    '2026-11-23T17:00:00+00:00'
    """
    asked = asked_at.astimezone(LONDON)
    day = asked.date()
    if asked.weekday() > FRIDAY or asked.hour >= day_ends_hour:
        day += dt.timedelta(days=1)
    while day.weekday() > FRIDAY:
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(day_ends_hour), tzinfo=LONDON)
