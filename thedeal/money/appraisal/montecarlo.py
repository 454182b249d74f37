"""Low, central and high: the case worked out again and again with a fixed seed.

Central is the case at every parameter's central value, not a mean of draws. Low and
high are the 5th and 95th of a hundred draws in order. The same seed gives the same
answer on every machine, whatever order the lines are in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thedeal.money.parameters import Draws, Parameter, ParameterError

LOW_PERCENTILE, HIGH_PERCENTILE = 5.0, 95.0
MOST_DRAWS = 200_000


@dataclass(frozen=True, kw_only=True)
class Range:
    """A figure with its range; ``low`` is always the smaller number."""

    central: float
    low: float
    high: float
    unit: str


def central_values(parameters: Sequence[Parameter]) -> dict[str, Draws]:
    """Give each parameter's central value as one draw."""
    return {p.key: np.array([p.value]) for p in parameters}


def drawn_values(
    parameters: Sequence[Parameter], *, seed: int, draws: int
) -> dict[str, Draws]:
    """Give each parameter's draws, each from its own stream of the seed."""
    if not 1 <= draws <= MOST_DRAWS:
        raise ParameterError(f"Ask for between 1 and {MOST_DRAWS:,} draws.")
    return {p.key: p.draws(seed=seed, count=draws) for p in parameters}


def ranged(central: Draws | float, drawn: Draws | float, *, unit: str) -> Range:
    """Give a figure's range from its central value and its draws.

    The central value of a skewed case can fall outside the middle nine tenths; the
    range is then stretched to hold it, so that no page shows a figure outside its
    own range.
    """
    middle = float(np.ravel(central)[0])
    low, high = np.percentile(np.ravel(drawn), [LOW_PERCENTILE, HIGH_PERCENTILE])
    return Range(
        central=middle,
        low=min(float(low), middle),
        high=max(float(high), middle),
        unit=unit,
    )
