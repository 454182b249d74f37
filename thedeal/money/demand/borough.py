"""The borough's adults at the start: by neighbourhood, sex, age band and state.

Arrays have the shape (neighbourhoods, sexes, bands, states). Counts may be fractions:
the model follows expected numbers. Must never lose or make a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from thedeal.money.demand.rates import Array
from thedeal.money.demand.states import DemandError, State
from thedeal.money.parameters import Parameter

SEXES = ("female", "male")


@dataclass(frozen=True, kw_only=True, eq=False)
class Borough:
    """Who lives here now, who turns 18 each year, how long an age band is."""

    neighbourhoods: tuple[str, ...]
    bands: tuple[str, ...]
    band_years: tuple[float, ...]  # how many years of age each spans; the last: inf
    people: Array  # (neighbourhoods, sexes, bands, states)
    entrants: Array  # (neighbourhoods, sexes, states): adults joining each year
    stands_on: tuple[Parameter, ...] = ()  # the figures it was made of

    def __post_init__(self) -> None:
        places, bands = len(self.neighbourhoods), len(self.bands)
        if self.people.shape != (places, len(SEXES), bands, len(State)):
            raise DemandError("The people do not line up with neighbourhoods and ages.")
        if self.entrants.shape != (places, len(SEXES), len(State)):
            raise DemandError("Those turning 18 do not line up with neighbourhoods.")
        for counts in (self.people, self.entrants):
            if not np.isfinite(counts).all() or (counts < 0).any():
                raise DemandError("A count of people is missing or less than nothing.")
        if len(self.band_years) != bands or min(self.band_years) <= 0:
            raise DemandError("Say how many years of age each band spans.")
        if not np.isinf(self.band_years[-1]):
            raise DemandError("The oldest band must run for ever.")

    @property
    def growing_older(self) -> Array:
        """Give the share of each band that moves to the next in a year.

        One in so many years of the band: as if ages inside it were even. That hurries
        or slows a bulge, and is among the things the report owns up to.
        """
        return np.array([1 / years for years in self.band_years])


def spread_out(
    by_band: Array, *, weights: Sequence[float], female_share: float
) -> Array:
    """Share a borough's (bands, states) counts by neighbourhood and sex.

    For when only borough totals are known. Totals are kept exactly; that every
    neighbourhood has the same mix is an assumption the caller must print.
    """
    if min(weights) < 0 or sum(weights) <= 0 or not 0 <= female_share <= 1:
        raise DemandError("Weights are at least 0 and a share lies between 0 and 1.")
    places = np.array(weights) / sum(weights)
    sexes = np.array([female_share, 1 - female_share])
    shared: Array = np.einsum("n,s,bk->nsbk", places, sexes, by_band)
    return shared
