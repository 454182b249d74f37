"""Who has something open within a walk, hour by hour round the week, and what if.

A place is covered in an hour of the week when at least one venue that it can walk to
has something open and trusted then. Kept as how many venues that is, so that closing
or opening one asks only for what changes: "what if" touches one venue's doorsteps and
never builds anything anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from doorstep._internals.covering import add_venue, count_open, who_changes
from doorstep.errors import DoorstepError
from doorstep.hours import DAY_MINUTES, WEEK_MINUTES
from doorstep.walks import Reaches

HOURS = WEEK_MINUTES // 60
DAY_HOURS = DAY_MINUTES // 60
ENOUGH_OF_AN_HOUR = 30
"""Minutes of an hour that must be open for the hour to count as covered."""

Bools = npt.NDArray[np.bool_]
Float64s = npt.NDArray[np.float64]
Int32s = npt.NDArray[np.int32]


class BadCoverError(DoorstepError):
    """Arrays that do not fit each other; the sentence says which."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What opening or closing one venue does: people, by neighbourhood and hour.

    Parameters
    ----------
    people : people for whom any hour of the week changes, by neighbourhood.
    hours : person-hours of the week that change, by neighbourhood.
    by_hour : people whose hour changes, by hour of the week, all neighbourhoods.
    places : the numbers of the places where anything changes.
    """

    people: Float64s
    hours: Float64s
    by_hour: Float64s
    places: Int32s

    @property
    def total_people(self) -> float:
        """Give how many people have any hour changed."""
        return float(self.people.sum())


def open_hours(spans: Iterable[tuple[int, int]]) -> Bools:
    """Give which of the 168 hours of a week are open, shape (168,).

    ``spans`` are half-open minutes of the week from Monday 00:00; one that runs past
    Sunday midnight comes round. An hour counts from half an hour of it on.
    """
    minutes = np.zeros(WEEK_MINUTES, np.bool_)
    for first, past in spans:
        if not 0 <= first < WEEK_MINUTES or not first < past <= first + WEEK_MINUTES:
            raise BadCoverError("A time of the week ends after it begins.")
        minutes[first : min(past, WEEK_MINUTES)] = True
        minutes[: max(0, past - WEEK_MINUTES)] = True
    enough: Bools = minutes.reshape(HOURS, 60).sum(axis=1) >= ENOUGH_OF_AN_HOUR
    return enough


def within(reaches: Reaches, minutes: float) -> Reaches:
    """Give the same with only the walks of so many minutes or fewer."""
    near = reaches.minutes <= minutes
    kept = np.concatenate([[0], np.cumsum(near)])
    return Reaches(
        indptr=kept[reaches.indptr].astype(np.int64),
        venue=reaches.venue[near],
        minutes=reaches.minutes[near],
        why_not=reaches.why_not,
        is_estimate=reaches.is_estimate,
    )


@dataclass(frozen=True)
class Cover:
    """How many open venues each place can walk to, in each hour of the week.

    Parameters
    ----------
    counts : shape (places, 168).
    people : who live at each place; need not be whole numbers.
    neighbourhood : the number of each place's neighbourhood.
    """

    counts: npt.NDArray[np.uint16]
    people: Float64s
    neighbourhood: Int32s
    n_neighbourhoods: int
    reaches: Reaches
    opens: Bools

    @classmethod
    def of(
        cls,
        reaches: Reaches,
        opens: Bools,
        *,
        people: npt.ArrayLike,
        neighbourhood: npt.ArrayLike,
    ) -> Self:
        """Work out the cover of every place.

        Parameters
        ----------
        opens : shape (venues, 168): is something open and trusted there in that hour.

        Raises
        ------
        BadCoverError : arrays that do not fit the places or the venues.
        """
        living, where = np.asarray(people, np.float64), np.asarray(neighbourhood)
        if living.shape != (len(reaches),) or where.shape != (len(reaches),):
            raise BadCoverError("Give the people and neighbourhood of every place.")
        if (living < 0).any() or not np.isfinite(living).all():
            raise BadCoverError("Nowhere do fewer than nobody live.")
        n_venues = int(reaches.venue.max(initial=-1)) + 1
        if opens.shape[1:] != (HOURS,) or opens.shape[0] < n_venues:
            raise BadCoverError("Give the 168 hours of every venue.")
        counts = np.zeros((len(reaches), HOURS), np.uint16)
        count_open(reaches.indptr, reaches.venue, opens, counts)
        groups = int(where.max(initial=-1)) + 1
        return cls(counts, living, where.astype(np.int32), groups, reaches, opens)

    def week(self, place: int) -> Bools:
        """Give one place's week: is anything open, shape (7 days, 24 hours)."""
        week: Bools = (self.counts[place] > 0).reshape(-1, DAY_HOURS)
        return week

    def people_covered(self) -> Float64s:
        """Give the people covered, shape (neighbourhoods, 168)."""
        covered = np.zeros((self.n_neighbourhoods, HOURS))
        np.add.at(covered, self.neighbourhood, (self.counts > 0) * self.people[:, None])
        return covered

    def shares(self) -> Float64s:
        """Give the share of people covered, NaN where nobody lives, same shape."""
        living = np.bincount(
            self.neighbourhood, self.people, minlength=self.n_neighbourhoods
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Float64s = self.people_covered() / living[:, None]
        return found

    def alone(self, hour: int) -> Int32s:
        """Give the places with nobody there in an hour, those of most people first."""
        places = np.flatnonzero(self.counts[:, hour] == 0)
        order = np.argsort(-self.people[places], kind="stable")
        return places[order].astype(np.int32)

    def if_closed(self, venue: int) -> Change:
        """Say who would lose an hour if a venue closed."""
        near = self._near(venue)
        changes = np.zeros((len(near), HOURS), np.bool_)
        who_changes(near, self.counts, self.opens[venue], 1, changes)
        return self._change(near, changes)

    def if_opened(
        self, minutes: npt.ArrayLike, hours: Bools, *, limit: float
    ) -> Change:
        """Say who would gain an hour if one opened.

        Parameters
        ----------
        minutes : the walk from every place to where it would be, infinite past the
            network's own limit; ``Walk.minutes_to`` gives them.
        hours : the hours of the week it would be open, shape (168,).
        """
        walk = np.asarray(minutes)
        if walk.shape != (len(self.people),) or hours.shape != (HOURS,):
            raise BadCoverError("Give the minutes from every place, and 168 hours.")
        near = np.flatnonzero(walk <= limit).astype(np.int32)
        changes = np.zeros((len(near), HOURS), np.bool_)
        who_changes(near, self.counts, hours, 0, changes)
        return self._change(near, changes)

    def without(self, venue: int) -> "Cover":
        """Give the cover as it would be with a venue closed."""
        opens = self.opens.copy()
        opens[venue] = False
        counts = self.counts.copy()
        add_venue(self._near(venue), counts, self.opens[venue], -1)
        return Cover(
            counts,
            self.people,
            self.neighbourhood,
            self.n_neighbourhoods,
            self.reaches,
            opens,
        )

    def _near(self, venue: int) -> Int32s:
        """Give the places that can walk to a venue."""
        if not 0 <= venue < len(self.opens):
            raise BadCoverError("There is no such venue.")
        rows = np.flatnonzero(self.reaches.venue == venue)
        places = np.searchsorted(self.reaches.indptr, rows, side="right") - 1
        return places.astype(np.int32)

    def _change(self, near: Int32s, changes: Bools) -> Change:
        any_hour = changes.any(axis=1)
        living = self.people[near]
        return Change(
            people=self._by_neighbourhood(near, living * any_hour),
            hours=self._by_neighbourhood(near, living * changes.sum(axis=1)),
            by_hour=(changes * living[:, None]).sum(axis=0),
            places=near[any_hour],
        )

    def _by_neighbourhood(self, near: Int32s, amounts: Float64s) -> Float64s:
        where = self.neighbourhood[near]
        totals = np.bincount(where, amounts, minlength=self.n_neighbourhoods)
        return totals.astype(np.float64)
