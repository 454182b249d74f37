"""Yearly rates of moving, by age band, each with a range, a source and a standing.

Rates come from ``definitions/money/demand_rates.yaml``; this module must never hold
one. Draws of one move's bands go up and down together: what makes one age's guess too
high makes the others' too high, and drawing them apart would make totals look surer
than they are.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thedeal.lib.definitions import Entry
from thedeal.money.demand.states import MOVES, DemandError, State, read_move
from thedeal.money.parameters import Draws, Parameter, number, source_line

Array = NDArray[np.float64]
PREFIX = "money/demand_rates."
UNIT = "chance in a year"
SURE = 1 - 1e-12  # a chance of one in a year would be an endless hazard


@dataclass(frozen=True, kw_only=True)
class Rates:
    """The chance of each move in each age band, were it the only move possible."""

    bands: tuple[str, ...]
    moves: Mapping[tuple[State, State], tuple[Parameter, ...]]  # one a band

    def __post_init__(self) -> None:
        missing = sorted(
            f"{a.name} to {b.name}".lower() for a, b in MOVES - set(self.moves)
        )
        if missing:
            raise DemandError(f"The rates have a hole: {', '.join(missing)}.")
        for by_band in self.moves.values():
            if len(by_band) != len(self.bands):
                raise DemandError(f"{by_band[0].key}: give one rate for each age band.")
            if any(p.span[0] < 0 or p.span[1] > 1 for p in by_band):
                raise DemandError(f"{by_band[0].key}: a chance lies between 0 and 1.")

    def parameters(self) -> list[Parameter]:
        """Give every rate, in a settled order."""
        return [p for move in sorted(self.moves) for p in self.moves[move]]

    def hazards(self, *, seed: int, draws: int) -> Array:
        """Give hazards of shape (draws, bands, from, to), per year.

        A chance p of one move alone is a hazard of -log(1 - p), so hazards may be
        multiplied by a lever and still give chances below one.
        """
        hazard = np.zeros((draws, len(self.bands), len(State), len(State)))
        for (first, second), by_band in self.moves.items():
            stream = np.random.default_rng(
                [seed, zlib.crc32(_family(by_band).encode())]
            )
            level = stream.random(draws)
            for band, rate in enumerate(by_band):
                chance = triangle(level, rate) if draws > 1 else np.array([rate.value])
                hazard[:, band, first, second] = -np.log1p(-np.minimum(chance, SURE))
        return hazard


def triangle(level: Draws, parameter: Parameter) -> Draws:
    """Give the values at these levels (0 to 1) of the triangle low, central, high."""
    low, high = parameter.span
    if low == high:
        return np.full_like(level, parameter.value)
    turn = (parameter.value - low) / (high - low)
    rising = low + np.sqrt(level * (high - low) * (parameter.value - low))
    falling = high - np.sqrt((1 - level) * (high - low) * (high - parameter.value))
    return np.where(level < turn, rising, falling)


def _family(by_band: Sequence[Parameter]) -> str:
    return by_band[0].key.rpartition(".")[0]


def read_rates(entries: Mapping[str, Entry], *, bands: Sequence[str]) -> Rates:
    """Read every move's table; raise DemandError on a hole or an unknown move."""
    moves = {}
    for key, entry in entries.items():
        if key.startswith(PREFIX):
            move = read_move(str(entry.more.get("move", "")))
            moves[move] = tuple(_rate(entry, band) for band in bands)
    return Rates(bands=tuple(bands), moves=moves)


def _rate(entry: Entry, band: str) -> Parameter:
    spread: Any = (entry.table or {}).get(band)
    if not isinstance(spread, list) or len(spread) != 3:
        raise DemandError(
            f"{entry.key} has a hole: give low, central, high for {band}."
        )
    low, central, high = (number(x, what=f"{entry.key} {band}") for x in spread)
    return Parameter(
        key=f"{entry.key}.{band}",
        title=f"{entry.title}, {band}",
        value=central,
        low=low,
        high=high,
        unit=UNIT,
        source=source_line(entry),
        status=entry.status,
        review_by=entry.review_by,
        notes=entry.notes,
    )


def transition(hazard: Array) -> Array:
    """Give the chances of a year's moves from hazards; each row adds up to one.

    With hazards h_j out of a state the chance of leaving is 1 - exp(-sum h), shared
    out as h_j / sum h: competing risks, at most one move a year.
    """
    out = hazard.sum(axis=-1, keepdims=True)
    leaving = -np.expm1(-out)
    share = np.divide(leaving, out, out=np.zeros_like(out), where=out > 0)
    chance: Array = hazard * share
    index = np.arange(len(State))
    chance[..., index, index] = 1 - leaving[..., 0]
    return chance
