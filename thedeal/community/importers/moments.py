"""Dates, moments and times of day as feeds write them. Pure."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from thedeal.community.importers.oddities import Oddities
from thedeal.community.screen import clock

LONDON = ZoneInfo("Europe/London")
MIDNIGHT = dt.time(0, 0)
ZONED = re.compile(r"(z|[+-]\d{2}:?\d{2})$", re.IGNORECASE)


def moment(given: Any, oddities: Oddities, where: str) -> dt.datetime | None:
    """Give a moment with its zone; one without is read as London time."""
    words = str(given or "").strip()
    if not words:
        return None
    try:
        found = dt.datetime.fromisoformat(words)
    except ValueError:
        oddities.note("date odd", where)
        return None
    if found.tzinfo is None:
        if len(words) > len("2026-01-01"):
            oddities.note("date without a zone", where)
        return found.replace(tzinfo=LONDON)
    return found


def day(given: Any, oddities: Oddities, where: str) -> dt.date | None:
    """Give a day, also from a whole moment; None where it is none."""
    words = str(given or "").strip()
    if not words:
        return None
    try:
        return dt.date.fromisoformat(words[:10])
    except ValueError:
        pass
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", words)
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else _no()
    except ValueError:
        oddities.note("date odd", where)
        return None


def _no() -> dt.date:
    raise ValueError


def time_of_day(given: Any, oddities: Oddities, where: str) -> dt.time | None:
    """Give a time by the clock on the wall, for each way that feeds write one.

    "09:30", "10:00:00", "10:00:00Z", "2026-01-05T10:00:00+01:00", "24:00" (midnight),
    "2pm". A zone is not reckoned with: no text of the standard settles summer time.
    """
    words = str(given or "").strip()
    if not words:
        return None
    bare = words.split("T")[-1] if re.match(r"\d{4}-\d\d-\d\dT", words) else words
    if ZONED.search(bare) and ":" in bare[:3]:
        oddities.note("time with a zone", where)
        bare = ZONED.sub("", bare)
    found = re.fullmatch(r"(\d{1,2}:\d{2}):\d{2}(?:\.\d+)?", bare)
    bare = found[1] if found else bare
    at = MIDNIGHT if bare in ("24:00", "23:59") else clock(bare)
    if at is None:
        oddities.note("time odd", where)
    return at
