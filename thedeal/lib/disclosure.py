"""Small numbers are hidden here, once, at the way out, and nowhere else.

Rule (NHS England's for hospital data, measured in ADR 0006): 0 is shown, 1 to 7
is "*", everything else, totals too, is rounded to the nearest 5 on its own, so
that subtracting cells from a total recovers 0.08 % of hidden cells instead of
38.6 %. Shares come from rounded counts. Means need 8 people; sums of money need
10, with no one person more than half. Only ``publishing`` may call this module.
"""

from collections.abc import Sequence
from dataclasses import dataclass

HIDDEN = "*"
SMALLEST_SHOWN = 8
ROUND_TO = 5
PEOPLE_FOR_A_MEAN = 8
PEOPLE_FOR_MONEY = 10
LARGEST_SHARE = 0.5


@dataclass(frozen=True)
class Count:
    """A count of people as the public may see it; ``people`` is None if hidden."""

    people: int | None

    def __str__(self) -> str:
        """Give the text to print: "*" or the rounded count with thousands."""
        return HIDDEN if self.people is None else f"{self.people:,}"


def count(people: int) -> Count:
    """Give a count of people fit to publish; raise ValueError below 0."""
    if people < 0:
        raise ValueError("A count of people cannot be below 0.")
    if 0 < people < SMALLEST_SHOWN:
        return Count(None)
    return Count(ROUND_TO * ((people + ROUND_TO // 2) // ROUND_TO))


def counts(cells: Sequence[int]) -> tuple[list[Count], Count]:
    """Give each cell and their total, each rounded on its own."""
    return [count(cell) for cell in cells], count(sum(cells))


def share(part: int, whole: int) -> float | None:
    """Give part ÷ whole from the published counts, or None where one is hidden."""
    shown_part, shown_whole = count(part).people, count(whole).people
    if shown_part is None or not shown_whole:
        return None
    return min(1.0, shown_part / shown_whole)


def mean(values: Sequence[float], *, decimals: int = 1) -> float | None:
    """Give the mean of one value per person, or None under eight people."""
    if len(values) < PEOPLE_FOR_A_MEAN:
        return None
    return round(sum(values) / len(values), decimals)


def money(pounds_each: Sequence[float], *, nearest: int = 100) -> int | None:
    """Give a sum over people in pounds, or None where it could tell on one.

    Hidden under ten people, and where one person is more than half of it.
    """
    total = sum(pounds_each)
    if len(pounds_each) < PEOPLE_FOR_MONEY or not total:
        return None
    if max(abs(each) for each in pounds_each) > LARGEST_SHARE * abs(total):
        return None
    return int(nearest * round(total / nearest))
