"""Finding for each person who took part somebody like them who did not.

By propensity: the chance of taking part given what was known before (logistic
regression), nearest first, each comparison person used once, none further than the
caliper of 0.2 standard deviations of the logit (Austin 2011). Or exactly, by what two
people must share. Balance is shown as standardised mean differences, on the spread
before matching. Must never look at anyone's later reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from thedeal.money.evaluation.people import EvaluationError, Numbers, People

Rows = NDArray[np.intp]
Method = Literal["propensity", "exact"]
CALIPER_SDS = 0.2
ALIKE, TOO_DIFFERENT = 0.1, 0.25  # usual bounds of a standardised mean difference


@dataclass(frozen=True, kw_only=True, eq=False)
class Matched:
    """Pairs: row i of ``ours`` stands beside row i of ``theirs``."""

    ours: People
    theirs: People
    unmatched: int
    method: Method
    balance_before: Mapping[str, float]
    balance_after: Mapping[str, float]

    @property
    def worst_balance(self) -> float:
        """Give the largest standardised difference left, without its sign."""
        return max((abs(d) for d in self.balance_after.values()), default=0.0)

    @property
    def is_balanced(self) -> bool:
        """Say whether the two groups began alike enough to compare."""
        return self.worst_balance <= TOO_DIFFERENT


def match(people: People, *, method: Method = "propensity") -> Matched:
    """Pair everyone who can be paired; raise if one side has nobody."""
    seen = people.with_both_readings()
    treated: Rows = np.flatnonzero(seen.took_part)
    others: Rows = np.flatnonzero(~seen.took_part)
    if not len(treated) or not len(others):
        raise EvaluationError("There is nobody to compare, or nobody to compare with.")
    known = _known_before(seen)
    place, caliper = _places(known, seen, method=method)
    pairs = _nearest(seen, place, treated=treated, others=others, caliper=caliper)
    ours = seen.chosen(np.array([a for a, _ in pairs], int))
    theirs = seen.chosen(np.array([b for _, b in pairs], int))
    names = ("before", *seen.trait_names)
    spread = _spread(known[treated], known[others])
    return Matched(
        ours=ours,
        theirs=theirs,
        unmatched=len(treated) - len(pairs),
        method=method,
        balance_before=_balance(known[treated], known[others], spread, names),
        balance_after=_balance(
            _known_before(ours), _known_before(theirs), spread, names
        )
        if pairs
        else {},
    )


def _known_before(people: People) -> Numbers:
    return np.column_stack([people.before, people.traits])


def _places(known: Numbers, seen: People, *, method: Method) -> tuple[Numbers, float]:
    """Give where each person stands on the line they are matched along."""
    if method == "exact":
        return seen.before, np.inf
    scores = propensity_logit(known, seen)
    return scores, CALIPER_SDS * float(scores.std())


def propensity_logit(known: Numbers, seen: People) -> Numbers:
    """Give the logit of each person's chance of taking part, given what was known.

    Columns are standardised first, so units are immaterial; the light ridge (C = 10)
    keeps the fit finite when a trait separates the groups.
    """
    spread = known.std(axis=0)
    level = (known - known.mean(axis=0)) / np.where(spread > 0, spread, 1)
    # here because it is slow to load, and most starts never need it
    from sklearn.linear_model import LogisticRegression

    fit = LogisticRegression(C=10, max_iter=500).fit(level, seen.took_part)
    return np.asarray(fit.decision_function(level), dtype=np.float64)


def _nearest(
    seen: People, place: Numbers, *, treated: Rows, others: Rows, caliper: float
) -> list[tuple[int, int]]:
    """Pair greedily, those hardest to match first; ties go by key."""
    free = np.ones(len(others), dtype=bool)
    groups = [seen.same[i] for i in others]
    pairs = []
    for one in sorted(treated, key=lambda i: (-place[i], seen.keys[i])):
        alike = np.array([group == seen.same[one] for group in groups])
        gap = np.where(free & alike, np.abs(place[others] - place[one]), np.inf)
        at = int(np.argmin(gap))
        if np.isfinite(gap[at]) and gap[at] <= caliper:
            free[at] = False
            pairs.append((int(one), int(others[at])))
    return pairs


def _spread(ours: Numbers, theirs: Numbers) -> Numbers:
    spread = np.sqrt((ours.var(axis=0) + theirs.var(axis=0)) / 2)
    return np.where(spread > 0, spread, 1)


def _balance(
    ours: Numbers, theirs: Numbers, spread: Numbers, names: tuple[str, ...]
) -> dict[str, float]:
    gaps = (ours.mean(axis=0) - theirs.mean(axis=0)) / spread
    return dict(zip(names, map(float, gaps), strict=True))
