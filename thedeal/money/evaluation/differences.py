"""Difference in differences between matched people, with honest errors.

The change of those who took part less the change of those like them, by least squares
with what was known before as controls (so what imbalance the matching left is allowed
for), standard errors clustered by matched pair (Abadie and Spiess 2022) or by a larger
group such as a neighbourhood when one is given and there are enough of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thedeal.money.evaluation.matching import Matched
from thedeal.money.evaluation.people import EvaluationError, Numbers, People

ROUNDING = 1e-9
LEAST_CLUSTERS = 20  # fewer, and clustered errors are too small to trust


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """An effect with its 95% interval, in the measure's own unit."""

    effect: float
    low: float
    high: float
    p_value: float
    pairs: int
    errors: str  # how the standard errors were made

    @property
    def could_be_nothing(self) -> bool:
        """Say whether the interval holds nought."""
        return self.low <= 0 <= self.high


def difference_in_differences(
    matched: Matched, *, alpha: float, clusters: Sequence[str] | None = None
) -> Estimate:
    """Estimate the effect on those who took part.

    ``clusters`` gives a larger group for each pair, by the person who took part.
    """
    pairs = len(matched.ours.keys)
    if pairs < 2:
        raise EvaluationError("Two pairs of people at least are needed.")
    change = np.concatenate([matched.ours.change, matched.theirs.change])
    took_part = np.repeat([1.0, 0.0], pairs)
    controls = _controls(matched.ours, matched.theirs)
    table = np.column_stack([np.ones(2 * pairs), took_part, controls])
    groups, errors = _groups(pairs, clusters)
    import statsmodels.api as sm  # slow to load, seldom needed

    fit = sm.OLS(change, table).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    low, high = fit.conf_int(alpha=alpha)[1]
    return Estimate(
        effect=float(fit.params[1]),
        low=float(low),
        high=float(high),
        p_value=float(fit.pvalues[1]),
        pairs=pairs,
        errors=errors,
    )


def _controls(ours: People, theirs: People) -> Numbers:
    known = np.vstack(
        [
            np.column_stack([ours.before, ours.traits]),
            np.column_stack([theirs.before, theirs.traits]),
        ]
    )
    spread = known.std(axis=0)
    # a trait that all the pairs share says nothing, but for rounding
    varied = spread > ROUNDING * np.maximum(1, np.abs(known).max(axis=0))
    level: Numbers = (known[:, varied] - known[:, varied].mean(axis=0)) / spread[varied]
    return level


def _groups(pairs: int, clusters: Sequence[str] | None) -> tuple[Numbers, str]:
    if clusters is not None and len(clusters) != pairs:
        raise EvaluationError("Give one larger group for each pair.")
    if clusters is not None and len(set(clusters)) >= LEAST_CLUSTERS:
        numbers = np.unique(np.array(clusters), return_inverse=True)[1]
        return np.tile(numbers, 2), "clustered by larger group"
    return np.tile(np.arange(pairs), 2), "clustered by matched pair"
