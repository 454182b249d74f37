"""Sessions and opening hours as Open Referral's schedules. Pure.

The standard knows weekly and monthly rules and no others: daily is weekly on seven
days; what it cannot say is said in words. Times are local, by the clock on the wall,
with no zone: a fixed offset would be wrong for half the year.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from thedeal.community import recurrence

LOCAL = "Times are local (Europe/London)."
LAST_MINUTE = dt.time(23, 59)
MIDNIGHT = dt.time(0)


def of_session(row: Any, *, activity_id: UUID) -> dict[str, Any]:
    """Give one rule, or one day, of sessions."""
    parts = recurrence.parts(row.rule)
    ends = dt.datetime.combine(row.starts_on, row.at) + dt.timedelta(
        minutes=row.minutes
    )
    found: dict[str, Any] = {
        "id": str(row.pk),
        "service_id": str(activity_id),
        "dtstart": row.starts_on.isoformat(),
        "opens_at": f"{row.at:%H:%M}",
        "closes_at": f"{ends:%H:%M}",
        "description": _described(row),
    }
    return found | _rule(parts, row.starts_on)


def _described(row: Any) -> str:
    words = [recurrence.said(row.rule, starts_on=row.starts_on)]
    words += ["in term time"] if row.is_term_time else []
    sentence = f"{', '.join(words)}. {LOCAL}"
    left_out = ", ".join(day.isoformat() for day in row.left_out)
    return f"{sentence} Not on {left_out}." if left_out else sentence


def _rule(parts: dict[str, str], first: dt.date) -> dict[str, Any]:
    freq = parts.get("FREQ", "")
    if not freq:
        day = first.isoformat()
        return {"valid_from": day, "valid_to": day}
    found: dict[str, Any] = {}
    if freq == "DAILY" and parts.get("INTERVAL", "1") == "1":
        found |= {"freq": "WEEKLY", "byday": ",".join(recurrence.DAYS)}
    elif freq in ("WEEKLY", "MONTHLY"):
        found |= {"freq": freq, "interval": int(parts.get("INTERVAL", "1"))}
        found |= _days(parts, freq, first)
    if "UNTIL" in parts:
        last = dt.date.fromisoformat(parts["UNTIL"][:8]).isoformat()
        found |= {"until": last, "valid_to": last}
    if parts.get("COUNT", "").isdigit():
        found["count"] = int(parts["COUNT"])
    return found


def _days(parts: dict[str, str], freq: str, first: dt.date) -> dict[str, Any]:
    if "BYDAY" in parts:
        place = parts.get("BYSETPOS", "")
        days = parts["BYDAY"].split(",")
        return {"byday": ",".join(f"{place}{day}" for day in days)}
    if freq == "WEEKLY":
        return {"byday": recurrence.DAYS[first.weekday()]}
    return {"bymonthday": parts.get("BYMONTHDAY", str(first.day))}


def of_hours(row: Any, *, activity_id: UUID) -> dict[str, Any]:
    """Give the opening hours of one weekday."""
    closes = LAST_MINUTE if row.closes == MIDNIGHT else row.closes
    words = "Open in term time. " if row.is_term_time else "Open. "
    found = {
        "id": str(row.pk),
        "service_id": str(activity_id),
        "freq": "WEEKLY",
        "byday": recurrence.DAYS[row.weekday],
        "opens_at": f"{row.opens:%H:%M}",
        "closes_at": f"{closes:%H:%M}",
        "description": f"{words}{LOCAL}",
    }
    for name, day in (("valid_from", row.valid_from), ("valid_to", row.valid_until)):
        if day:
            found[name] = day.isoformat()
    return found
