"""Optimism bias: people hope, so sums are corrected for hope by an evidence ladder.

Benefits come down and costs go up by the grade of the worst evidence behind them.
Capital costs take the published upper bound less what has been mitigated. Every
percentage is in ``definitions/money/optimism.yaml``; this module holds none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thedeal.money.parameters import ParameterError, number


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """What each grade (1 best to 6 worst) takes off benefits and adds to costs."""

    key: str
    title: str
    benefit_off: Mapping[int, float]
    cost_on: Mapping[int, float]
    status: str

    def benefit_factor(self, grade: int) -> float:
        """Give what a benefit of that grade is multiplied by, at most 1."""
        return 1 - self._rung(self.benefit_off, grade)

    def cost_factor(self, grade: int) -> float:
        """Give what a cost of that grade is multiplied by, at least 1."""
        return 1 + self._rung(self.cost_on, grade)

    def _rung(self, rungs: Mapping[int, float], grade: int) -> float:
        if grade not in rungs:
            raise ParameterError(
                f"{self.title} has no grade {grade}; it has {sorted(rungs)}."
            )
        return rungs[grade]


def read_ladder(key: str, *, title: str, table: Any, status: str) -> Ladder:
    """Read a ladder; raise if a rung is missing or a worse grade corrects less."""
    rungs = {int(row["grade"]): row for row in table}
    if sorted(rungs) != list(range(1, len(rungs) + 1)):
        raise ParameterError(f"{title}: a rung of the ladder is missing.")
    off = {g: number(r["benefit_off"], what=title) for g, r in rungs.items()}
    on = {g: number(r["cost_on"], what=title) for g, r in rungs.items()}
    for steps in (off, on):
        in_order = [steps[grade] for grade in sorted(steps)]
        if in_order != sorted(in_order) or not 0 <= in_order[0] <= in_order[-1] < 1:
            raise ParameterError(f"{title}: a worse grade must not correct less.")
    return Ladder(key=key, title=title, benefit_off=off, cost_on=on, status=status)


def worst_grade(**grades: int) -> int:
    """Give the grade of a whole claim: that of its weakest part (people data,
    evidence of effect, age of data, known error). The cautious reading: how the
    2014 guidance joins its columns is unverified."""
    if not grades:
        raise ParameterError("Give at least one grade of evidence.")
    return max(grades.values())


def capital_factor(upper: float, *, mitigated: float) -> float:
    """Give 1 + upper x (1 - mitigated), what a capital cost is multiplied by."""
    if upper < 0 or not 0 <= mitigated <= 1:
        raise ParameterError(
            "An upper bound is at least 0 and the mitigated share is 0 to 1."
        )
    return 1 + upper * (1 - mitigated)
