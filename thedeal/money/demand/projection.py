"""Moving the borough on year by year, for every draw of the rates.

In a year people move between states, then some grow into the next age band, then
those turning 18 join. Nobody is lost: everyone who ever lived here is in one state,
the dead too. Expected numbers are followed, so chance between people is left out and
only what we do not know about the rates makes the range.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thedeal.money.demand.borough import Borough
from thedeal.money.demand.levers import Lever, multipliers
from thedeal.money.demand.rates import Array, Rates, transition
from thedeal.money.demand.states import DemandError, State

MOST_DRAWS, MOST_YEARS = 20_000, 40


@dataclass(frozen=True, kw_only=True, eq=False)
class Path:
    """People at the start and after each year: (years + 1, draws, places, bands,
    states); both sexes together."""

    people: Array

    def in_state(self, state: State) -> Array:
        """Give the borough's count in a state: (years + 1, draws)."""
        counts: Array = self.people[..., state].sum(axis=(2, 3))
        return counts


def project(
    borough: Borough,
    rates: Rates,
    *,
    years: int,
    draws: int,
    seed: int,
    male_death_times: float = 1.0,
    levers: Sequence[Lever] = (),
) -> Path:
    """Give the path of the borough. The same seed gives the same path, always.

    Runs with the same seed share their draws of rates, so two paths that differ only
    in levers differ only by what the levers do.
    """
    if not 1 <= draws <= MOST_DRAWS or not 1 <= years <= MOST_YEARS:
        raise DemandError(
            f"Ask for 1 to {MOST_YEARS} years and 1 to {MOST_DRAWS:,} draws."
        )
    if rates.bands != borough.bands:
        raise DemandError("The rates and the people have different age bands.")
    hazard = _by_sex(rates.hazards(seed=seed, draws=draws), male_death_times)
    now = np.broadcast_to(borough.people, (draws, *borough.people.shape))
    kept = [now.sum(axis=2)]
    chance = transition(hazard)
    for year in range(1, years + 1):
        if any(lever.strength(year) for lever in levers):
            times = multipliers(levers, borough, year=year, seed=seed, draws=draws)
            chance = transition(hazard * times[:, :, None])
        now = _year(now, chance, borough)
        kept.append(now.sum(axis=2))
    return Path(people=np.stack(kept))


def _by_sex(hazard: Array, male_death_times: float) -> Array:
    """Give hazards with places and sexes put in: (draws, 1, sexes, bands, from, to).

    Men's hazard of dying is raised and women's lowered by the same factor, so that
    the rate read stays the middle one.
    """
    both = np.repeat(hazard[:, None, None], 2, axis=2)
    half = male_death_times**0.5
    both[:, :, 0, :, :, State.DIED] /= half
    both[:, :, 1, :, :, State.DIED] *= half
    return both


def _year(now: Array, chance: Array, borough: Borough) -> Array:
    moved: Array = np.matmul(now[..., None, :], chance)[..., 0, :]
    leaving = moved * borough.growing_older[:, None]
    leaving[..., State.DIED] = 0  # the dead grow no older
    moved = moved - leaving
    moved[..., 1:, :] += leaving[..., :-1, :]
    moved[..., 0, :] += borough.entrants
    return moved
