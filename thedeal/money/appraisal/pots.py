"""Working a case out: who pays, who gains, in which pot, and what is cash.

    gross(t) = people x engaged x retained x success        (any chain of factors)
    net(t)   = gross x additionality
    value(t) = net x unit value x (1 - optimism) x profile(t) x (1 - drop-off)^age
    cash(t)  = the fiscal part of value(t) x cashability, from its first year

The Greater Manchester cost-benefit structure (supplementary Green Book guidance,
2014). Works on arrays of draws by years; with one draw it is the central case. Must
never add WELLBYs to pounds of cash.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from thedeal.money.appraisal.case import POTS, Case, CostLine, Outcome, WellbeingLine
from thedeal.money.parameters import Draws

Stream = NDArray[np.float64]  # draws by years, pounds at the case's price base
Values = Mapping[str, Draws]
Key = TypeVar("Key")


@dataclass(frozen=True, kw_only=True)
class Flows:
    """What a case comes to, year by year, for every draw."""

    cost: Mapping[str, Stream]  # by agency
    benefit: Mapping[tuple[str, str], Stream]  # by pot and agency
    cash: Mapping[str, Stream]  # by agency: truly leaves the budget
    pv_benefit: Mapping[tuple[str, str], Draws]
    pv_cash: Mapping[str, Draws]
    wellbys: Stream  # points of life satisfaction, not pounds
    valued_wellbys: Stream  # the part whose evidence is strong enough


def work_out(case: Case, values: Values) -> Flows:
    """Give the flows of a case for the draws in ``values`` (arrays of one length)."""
    count = len(next(iter(values.values()))) if values else 1
    cost: dict[str, Stream] = {}
    for line in case.costs:
        _add(cost, line.agency, cost_stream(line, case, values))
    benefit: dict[tuple[str, str], Stream] = {}
    cash: dict[str, Stream] = {}
    pv_benefit: dict[tuple[str, str], Draws] = {}
    pv_cash: dict[str, Draws] = {}
    for outcome in case.outcomes:
        stream = outcome_stream(outcome, case, values)
        rates = case.rules.health if outcome.is_health else case.rules.standard
        for agency, share in outcome.shares.items():
            _add(benefit, (outcome.pot, agency), stream * share)
            part = rates.present_value(stream * share)
            _add(pv_benefit, (outcome.pot, agency), part)
        for agency, leaving in _cash_streams(outcome, stream, values):
            _add(cash, agency, leaving)
            _add(pv_cash, agency, rates.present_value(leaving))
    least = case.wellby_least_grade
    strong = [line for line in case.wellbeing if line.evidence_grade >= least]
    return Flows(
        cost=cost,
        benefit=benefit,
        cash=cash,
        pv_benefit=pv_benefit,
        pv_cash=pv_cash,
        wellbys=_wellbys(case.wellbeing, case, values, count=count),
        valued_wellbys=_wellbys(strong, case, values, count=count),
    )


def cost_stream(line: CostLine, case: Case, values: Values) -> Stream:
    """Give one cost by draw and year: pounds x spread x optimism x tax uplift."""
    pounds = np.zeros(case.years)
    pounds[: len(line.pounds_by_year)] = line.pounds_by_year
    factor = line.bias_factor * case.tax_factor
    return values[line.spread.key][:, None] * pounds * factor


def outcome_stream(outcome: Outcome, case: Case, values: Values) -> Stream:
    """Give one outcome's value by draw and year, before it is split."""
    size = np.full(len(values[outcome.drop_off.key]), outcome.bias_factor)
    size *= outcome.additionality.net_factor(values)
    for factor in outcome.chain:
        size = size * values[factor.key]
    if outcome.pounds_by_year is None:
        shape = stretched(outcome.profile, years=case.years)
    else:
        shape = np.zeros(case.years)
        shape[: len(outcome.pounds_by_year)] = outcome.pounds_by_year
    kept = 1 - values[outcome.drop_off.key][:, None]
    return size[:, None] * shape * kept ** _age(shape)


def stretched(profile: Iterable[float], *, years: int) -> NDArray[np.float64]:
    """Give a profile for every year: its last share holds for the years after it."""
    shares = list(profile)[:years]
    return np.array(shares + [shares[-1]] * (years - len(shares)), dtype=float)


def _age(shape: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give how many years each year stands after the first that has any effect."""
    working = np.flatnonzero(shape)
    first = int(working[0]) if working.size else 0
    return np.maximum(np.arange(len(shape)) - first, 0)


def _cash_streams(
    outcome: Outcome, stream: Stream, values: Values
) -> Iterable[tuple[str, Stream]]:
    if outcome.pot != "fiscal":
        return
    for each in outcome.cashable:
        fraction = values[each.fraction.key][:, None]
        leaving = stream * outcome.shares[each.agency] * fraction
        leaving[:, : each.from_year] = 0
        yield each.agency, leaving


def _wellbys(
    lines: Iterable[WellbeingLine], case: Case, values: Values, *, count: int
) -> Stream:
    total = np.zeros((count, case.years))
    for line in lines:
        yearly = values[line.people.key] * values[line.points.key]
        total[:, : line.years] += yearly[:, None]
    return total


def _add(totals: dict[Key, Stream], key: Key, amount: Stream) -> None:
    totals[key] = totals[key] + amount if key in totals else amount


def payback_year(
    cost_by_year: NDArray[np.float64], gain_by_year: NDArray[np.float64]
) -> int | None:
    """Give the first year whose cumulative gain covers the cumulative cost for good.

    Both are discounted pounds by year. None when it never does within the years
    looked at. A year that covers and is then overtaken by later cost is not one.
    """
    ahead = np.cumsum(gain_by_year) - np.cumsum(cost_by_year) >= -1e-9
    if not ahead[-1]:
        return None
    changes = [year for year, (was, now) in enumerate(pairwise(ahead), 1) if was != now]
    return changes[-1] if changes else 0


def pot_total(flows: Flows, pot: str) -> Draws | float:
    """Give the present value of one pot for every draw, in pounds."""
    if pot not in POTS:
        raise KeyError(pot)
    return sum(pv for (name, _), pv in flows.pv_benefit.items() if name == pot)
