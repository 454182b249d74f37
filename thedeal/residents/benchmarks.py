"""What the whole country answers, to stand beside many people's answers; never one's.

Levels differ from survey to survey: each mean carries its own survey's name, and none
is ever given for another survey.
"""

from dataclasses import dataclass

from thedeal.lib import definitions

UK = "measures/benchmarks.ons4_uk"


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """One mean of the country: of which survey, where, in the year to which March."""

    mean: float
    survey: str
    area: str
    year: int


def newest(part: str) -> Benchmark | None:
    """Give the country's newest mean of one ONS4 question; None for anything else.

    >>> newest("happy").mean
    7.39
    """
    table = definitions.get(UK).table
    year = max(table["years"])
    mean = table["years"][year].get(part)
    if mean is None:
        return None
    return Benchmark(mean=mean, survey=table["survey"], area=table["area"], year=year)
