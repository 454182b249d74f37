"""What demand does to money: people and pounds by year, and the chance of closing a gap.

Two paths with the same draws: as things are, and with the levers. Every rate without a
source is named in every output. A forecast, not a promise: must never be shown
without its range.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from thedeal.money.demand import levers as lever_sums
from thedeal.money.demand.borough import Borough
from thedeal.money.demand.levers import Lever, drawn
from thedeal.money.demand.projection import Path, project
from thedeal.money.demand.rates import Array, Rates
from thedeal.money.demand.states import TITLES, DemandError, State
from thedeal.money.parameters import Parameter

METHOD = "demand, multistate, version 1"
WEEKS_IN_YEAR = 365.25 / 7
LOW, HIGH = 5.0, 95.0
OWNED_UP = (
    "Moving in and out of the borough is left out.",
    "Ages inside a band are taken as even, so a bulge of one age is smoothed.",
    "Chance between people is left out: only doubt about rates makes the range.",
    "A person makes at most one move a year.",
    "A rate is the same in every neighbourhood unless a lever changes it.",
)


@dataclass(frozen=True, kw_only=True)
class Costs:
    """Pounds a person a week by state, at one price base, and their growth."""

    weekly: Mapping[State, Parameter]
    real_growth: Parameter  # fraction a year beyond general prices
    price_base: str


@dataclass(frozen=True, kw_only=True)
class Band:
    """A central figure with the range nine draws in ten lie in."""

    central: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """People and money by year (index 0 is now), and how likely the gap closes."""

    first_year: int
    people: Mapping[str, tuple[Band, ...]]
    people_with_levers: Mapping[str, tuple[Band, ...]]
    pounds: tuple[Band, ...]
    pounds_with_levers: tuple[Band, ...]  # the levers' own cost within
    saved: tuple[Band, ...]
    chance_closed: tuple[float, ...]  # by year; empty where no gap was told
    by_neighbourhood: Mapping[str, Mapping[str, Band]]  # the last year, with levers
    price_base: str
    method: str
    warnings: tuple[str, ...]
    parameters: tuple[Parameter, ...]

    def chance_by(self, year: int) -> float:
        """Give the chance the gap is closed in the financial year starting in year."""
        if not self.chance_closed:
            raise DemandError("No gap was told, so there is no chance of closing it.")
        at = year - self.first_year
        if not 0 <= at < len(self.chance_closed):
            raise DemandError(f"The outlook does not reach {year}.")
        return self.chance_closed[at]


def outlook(
    borough: Borough,
    rates: Rates,
    costs: Costs,
    *,
    levers: Sequence[Lever] = (),
    gap_pounds: float | None,
    first_year: int,
    years: int = 10,
    draws: int = 1000,
    seed: int = 2017,
    male_death_times: Parameter,
) -> Outlook:
    """Work out the outlook; ``gap_pounds`` is what must be found each year, if told."""
    wanted = {"years": years, "seed": seed, "male_death_times": male_death_times.value}
    plain = project(borough, rates, draws=draws, **wanted)  # type: ignore[arg-type]  # one dict, two types
    changed = project(borough, rates, draws=draws, levers=levers, **wanted)  # type: ignore[arg-type]  # one dict, two types
    spend = yearly_pounds(plain, costs, seed=seed)
    spend_with = yearly_pounds(changed, costs, seed=seed) + np.stack(
        [
            lever_sums.cost(levers, year=year, seed=seed, draws=draws)
            for year in range(years + 1)
        ]
    )
    saved = spend - spend_with
    parameters = [
        *borough.stands_on,
        *_parameters(rates, costs, levers, male_death_times),
    ]
    return Outlook(
        first_year=first_year,
        people=_people(plain),
        people_with_levers=_people(changed),
        pounds=_bands(spend),
        pounds_with_levers=_bands(spend_with),
        saved=_bands(saved),
        chance_closed=_chances(saved, gap_pounds),
        by_neighbourhood=_places(changed, borough),
        price_base=costs.price_base,
        method=METHOD,
        warnings=(*_warnings(parameters, levers), *OWNED_UP),
        parameters=tuple(parameters),
    )


def yearly_pounds(path: Path, costs: Costs, *, seed: int) -> Array:
    """Give the cost of each year: (years + 1, draws), pounds at the price base.

    Year t is the mean of the counts at its start and end, by weeks and weekly cost;
    year 0 is the start as it stands. Care grows dearer than other things by
    ``real_growth``.
    """
    draws = path.people.shape[1]
    total = np.zeros(path.people.shape[:2])
    for state, weekly in costs.weekly.items():
        counts = path.in_state(state)
        during = counts.copy()
        during[1:] = (counts[1:] + counts[:-1]) / 2
        total += during * drawn(weekly, seed=seed, draws=draws) * WEEKS_IN_YEAR
    growth = 1 + drawn(costs.real_growth, seed=seed, draws=draws)
    return total * growth ** np.arange(len(total))[:, None]


def _chances(saved: Array, gap_pounds: float | None) -> tuple[float, ...]:
    if gap_pounds is None:
        return ()
    return tuple(map(float, (saved >= gap_pounds).mean(axis=1)))


def _bands(by_draw: Array) -> tuple[Band, ...]:
    low, middle, high = np.percentile(by_draw, [LOW, 50, HIGH], axis=1)
    rows = zip(middle, low, high, strict=True)
    return tuple(
        Band(central=float(m), low=float(lo), high=float(h)) for m, lo, h in rows
    )


def _people(path: Path) -> dict[str, tuple[Band, ...]]:
    return {TITLES[state]: _bands(path.in_state(state)) for state in State}


def _places(path: Path, borough: Borough) -> dict[str, dict[str, Band]]:
    last = path.people[-1].sum(axis=2)  # draws, places, states
    return {
        place: {TITLES[s]: _bands(last[None, :, at, s])[0] for s in State}
        for at, place in enumerate(borough.neighbourhoods)
    }


def _parameters(
    rates: Rates, costs: Costs, levers: Sequence[Lever], male: Parameter
) -> list[Parameter]:
    ours = [*costs.weekly.values(), costs.real_growth, male]
    theirs = [p for lever in levers for p in (lever.times, lever.cost_yearly)]
    return [*rates.parameters(), *ours, *theirs]


def _warnings(parameters: Sequence[Parameter], levers: Sequence[Lever]) -> list[str]:
    said = [
        f"UNVERIFIED: {p.title}, {p.value:g} {p.unit}; {p.source}."
        for p in parameters
        if p.status == "unverified"
    ]
    said += [
        f"{lever.title} may do nothing: its own range holds no effect "
        f"(evidence grade {lever.evidence_grade})."
        for lever in levers
        if lever.may_do_nothing
    ]
    return said
