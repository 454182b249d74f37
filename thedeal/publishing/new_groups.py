"""Groups that should be there, as somebody who sees no person's record may read them.

Every count of people goes through disclosure control here; pure but for that.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from thedeal.deals.states import Begun
from thedeal.lib import disclosure
from thedeal.lib.wording import time
from thedeal.places.hours import DAY_NAMES

NOT_DECIDED = (Begun.PROPOSED.value, Begun.ASKING.value)
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

    pk: UUID
    neighbourhood_id: UUID | None
    interest: str
    place: str
    when: str
    first_on: dt.date
    to_ask: str
    asked: str
    said_yes: str
    state: str
    why: str
    decided_at: dt.datetime | None
    decided_by: str

    @property
    def so_far(self) -> str:
        """Say how many were asked and would come; of a few, no more than that."""
        if self.asked == "nobody":
            return "Nobody was asked yet."
        if self.asked == FEWER:
            return f"{FEWER.capitalize()} were asked."
        return f"{self.asked.capitalize()} were asked; would come: {self.said_yes}."

    @property
    def is_being_asked(self) -> bool:
        """Say whether somebody was asked already."""
        return self.state == Begun.ASKING.value

    @property
    def has_started(self) -> bool:
        """Say whether it is there now."""
        return self.state == Begun.STARTED.value


@dataclass(frozen=True, kw_only=True)
class PlanTold:
    """When the newest plan was made, and for how many people, as may be told."""

    made_at: dt.datetime
    people: str
    placed: str
