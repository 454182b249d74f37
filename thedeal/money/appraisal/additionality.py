"""What would not have happened anyway: gross effect down to net.

net = gross x (1 - deadweight) x (1 - displacement) x (1 - leakage)
      x (1 - substitution)

The shares are parameters with ranges; this module must never hold one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from thedeal.money.parameters import Draws, Parameter, ParameterError

PARTS = ("deadweight", "displacement", "leakage", "substitution")


@dataclass(frozen=True, kw_only=True)
class Additionality:
    """The four shares, each between 0 and 1, that come off a gross effect."""

    shares: tuple[Parameter, ...]

    def __post_init__(self) -> None:
        for share in self.shares:
            low, high = share.span
            if low < 0 or high > 1:
                raise ParameterError(f"{share.key}: a share lies between 0 and 1.")

    def net_factor(self, values: Mapping[str, Draws]) -> Draws | float:
        """Multiply what is left after each share; no unit, one a draw (1 if none)."""
        factor: Draws | float = 1.0
        for share in self.shares:
            factor = factor * (1 - values[share.key])
        return factor


def net_of(gross: float, **shares: float) -> float:
    """Give the net of one gross figure from plain shares (for a pencil)."""
    for name, share in shares.items():
        if name not in PARTS or not 0 <= share <= 1:
            raise ParameterError(f"{name}: a share between 0 and 1, of {PARTS}.")
        gross *= 1 - share
    return gross
