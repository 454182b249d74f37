"""The headline figures of a case: costs, pots, ratios, payback, cash, wellbeing.

    net present budget impact = PV costs - PV fiscal benefit
    financial return          = PV fiscal benefit / PV costs
    public value return       = PV fiscal, economic and social benefit / PV costs

The names are those of the Greater Manchester model; the arithmetic is standard. A
ratio is left out, never infinite, where nothing was spent. WELLBYs are in none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from thedeal.money.appraisal.case import POTS, Case
from thedeal.money.appraisal.montecarlo import Range, ranged
from thedeal.money.appraisal.pots import Flows, Values, payback_year, pot_total
from thedeal.money.parameters import Draws


@dataclass(frozen=True, kw_only=True)
class Worked:
    """Figures by name, the years, and when the money comes back."""

    figures: Mapping[str, Range]
    payback_year: int | None
    chance_pays_back: float | None
    by_year: tuple[Mapping[str, float], ...]


def case_figures(
    case: Case, *, central: Flows, drawn: Flows, drawn_values: Values
) -> Worked:
    """Give every headline figure with its range."""
    middle = _money(case, central)
    middle |= _wellbeing(case, central, np.array([case.wellby_pounds.value]))
    worth = drawn_values.get(case.wellby_pounds.key, np.zeros(1))
    spread = _money(case, drawn) | _wellbeing(case, drawn, worth)
    figures = {
        name: ranged(value, spread[name][0], unit=unit)
        for name, (value, unit) in middle.items()
    }
    return Worked(
        figures=figures,
        payback_year=_payback(case, central, at=0),
        chance_pays_back=_chance(case, drawn),
        by_year=tuple(_years(case, central)),
    )


Named = dict[str, tuple[Draws | float, str]]


def _money(case: Case, flows: Flows) -> Named:
    pounds = f"pounds, present value, {case.price_base} prices"
    rates = case.rules.standard
    costs = sum((rates.present_value(s) for s in flows.cost.values()), np.zeros(1))
    by_pot = {pot: pot_total(flows, pot) for pot in POTS}
    public = by_pot["fiscal"] + by_pot["economic"] + by_pot["social"]
    cash = sum(flows.pv_cash.values(), np.zeros(1))
    named: Named = {
        "present value of costs": (costs, pounds),
        **{f"present value of {pot} benefit": (by_pot[pot], pounds) for pot in POTS},
        "public value, all three pots": (public, pounds),
        "net present value": (public - costs, pounds),
        "net present budget impact": (costs - by_pot["fiscal"], pounds),
        "cash that leaves budgets": (cash, pounds),
    }
    for agency, stream in sorted(flows.cost.items()):
        named[f"cost to {agency}"] = (rates.present_value(stream), pounds)
    for (pot, agency), pv in sorted(flows.pv_benefit.items()):
        named[f"{pot} benefit to {agency}"] = (pv, pounds)
    for agency, pv in sorted(flows.pv_cash.items()):
        named[f"cash to {agency}"] = (pv, pounds)
    if np.all(costs > 0):
        each = "pounds for each pound spent"
        named["financial return"] = (by_pot["fiscal"] / costs, each)
        named["public value return"] = (public / costs, each)
    return named


def _wellbeing(case: Case, flows: Flows, pounds_each: Draws) -> Named:
    if not case.wellbeing:
        return {}
    unit = f"pounds, {case.price_base} prices; never cash"
    rates = case.wellbeing_schedule
    worth = pounds_each[:, None] * flows.valued_wellbys
    named: Named = {
        "wellbeing": (flows.wellbys.sum(axis=-1), "WELLBYs, not discounted")
    }
    if any(w.evidence_grade >= case.wellby_least_grade for w in case.wellbeing):
        named["value of wellbeing, not discounted"] = (worth.sum(axis=-1), unit)
        named["value of wellbeing, present value"] = (rates.present_value(worth), unit)
    return named


def _discounted(case: Case, flows: Flows, *, at: int) -> tuple[Draws, Draws]:
    factors = case.rules.standard.factors(case.years)
    costs = sum((s[at] for s in flows.cost.values()), np.zeros(case.years))
    fiscal = [s[at] for (pot, _), s in flows.benefit.items() if pot == "fiscal"]
    return costs * factors, sum(fiscal, np.zeros(case.years)) * factors


def _payback(case: Case, flows: Flows, *, at: int) -> int | None:
    if not flows.cost:
        return None  # nothing was spent, so there is nothing to pay back
    return payback_year(*_discounted(case, flows, at=at))


def _chance(case: Case, flows: Flows) -> float | None:
    """Give the share of draws in which fiscal benefit covers cost within the years."""
    if not flows.cost:
        return None
    costs = sum(
        map(case.rules.standard.present_value, flows.cost.values()), np.zeros(1)
    )
    fiscal = [s for (pot, _), s in flows.benefit.items() if pot == "fiscal"]
    gains = sum(map(case.rules.standard.present_value, fiscal), np.zeros(1))
    return float(np.mean(gains - costs >= -1e-9))


def _years(case: Case, flows: Flows) -> list[dict[str, float]]:
    """Give the central case year by year, in pounds not discounted."""
    rows = []
    for year in range(case.years):
        row = {"year": float(year)}
        row["cost"] = float(sum(s[0, year] for s in flows.cost.values()))
        for pot in POTS:
            streams = (s for (name, _), s in flows.benefit.items() if name == pot)
            row[pot] = float(sum(s[0, year] for s in streams))
        row["cash"] = float(sum(s[0, year] for s in flows.cash.values()))
        row["wellbys"] = float(flows.wellbys[0, year])
        rows.append(row)
    return rows
