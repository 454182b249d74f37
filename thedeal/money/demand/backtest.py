"""How wrong the model would have been about totals that were published.

Starts where the published figures start, runs as if nothing were reformed, and sets
what it says beside what happened, and beside the simplest forecast (no change at all).
Must print the error whatever it is, and what such totals can never tell us.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from thedeal.money.demand.outlook import HIGH, LOW
from thedeal.money.demand.rates import Array
from thedeal.money.demand.states import DemandError

CANNOT_TELL = (
    "Each rate by itself: a total only shows what comes in less what goes out, so many "
    "sets of rates fit it equally well.",
    "Why people left: died, got better, moved and were turned away look the same.",
    "Who was lonely or supported by community: nobody counted them.",
    "Anything by neighbourhood or sex: the totals are for the whole borough.",
    "The ages of those supported: only 65 and over are known, so the start is guessed.",
    "What the Deal did: nothing separates it from tighter budgets, prices, people who "
    "pay for themselves, or chance.",
    "The pandemic: deaths in care homes in 2020 are in the later totals and in no rate.",
    "Changes in how returns were counted: they changed in 2014/15.",
)


@dataclass(frozen=True, kw_only=True)
class Year:
    """One year: what happened, what the model said, and its range."""

    year: int
    happened: float
    said: float
    low: float
    high: float

    @property
    def error_share(self) -> float:
        """Give how far off it was, as a share of what happened."""
        return (self.said - self.happened) / self.happened


@dataclass(frozen=True, kw_only=True)
class BackTest:
    """How wrong, measured against what happened."""

    measure: str
    years: tuple[Year, ...]
    mean_error_share: float  # mean of the sizes of the errors
    no_change_error_share: float  # the same for "it will stay as it is"
    inside_range: int
    cannot_tell: tuple[str, ...] = CANNOT_TELL

    def as_text(self) -> str:
        """Print it year by year, with the error and the simplest forecast's."""
        rows = [
            f"  {y.year}/{(y.year + 1) % 100:02d}: happened {y.happened:,.0f}, "
            f"model {y.said:,.0f} ({y.low:,.0f} to {y.high:,.0f}), "
            f"off by {y.error_share:+.1%}"
            for y in self.years
        ]
        verdict = "worse" if self.is_worse_than_no_change else "no worse"
        return "\n".join(
            [
                f"{self.measure}: how wrong the model would have been",
                *rows,
                f"  mean error {self.mean_error_share:.1%}; saying it will stay as it "
                f"is: {self.no_change_error_share:.1%}, so the model is {verdict}; "
                f"{self.inside_range} of {len(self.years)} years inside its range.",
                "These totals cannot tell us:",
                *(f"  - {line}" for line in self.cannot_tell),
            ]
        )

    @property
    def is_worse_than_no_change(self) -> bool:
        """Say whether simply assuming no change would have done better."""
        return self.mean_error_share > self.no_change_error_share


def back_test(
    said: Array, *, first_year: int, happened: Mapping[int, float], measure: str
) -> BackTest:
    """Compare draws of a count by year, (years + 1, draws), with what happened.

    ``happened`` must hold ``first_year``, which is where the no-change forecast stays,
    and is itself left out of the errors.
    """
    later = sorted(year for year in happened if year > first_year)
    if first_year not in happened or not later or later[-1] - first_year >= len(said):
        raise DemandError(f"{measure}: the model and the totals do not share years.")
    rows = []
    for year in later:
        low, middle, high = np.percentile(said[year - first_year], [LOW, 50, HIGH])
        rows.append(
            Year(
                year=year,
                happened=happened[year],
                said=float(middle),
                low=float(low),
                high=float(high),
            )
        )
    start = happened[first_year]
    stays = [abs(start - happened[y]) / happened[y] for y in later]
    return BackTest(
        measure=measure,
        years=tuple(rows),
        mean_error_share=float(np.mean([abs(y.error_share) for y in rows])),
        no_change_error_share=float(np.mean(stays)),
        inside_range=sum(y.low <= y.happened <= y.high for y in rows),
    )
