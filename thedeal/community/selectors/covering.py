"""Which hours of the week have something on within a walk of people's doors.

Counts only what is live, placed and trusted: checked within the council's days. What
happens by arrangement has no hour and is not counted.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from django.utils import timezone
from doorstep.cover import HOURS, Change, Cover, open_hours, within
from doorstep.hours import BadTimesError, free_hours

from thedeal.community.selectors import catalogue, freshness
from thedeal.community.selectors.catalogue import Held
from thedeal.lib.errors import UserFacingError
from thedeal.places.doorsteps import Doorsteps, doorsteps
from thedeal.places.walking import Walking, walking_to

__all__ = ["Change", "Covered", "covered"]
WALK_MINUTES = 15.0


@dataclass(frozen=True, kw_only=True)
class Covered:
    """The cover of every doorstep, with what its numbers stand for."""

    cover: Cover
    doorsteps: Doorsteps
    held: Held
    walking: Walking
    places: tuple[str, ...]  # the name of each venue, by its number

    @property
    def is_estimate(self) -> bool:
        """Say whether walks are told with "about", for want of the borough's paths."""
        return self.cover.reaches.is_estimate

    def if_opened(self, lat: float, lon: float, *, when: str) -> Change:
        """Say who would gain an hour if something opened at a point.

        ``when`` is as people say it ("weekdays 18:00-21:00"); raises UserFacingError
        where it cannot be read.
        """
        try:
            hours = free_hours(when)
        except BadTimesError as error:
            raise UserFacingError(str(error)) from error
        walk = self.walking.minutes_to(
            lat, lon, lats=self.doorsteps.lats, lons=self.doorsteps.lons
        )
        return self.cover.if_opened(walk, open_hours(hours.spans), limit=WALK_MINUTES)


def covered() -> Covered:
    """Give the cover as it is now: worked out anew only when something changed."""
    held, homes = catalogue.held(), doorsteps()
    return _covered(_Key(held, homes), timezone.localdate())


@dataclass(frozen=True, eq=False)
class _Key:
    """Two snapshots, alike where they are of the same rows.

    A session that gave way to the next since is no matter: cover is of whole weeks.
    """

    held: Held
    homes: Doorsteps

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Key)
            and self.held.version == other.held.version
            and self.homes is other.homes
        )

    def __hash__(self) -> int:
        return hash((self.held.version, id(self.homes)))


@lru_cache(maxsize=1)
def _covered(key: _Key, today: dt.date) -> Covered:
    held, homes = key.held, key.homes
    if not homes.neighbourhoods:
        raise UserFacingError("Load the borough's places first: ./deal places_load.")
    rhythm = freshness.rhythm(homes.neighbourhoods[0].authority_id)
    walking = walking_to(held.lats, held.lons, limit=WALK_MINUTES)
    near = within(walking.reaches(homes.lats, homes.lons), WALK_MINUTES)
    return Covered(
        cover=Cover.of(
            near,
            _opens(held, today=today, within_days=rhythm.demote - 1),
            people=homes.people,
            neighbourhood=homes.neighbourhood,
        ),
        doorsteps=homes,
        held=held,
        walking=walking,
        places=_names(held),
    )


def _opens(held: Held, *, today: dt.date, within_days: int) -> npt.NDArray[np.bool_]:
    """Give which hours each venue has something on that we stand behind."""
    opens = np.zeros((len(held.lats), HOURS), np.bool_)
    columns = held.catalogue.columns
    for row, listing in enumerate(held.catalogue.listings):
        if listing is None or listing.venue < 0:
            continue
        if not listing.trust.is_trusted(today, within_days=within_days):
            continue
        slots = zip(
            columns["slot_start"][row].tolist(),
            columns["slot_minutes"][row].tolist(),
            strict=True,
        )
        spans = [(start, start + minutes) for start, minutes in slots if start >= 0]
        opens[listing.venue] |= open_hours(spans)
    return opens


def _names(held: Held) -> tuple[str, ...]:
    names = [""] * len(held.lats)
    for listing in held.catalogue.listings:
        if listing is not None and listing.venue >= 0:
            names[listing.venue] = names[listing.venue] or listing.place
    return tuple(names)
