"""Groups that should be there, as somebody who sees no person's record may read them.

Every count of people goes through disclosure control here; pure but for that.
"""

import datetime as dt
from dataclasses import dataclass

from thedeal.lib import disclosure
from thedeal.lib.wording import time
from thedeal.places.hours import DAY_NAMES

FEWER = f"fewer than {disclosure.SMALLEST_SHOWN}"


def people(count: int) -> str:
    """Give a count of people as it may be told: "nobody", "fewer than 8", "about 10"."""
    shown = disclosure.count(count).people
    if shown is None:
        return FEWER
    return f"about {shown:,}" if shown else "nobody"


def when(hour: int) -> str:
    """Give an hour of the week as people say it: "Tuesdays at 10am"."""
    day, at = divmod(hour, 24)
    return f"{DAY_NAMES[day]}s at {time(dt.time(at))}"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One group that should be there, with its counts as they may be told."""

    interest: str
    place: str
    when: str
    first_on: dt.date
    to_ask: str
    asked: str
    said_yes: str
