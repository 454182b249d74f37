"""Reads what the model stands on from ``definitions/money/demand_*.yaml``.

The start (who is where), what each state costs a week, and the levers. Works on
entries given to it, so must never read a file itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from thedeal.lib.definitions import Entry
from thedeal.money.demand.borough import Borough, spread_out
from thedeal.money.demand.levers import Lever
from thedeal.money.demand.outlook import Costs, Outlook, outlook
from thedeal.money.demand.rates import Array, read_rates
from thedeal.money.demand.states import DemandError, State, read_move
from thedeal.money.parameters import Parameter, number, source_line
from thedeal.money.prices import Deflator

START, LEVERS = "money/demand_start.", "money/demand_levers."
BANDS = ("18 to 34", "35 to 49", "50 to 64", "65 and over")
BAND_YEARS = (17.0, 15.0, 15.0, float("inf"))
Entries = Mapping[str, Entry]
SHARES = {State.LONELY: "lonely_share", State.COMMUNITY: "community_share"}
COUNTS = {
    State.HOME_CARE: "home_care_people",
    State.RESIDENTIAL: "residential_people",
}


def read_parameter(entries: Entries, name: str) -> Parameter:
    """Give one figure of the start with its range; raise DemandError if missing."""
    entry = entries.get(START + name)
    if entry is None:
        raise DemandError(f"There is no {name} in definitions/money/demand_start.yaml.")
    return Parameter(
        key=entry.key,
        title=entry.title,
        value=number(entry.value, what=entry.key),
        low=number(entry.more.get("low", entry.value), what=entry.key),
        high=number(entry.more.get("high", entry.value), what=entry.key),
        unit=entry.unit,
        source=source_line(entry),
        status=entry.status,
        review_by=entry.review_by,
        notes=entry.notes,
    )


def read_costs(entries: Entries, *, deflator: Deflator, price_base: str) -> Costs:
    """Give weekly costs at one price base."""
    names = {
        State.COMMUNITY: "weekly_community",
        State.HOME_CARE: "weekly_home_care",
        State.RESIDENTIAL: "weekly_residential",
    }
    weekly = {}
    for state, name in names.items():
        plain = read_parameter(entries, name)
        base = str(entries[START + name].more["price_base"])
        times = deflator.rebase(1.0, base=base, to=price_base)
        weekly[state] = _scaled(plain, times)
    return Costs(
        weekly=weekly,
        real_growth=read_parameter(entries, "real_growth"),
        price_base=price_base,
    )


def _scaled(plain: Parameter, times: float) -> Parameter:
    low, high = plain.span
    changed = {"value": plain.value * times, "low": low * times, "high": high * times}
    return Parameter(**{**vars(plain), **changed})


def read_levers(entries: Entries) -> list[Lever]:
    """Give every reform there is evidence or judgement for, in the file's order."""
    return [_lever(e) for key, e in entries.items() if key.startswith(LEVERS)]


def _lever(entry: Entry) -> Lever:
    more = entry.more
    return Lever(
        key=entry.key.removeprefix(LEVERS),
        title=entry.title,
        move=read_move(str(more["move"])),
        times=_spread(entry, more["times"], unit=entry.unit, part="effect"),
        cost_yearly=_spread(
            entry, more["cost_yearly"], unit="pounds a year", part="cost"
        ),
        phase_in=tuple(float(share) for share in more["phase_in"]),
        bands=frozenset(more.get("bands", ())),
        evidence_grade=int(more["evidence_grade"]),
    )


def _spread(entry: Entry, values: list[Any], *, unit: str, part: str) -> Parameter:
    low, central, high = (number(x, what=f"{entry.key} {part}") for x in values)
    return Parameter(
        key=f"{entry.key}.{part}",
        title=f"{entry.title}, {part}",
        value=central,
        low=low,
        high=high,
        unit=unit,
        source=source_line(entry),
        status=entry.status,
        review_by=entry.review_by,
        notes=entry.notes,
    )


def read_borough(
    entries: Entries, *, adults: Mapping[str, Mapping[str, float]]
) -> Borough:
    """Give the start from adults by neighbourhood and age band.

    Borough totals by state come from the definitions and are shared out by each
    neighbourhood's share of that age: an assumption every output must print.
    """
    places = tuple(adults)
    if not places:
        raise DemandError("There are no neighbourhoods. Load an area first.")
    totals = {band: sum(adults[p].get(band, 0.0) for p in places) for band in BANDS}
    women = read_parameter(entries, "female_share")
    turning_18 = read_parameter(entries, "turning_18")
    people = np.zeros((len(places), 2, len(BANDS), len(State)))
    for at, band in enumerate(BANDS):
        weights = [adults[p].get(band, 0.0) for p in places]
        counts = _states(entries, band, total=totals[band])
        shared = spread_out(counts[None], weights=weights, female_share=women.value)
        people[:, :, at] = shared[:, :, 0]
    return Borough(
        neighbourhoods=places,
        bands=BANDS,
        band_years=BAND_YEARS,
        people=people,
        entrants=people[:, :, 0].sum(axis=-1, keepdims=True)
        * turning_18.value
        * (np.arange(len(State)) == State.WELL),
        stands_on=(*_starts(entries), women, turning_18),
    )


def _starts(entries: Entries) -> list[Parameter]:
    """Give each figure of who lives how at the start, band by band."""
    return [
        _start(entries[START + name], band)
        for name in (*SHARES.values(), *COUNTS.values())
        for band in BANDS
    ]


def _start(entry: Entry, band: str) -> Parameter:
    """Give one band's figure; a band may be our judgement where the whole is not."""
    ours = band in entry.more.get("unverified_bands", ())
    return Parameter(
        key=f"{entry.key}.{band}",
        title=f"{entry.title}, {band}",
        value=number((entry.table or {})[band], what=f"{entry.key} {band}"),
        unit=entry.unit,
        source=source_line(entry),
        status="unverified" if ours else entry.status,
        review_by=entry.review_by,
        notes=entry.notes,
    )


def _states(entries: Entries, band: str, *, total: float) -> Array:
    counts = np.zeros(len(State))
    for state, name in SHARES.items():
        counts[state] = total * _of_band(entries, name, band)
    for state, name in COUNTS.items():
        counts[state] = _of_band(entries, name, band)
    counts[State.WELL] = total - counts.sum()
    if counts[State.WELL] < 0:
        raise DemandError(f"More people {band} have care than live here.")
    return counts


def _of_band(entries: Entries, name: str, band: str) -> float:
    entry = entries[START + name]
    table: Any = entry.table or {}
    if band not in table:
        raise DemandError(f"{entry.key} has a hole: give {band}.")
    return number(table[band], what=f"{entry.key} {band}")


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What is asked of the model."""

    years: int = 10
    draws: int = 1000
    seed: int = 2017
    first_year: int = 2026
    gap_pounds: float | None = None  # what must be found each year, where it is told
    with_levers: bool = True
    price_base: str = "2023/24"  # the last financial year whole in our price index


def read_outlook(
    entries: Entries, *, adults: Mapping[str, Mapping[str, float]], ask: Ask
) -> Outlook:
    """Work out the outlook of a borough from the definitions and its census."""
    entry = entries["money/deflators.gdp"]
    return outlook(
        read_borough(entries, adults=adults),
        read_rates(entries, bands=BANDS),
        read_costs(
            entries,
            deflator=Deflator(title=entry.title, index=entry.table),
            price_base=ask.price_base,
        ),
        levers=read_levers(entries) if ask.with_levers else (),
        gap_pounds=ask.gap_pounds,
        first_year=ask.first_year,
        years=ask.years,
        draws=ask.draws,
        seed=ask.seed,
        male_death_times=read_parameter(entries, "male_death_times"),
    )
