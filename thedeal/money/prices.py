"""Putting pounds of different years on one price base.

By a deflator from ``definitions/money/deflators.yaml`` (calendar years). A financial
year's index is three quarters of its first calendar year and one quarter of its
second, because that is when its months fall. Must never guess a year that is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from thedeal.lib.errors import UserFacingError

MONTHS_IN_FIRST_CALENDAR_YEAR = 9 / 12  # April to December


class PriceBaseError(UserFacingError):
    """A price base is not a year we have an index for."""


@dataclass(frozen=True, kw_only=True)
class Deflator:
    """An index of prices by calendar year; only its ratios matter."""

    title: str
    index: Mapping[int, float]

    def __post_init__(self) -> None:
        years = sorted(self.index)
        if not years or years != list(range(years[0], years[-1] + 1)):
            raise PriceBaseError(f"{self.title} has a hole in its years.")
        if min(self.index.values()) <= 0:
            raise PriceBaseError(f"{self.title} has an index of zero or less.")

    def of(self, base: str | int) -> float:
        """Give the index of a price base: 2019, or the financial year "2013/14"."""
        if isinstance(base, int):
            return self._calendar(base)
        if "/" not in base and "-" not in base:
            return self._calendar(int(base)) if base.isdigit() else self._refuse(base)
        first = first_year(base)
        weight = MONTHS_IN_FIRST_CALENDAR_YEAR
        return weight * self._calendar(first) + (1 - weight) * self._calendar(first + 1)

    def rebase(self, pounds: float, *, base: str | int, to: str | int) -> float:
        """Give what ``pounds`` at one price base is at another."""
        return pounds if base == to else pounds * self.of(to) / self.of(base)

    def _calendar(self, year: int) -> float:
        return self.index[year] if year in self.index else self._refuse(year)

    def _refuse(self, base: str | int) -> float:
        years = sorted(self.index)
        raise PriceBaseError(
            f"There is no price index for {base}; {self.title} runs from {years[0]} "
            f"to {years[-1]}."
        )


def first_year(financial_year: str) -> int:
    """Give 2013 for "2013/14" or "2013-14"; raise if it is not a financial year."""
    first, _, second = financial_year.replace("-", "/").partition("/")
    is_pair = len(first) == 4 and first.isdigit() and second.isdigit()
    if not is_pair or int(second) % 100 != (int(first) + 1) % 100:
        raise PriceBaseError(
            f"{financial_year!r} is not a financial year. Write it as 2013/14."
        )
    return int(first)
