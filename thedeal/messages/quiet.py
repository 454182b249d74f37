"""When a message may arrive: quiet hours, in local time, through clock changes.

Pure: times in, time out.
"""

import datetime as dt
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def next_time(now: dt.datetime, *, from_hour: int, until_hour: int) -> dt.datetime:
    """Give the first moment at or after ``now`` that is not in quiet hours.

    Quiet from ``from_hour`` in the evening until ``until_hour`` in the morning,
    by the clock on the wall in London.
    """
    local = now.astimezone(LONDON)
    if until_hour <= local.hour < from_hour:
        return now
    day = local.date() + dt.timedelta(days=1 if local.hour >= from_hour else 0)
    return dt.datetime.combine(day, dt.time(until_hour), tzinfo=LONDON)
