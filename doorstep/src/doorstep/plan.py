"""The whole borough at once: introductions for everybody, and groups not yet there.

Introductions are shared out so that the fit of all together is greatest and no kettle
is asked to boil for fifty: a minimum-cost flow, solved exactly. A group that should be
there is six to twelve people near one hub who share an interest and a free hour.
Nobody is introduced by this module: what it gives are proposals, for people to make.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# OR-Tools: the exact solver of assignment with capacities, by Google, in C++
from ortools.graph.python import min_cost_flow

from doorstep._internals.planning import count_sharers
from doorstep.cover import HOURS
from doorstep.errors import DoorstepError
from doorstep.walks import Reaches

FIT_STEPS = 10_000
"""The solver counts in whole numbers: a fit is told to one part in so many."""

FEWEST, MOST = 6, 12
"""How many make a group that can begin: fewer feels empty, more need a committee."""

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
Float64s = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class BadPlanError(DoorstepError):
    """Arrays that do not fit each other; the sentence says which."""


@dataclass(frozen=True)
class Introductions:
    """Who is introduced where: row i is ``person[i]`` to ``activity[i]``."""

    person: Int64s
    activity: Int64s
    fit: Float64s

    @property
    def total_fit(self) -> float:
        """Give the sum of every introduction's fit."""
        return float(self.fit.sum())


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A group that does not exist yet but could: where, when, about what, for whom."""

    hub: int
    interest: int
    hour: int  # of the week, 0 is Monday 00:00
    people: tuple[int, ...]  # those who live nearest first
    longest_walk_minutes: float


def introduce(
    person: npt.ArrayLike,
    activity: npt.ArrayLike,
    fit: npt.ArrayLike,
    *,
    room: npt.ArrayLike,
    most_each: int = 1,
) -> Introductions:
    """Share out introductions so that all fits together are greatest.

    Parameters
    ----------
    person, activity, fit : one row for each that could be made; a fit is above 0.
    room : how many newcomers each activity can take.
    most_each : the most introductions for one person.

    Raises
    ------
    BadPlanError : rows of different lengths, a fit that is no number above 0, or an
        activity whose room was not given.
    """
    who, where, fits, rooms = _checked(person, activity, fit, room)
    if not len(who):
        return Introductions(who, where, fits)
    people, numbers = np.unique(who, return_inverse=True)
    chosen = _flow(numbers, len(people), where, fits, rooms, most_each)
    order = np.lexsort((-fits[chosen], who[chosen]))
    rows = chosen[order]
    return Introductions(who[rows], where[rows], fits[rows])


def _checked(
    person: npt.ArrayLike,
    activity: npt.ArrayLike,
    fit: npt.ArrayLike,
    room: npt.ArrayLike,
) -> tuple[Int64s, Int64s, Float64s, Int64s]:
    who, where = np.asarray(person, np.int64), np.asarray(activity, np.int64)
    fits, rooms = np.asarray(fit, np.float64), np.asarray(room, np.int64)
    if not len(who) == len(where) == len(fits):
        raise BadPlanError("Give a person, an activity and a fit in every row.")
    if len(fits) and not (np.isfinite(fits) & (fits > 0)).all():
        raise BadPlanError("A fit is a number above 0; leave out what does not fit.")
    if len(where) and (where.min() < 0 or where.max() >= len(rooms)):
        raise BadPlanError("Give the room of every activity.")
    if (rooms < 0).any():
        raise BadPlanError("Nothing has room for fewer than nobody.")
    return who, where, fits, rooms


def _flow(
    people: Int64s,
    n_people: int,
    where: Int64s,
    fits: Float64s,
    rooms: Int64s,
    most: int,
) -> Int64s:
    """Give the rows chosen. Whoever finds no room goes by the way round, at no fit."""
    source, sink = n_people + len(rooms), n_people + len(rooms) + 1
    everyone, activities = np.arange(n_people), np.arange(len(rooms)) + n_people
    solver = min_cost_flow.SimpleMinCostFlow()
    rows = solver.add_arcs_with_capacity_and_unit_cost(
        people,
        where + n_people,
        np.ones(len(where), np.int64),
        -np.rint(fits * (FIT_STEPS / fits.max())).astype(np.int64),
    )
    for tails, heads, sizes in (
        (np.full(n_people, source), everyone, np.full(n_people, most)),
        (activities, np.full(len(rooms), sink), rooms),
        (np.array([source]), np.array([sink]), np.array([n_people * most])),
    ):
        solver.add_arcs_with_capacity_and_unit_cost(
            tails, heads, sizes, np.zeros(len(tails), np.int64)
        )
    supply = n_people * most
    solver.set_nodes_supplies(np.array([source, sink]), np.array([supply, -supply]))
    if solver.solve() != solver.OPTIMAL:
        raise BadPlanError("No way to share these out was found.")
    chosen: Int64s = np.flatnonzero(solver.flows(rows))
    return chosen


def propose(
    reaches: Reaches,
    *,
    interests: Bools,
    free: Bools,
    answered: Bools | None = None,
    hub_open: Bools | None = None,
    n_hubs: int,
) -> Iterator[Proposal]:
    """Give groups that should exist, the largest first, until none is left.

    Parameters
    ----------
    reaches : the hubs that each person can walk to, within the limit meant (10 minutes).
    interests : shape (people, interests).
    free : shape (people, 168), hours of the week.
    answered : shape (people, interests): there is such a group near them already.
    hub_open : shape (hubs, 168): when a hub can be used; None: whenever.

    Each person is in one proposal an interest at most. Equal sizes stand by hub,
    interest and hour, so that the same borough gives the same list.
    """
    waiting = interests & ~answered if answered is not None else interests.copy()
    if waiting.shape[0] != len(reaches) or free.shape != (len(reaches), HOURS):
        raise BadPlanError("Give the interests and the 168 hours of every person.")
    usable = hub_open if hub_open is not None else np.ones((n_hubs, HOURS), np.bool_)
    sharers = np.zeros((n_hubs, waiting.shape[1], HOURS), np.int32)
    walks, near = (reaches.indptr, reaches.venue, free, usable, sharers), _near(reaches)
    count_sharers(np.arange(len(waiting)), waiting, *walks, 1)
    while sharers.size and sharers.max() >= FEWEST:
        hub, interest, hour = np.unravel_index(int(sharers.argmax()), sharers.shape)
        found = _gather(near, waiting, free, int(hub), int(interest), int(hour))
        leaving = np.array(found.people)
        count_sharers(leaving, _only(interest, leaving, waiting), *walks, -1)
        waiting[leaving, interest] = False
        yield found


@dataclass(frozen=True)
class _Near:
    """Who can walk to each hub: ``person[indptr[hub]:indptr[hub + 1]]``, and how far."""

    indptr: Int64s
    person: Int64s
    minutes: npt.NDArray[np.float32]


def _near(reaches: Reaches) -> _Near:
    """Give the walks from the hubs' side."""
    order = np.argsort(reaches.venue, kind="stable")
    person = np.searchsorted(reaches.indptr, order, side="right") - 1
    indptr = np.concatenate([[0], np.cumsum(np.bincount(reaches.venue))])
    return _Near(indptr, person, reaches.minutes[order])


def _only(interest: np.intp, people: Int64s, waiting: Bools) -> Bools:
    """Give the table of some people with one interest each."""
    table = np.zeros((len(people), waiting.shape[1]), np.bool_)
    table[:, interest] = True
    return table


def _gather(
    near: _Near, waiting: Bools, free: Bools, hub: int, interest: int, hour: int
) -> Proposal:
    """Give the proposal for one hub and hour: those who live nearest to it."""
    rows = slice(int(near.indptr[hub]), int(near.indptr[hub + 1]))
    people, minutes = near.person[rows], near.minutes[rows]
    share = waiting[people, interest] & free[people, hour]
    people, minutes = people[share], minutes[share]
    nearest = np.lexsort((people, minutes))[:MOST]
    return Proposal(
        hub=hub,
        interest=interest,
        hour=hour,
        people=tuple(people[nearest].tolist()),
        longest_walk_minutes=float(minutes[nearest].max()),
    )
