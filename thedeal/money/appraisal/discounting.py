"""Discounting by a dated schedule of rates.

A pound next year is worth less than a pound now, by a rate the Treasury publishes
in bands of years. The bands are data (``definitions/money/discount_rates.yaml``);
this module must never hold a rate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from thedeal.lib.errors import UserFacingError


class RateTableError(UserFacingError):
    """A schedule of rates has a hole, an overlap or an absurd rate."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """One rate, for the years from ``first_year`` to ``last_year`` (None: for ever)."""

    first_year: int
    last_year: int | None
    rate: float


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Bands that together cover every year from 0, in order, without a hole."""

    name: str
    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        expected: int | None = 0
        for band in self.bands:
            self._check_band(band, expected)
            expected = None if band.last_year is None else band.last_year + 1
        if expected is not None:
            raise RateTableError(
                f"{self.name}: the rates stop at year {expected - 1}. "
                "Leave the last band's end empty so that it runs for ever."
            )

    def _check_band(self, band: Band, expected: int | None) -> None:
        if band.first_year != expected:
            after = "nothing" if expected is None else f"year {expected}"
            raise RateTableError(
                f"{self.name}: the rates have a hole or an overlap. The band from year "
                f"{band.first_year} should start at {after}."
            )
        if not 0 <= band.rate < 1:
            raise RateTableError(
                f"{self.name}: a yearly rate is a fraction such as 0.035, "
                f"not {band.rate}."
            )

    def factors(self, years: int) -> NDArray[np.float64]:
        """Give the factor for each of years 0 to ``years - 1``; year 0 is 1.

        The factor of year t is the product of 1/(1+rate) over years 1 to t, each at
        its own band's rate, so it steps down through the bands without a jump
        (Green Book, discounting). Shape (years,), no unit.
        """
        yearly = np.ones(years)
        for band in self.bands:
            last = years if band.last_year is None else band.last_year + 1
            yearly[max(band.first_year, 1) : last] = 1 / (1 + band.rate)
        return np.cumprod(yearly, dtype=np.float64)

    def present_value(self, amounts: ArrayLike) -> Any:
        """Give the present value of amounts by year along the last axis, in pounds.

        A flat list gives one number; draws by years gives one number a draw.
        """
        by_year = np.asarray(amounts, dtype=float)
        return by_year @ self.factors(by_year.shape[-1])

    def annuity(self, years: int) -> float:
        """Give the present value of 1 a year for ``years`` years from year 1."""
        return float(self.factors(years + 1)[1:].sum())


def read_schedule(name: str, table: Sequence[dict[str, Any]]) -> Schedule:
    """Read a definition's table of bands; raise RateTableError if it has a hole."""
    try:
        bands = tuple(
            Band(
                first_year=int(row["from_year"]),
                last_year=None if row["to_year"] is None else int(row["to_year"]),
                rate=float(row["rate"]),
            )
            for row in table
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RateTableError(
            f"{name}: each band needs from_year, to_year and rate ({error})."
        ) from error
    return Schedule(name=name, bands=bands)
