"""Levers: reforms that change how often people move, with what they cost and how we know.

A lever multiplies one move's hazard for some ages and neighbourhoods, phased in year by
year. An effect of 1 is no effect; every lever's range must say whether 1 is in it. Must
never act before its first year or beyond its places.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thedeal.money.demand.borough import Borough
from thedeal.money.demand.rates import Array
from thedeal.money.demand.states import MOVES, DemandError, State
from thedeal.money.parameters import Parameter


@dataclass(frozen=True, kw_only=True)
class Lever:
    """One reform. ``times`` multiplies the hazard once it is fully in place."""

    key: str
    title: str
    move: tuple[State, State]
    times: Parameter
    cost_yearly: Parameter  # pounds a year at full strength
    first_year: int = 1
    phase_in: tuple[float, ...] = (1.0,)
    bands: frozenset[str] = frozenset()  # empty: all
    neighbourhoods: frozenset[str] = frozenset()  # empty: all
    evidence_grade: int = 0

    def __post_init__(self) -> None:
        if self.move not in MOVES:
            raise DemandError(f"{self.title}: the model has no such move.")
        if self.times.span[0] < 0 or self.cost_yearly.span[0] < 0:
            raise DemandError(f"{self.title}: an effect and a cost are never negative.")
        if not self.phase_in or not all(0 <= share <= 1 for share in self.phase_in):
            raise DemandError(f"{self.title}: each phase lies between 0 and 1.")
        if self.first_year < 1 or self.evidence_grade not in range(6):
            raise DemandError(f"{self.title}: year from 1, evidence from 0 to 5.")

    @property
    def may_do_nothing(self) -> bool:
        """Say whether its own range holds no effect at all."""
        return self.times.span[0] <= 1 <= self.times.span[1]

    def strength(self, year: int) -> float:
        """Give how much of it is in place in a year of the projection, 0 to 1."""
        at = year - self.first_year
        return 0.0 if at < 0 else self.phase_in[min(at, len(self.phase_in) - 1)]


def multipliers(
    levers: Sequence[Lever], borough: Borough, *, year: int, seed: int, draws: int
) -> Array:
    """Give what hazards are multiplied by in a year: (draws, places, bands, from, to).

    Part of a lever is that power of it: half of a halving is its square root, so
    phasing in never overshoots and order is immaterial.
    """
    shape = (draws, len(borough.neighbourhoods), len(borough.bands))
    times = np.ones((*shape, len(State), len(State)))
    for lever in levers:
        strength = lever.strength(year)
        if not strength:
            continue
        places = _chosen(lever.neighbourhoods, borough.neighbourhoods, lever)
        bands = _chosen(lever.bands, borough.bands, lever)
        effect = drawn(lever.times, seed=seed, draws=draws) ** strength
        first, second = lever.move
        at = np.ix_(range(draws), places, bands)
        times[at[0], at[1], at[2], first, second] *= effect[:, None, None]
    return times


def cost(levers: Sequence[Lever], *, year: int, seed: int, draws: int) -> Array:
    """Give what the levers cost in a year, pounds, one a draw."""
    total = np.zeros(draws)
    for lever in levers:
        yearly = drawn(lever.cost_yearly, seed=seed, draws=draws)
        total += yearly * lever.strength(year)
    return total


def drawn(parameter: Parameter, *, seed: int, draws: int) -> Array:
    """Give a parameter's draws; one draw is its central value."""
    if draws == 1:
        return np.array([parameter.value])
    return parameter.draws(seed=seed, count=draws)


def _chosen(wanted: frozenset[str], known: tuple[str, ...], lever: Lever) -> list[int]:
    strange = sorted(wanted - set(known))
    if strange:
        raise DemandError(f"{lever.title}: we do not know {', '.join(strange)}.")
    return [i for i, name in enumerate(known) if not wanted or name in wanted]
