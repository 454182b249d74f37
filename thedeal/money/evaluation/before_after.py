"""Before and after, with how much of the change would have come by itself.

People are met when things are bad, and things that are bad by chance get better by
chance. If two readings of the same unchanged person correlate by r, a group that
starts d away from the whole borough's mean is expected to come back (1 - r) d by
itself: regression to the mean (Galton 1886). The figure is grade 1 evidence whatever
it says, and must never be shown without the part that was expected.
"""

from dataclasses import dataclass

import numpy as np

from thedeal.money.evaluation.enough import Rules, too_few_pairs
from thedeal.money.evaluation.grade import Design, maryland
from thedeal.money.evaluation.people import Numbers, People
from thedeal.money.parameters import Parameter, ParameterError


@dataclass(frozen=True, kw_only=True)
class Everyone:
    """What is known of the measure in the whole borough, each with its source."""

    mean: Parameter
    repeat_correlation: Parameter  # of two readings of people who did not change

    def __post_init__(self) -> None:
        low, high = self.repeat_correlation.span
        if not 0 <= low <= high <= 1:
            raise ParameterError(
                "The correlation of two readings lies between 0 and 1."
            )


@dataclass(frozen=True, kw_only=True)
class BeforeAfter:
    """What changed, what was expected to change by itself, and what is left."""

    count: int
    missing: int
    before: float
    after: float
    change: float
    low: float  # 95% interval of the change
    high: float
    expected_by_itself: float
    expected_low: float
    expected_high: float
    beyond_expected: float
    unit: str
    grade: int
    explained: str


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """Nothing is shown, and why."""

    reasons: tuple[str, ...]


def before_and_after(
    people: People, *, everyone: Everyone, unit: str, rules: Rules | None = None
) -> BeforeAfter | Withheld:
    """Give the change of those who took part, or why nothing is shown."""
    rules = rules or Rules()
    ours = people.chosen(np.flatnonzero(people.took_part))
    seen = ours.with_both_readings()
    count = len(seen.keys)
    why_not = too_few_pairs(count, rules=rules)
    if why_not:
        return Withheld(reasons=tuple(why_not))
    start, change = float(seen.before.mean()), float(seen.change.mean())
    low, high = interval(seen.change, alpha=rules.alpha)
    drifts = by_itself(start, everyone=everyone)
    return BeforeAfter(
        count=count,
        missing=len(ours.keys) - count,
        before=start,
        after=float(seen.after.mean()),
        change=change,
        low=low,
        high=high,
        expected_by_itself=drifts[0],
        expected_low=min(drifts),
        expected_high=max(drifts),
        beyond_expected=change - drifts[0],
        unit=unit,
        grade=maryland(Design(has_before=True, has_after=True)),
        explained=_words(start, change, drifts[0], everyone=everyone, unit=unit),
    )


def interval(values: Numbers, *, alpha: float) -> tuple[float, float]:
    """Give the t interval of a mean, in the values' unit."""
    from scipy import stats  # slow to load, seldom needed

    mean, error = float(values.mean()), float(stats.sem(values))
    reach = float(stats.t.ppf(1 - alpha / 2, len(values) - 1)) * error
    return mean - reach, mean + reach


def by_itself(start: float, *, everyone: Everyone) -> list[float]:
    """Give the change expected by itself: central, then at each corner of the ranges."""
    means, ties = everyone.mean, everyone.repeat_correlation
    central = (1 - ties.value) * (means.value - start)
    corners = [(1 - r) * (m - start) for r in ties.span for m in means.span]
    return [central, *corners]


def _words(
    start: float, change: float, drift: float, *, everyone: Everyone, unit: str
) -> str:
    standing = [p.status for p in (everyone.mean, everyone.repeat_correlation)]
    doubt = " Part of that sum is unverified." if "unverified" in standing else ""
    return (
        f"They began at {start:.2f} {unit}, where everyone's mean is "
        f"{everyone.mean.value:.2f}. People met at a low or high point drift back: about "
        f"{drift:+.2f} of the {change:+.2f} was expected with no help at all. Without "
        f"people to compare with we cannot say what caused the rest.{doubt}"
    )
