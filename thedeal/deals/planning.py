"""Shares out introductions, and finds groups that should be there. Reads no row.

Nobody is named here: a person is a number of a row. What tells of somebody's health,
faith, money or who they are is never a reason to propose a group: only what people
would like to be doing is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from doorstep.cover import HOURS, open_hours, within
from doorstep.hours import FreeHours, week_minute
from doorstep.match import Match
from doorstep.walks import Reaches

from thedeal.community.themes import THEMES, themes_told
from thedeal.places.hours import DAYS, Week

if TYPE_CHECKING:
    from doorstep.plan import Proposal as Found

Bools = npt.NDArray[np.bool_]

TELLING = frozenset(
    {
        *("babies and toddlers", "children", "young people", "older people"),
        *("men", "women", "faith", "carers", "memory and dementia", "grief"),
        *("mind and mood", "drink and drugs", "disabled people", "lgbt+"),
        *("money and advice", "work and volunteering", "getting about"),
    }
)
"""Themes that tell who somebody is or how they are, and not what they like doing."""

INTERESTS = tuple(theme for theme in THEMES if theme not in TELLING)
FIRST_HOUR, PAST_HOUR = 9, 21
"""A new group meets between these hours, whatever else a hub's doors allow."""

LEAST_FIT = 0.001  # a match that stands at all fits a little


@dataclass(frozen=True, kw_only=True)
class Likes:
    """What one person would like to be doing, and what of it is there already."""

    interests: frozenset[str]
    answered: frozenset[str]
    free: FreeHours | None


def likes(
    wishes: Iterable[str], *, matches: Iterable[Match], free: FreeHours | None
) -> Likes:
    """Give the interests that wishes tell of; a match that answers one is "there"."""
    wanted = frozenset().union(*map(themes_told, wishes))
    there = frozenset().union(*(themes_told(match.answers) for match in matches))
    return Likes(interests=wanted & set(INTERESTS), answered=there, free=free)


def stands(match: Match) -> bool:
    """Say whether a match may be proposed when nobody is asking.

    It fits firmly, there is a door to walk to, and it is for anybody: what is for women,
    carers or believers is for people to ask after, and not for us to guess.
    """
    is_firm = not match.is_loose and not match.comes_last
    is_for_anybody = match.terms["whom"] >= 0
    return is_firm and is_for_anybody and match.walk_minutes is not None


def shared_out(
    offered: Sequence[Sequence[Match]], *, rooms: Mapping[str, int]
) -> list[tuple[int, Match]]:
    """Give who is proposed what, so that all fit best and nothing is over-full.

    ``offered`` holds each person's matches, ``rooms`` how many newcomers each listing
    can take, by its key. Each person is proposed one thing at most.
    """
    from doorstep.plan import introduce  # its solver is large: for the job alone

    rows = [
        (person, match)
        for person, matches in enumerate(offered)
        for match in matches
        if rooms.get(match.key, 0) > 0
    ]
    keys = sorted({match.key for _, match in rows})
    number = {key: i for i, key in enumerate(keys)}
    found = introduce(
        [person for person, _ in rows],
        [number[match.key] for _, match in rows],
        [_fit(match) for _, match in rows],
        room=[rooms[key] for key in keys],
    )
    match_of = {(person, match.key): match for person, match in rows}
    pairs = zip(found.person.tolist(), found.activity.tolist(), strict=True)
    return [(person, match_of[person, keys[at]]) for person, at in pairs]


def new_groups(
    people: Sequence[Likes], reaches: Reaches, *, hub_open: Bools, minutes: float
) -> "list[Found]":
    """Give the groups that should be there, the largest first.

    ``reaches`` is each person's walk to every hub, ``hub_open`` of shape (hubs, 168);
    ``minutes`` the longest walk meant. Whoever has not said when they are free is in
    none of them.
    """
    from doorstep.plan import propose  # as above

    if not people or not len(hub_open):
        return []
    return list(
        propose(
            within(reaches, minutes),
            interests=_table(each.interests for each in people),
            answered=_table(each.answered for each in people),
            free=np.array([_hours(each.free) for each in people]),
            hub_open=hub_open,
            n_hubs=len(hub_open),
        )
    )


def open_in(week: Week | None) -> Bools:
    """Give the hours in which a hub can be used: its own, by day, where it is known."""
    usable = np.zeros(HOURS, np.bool_)
    for number, day in enumerate(DAYS):
        intervals = [["00:00", "24:00"]] if week is None else week.get(day, []) or []
        spans = [(_minute(number, a), _minute(number, b)) for a, b in intervals]
        usable |= open_hours(spans) & _daytime(number)
    return usable


def _daytime(day: int) -> Bools:
    return open_hours([(week_minute(day, FIRST_HOUR), week_minute(day, PAST_HOUR))])


def _minute(day: int, clock: str) -> int:
    hour, minute = (int(part) for part in clock.split(":"))
    return week_minute(day, hour, minute)


def _hours(free: FreeHours | None) -> Bools:
    return open_hours(free.spans) if free else np.zeros(HOURS, np.bool_)


def _table(rows: Iterable[frozenset[str]]) -> Bools:
    return np.array([[theme in row for theme in INTERESTS] for row in rows], np.bool_)


def _fit(match: Match) -> float:
    return max(LEAST_FIT, float(sum(match.added)))
