"""Residents' own choices for closing the gap: what each does, with its range.

From ``definitions/money/choices.yaml``. Effects on need stand beside effects on the
budget, because cutting what keeps people well is no saving. Works on definitions
alone; must never tell anybody that their choice is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from thedeal.lib import definitions
from thedeal.lib.definitions import Entry
from thedeal.money.parameters import source_line

PREFIX = "money/choices."


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice. ``pounds`` closes the gap a year; ``people`` is how many more (or,
    below nought, fewer) would have home care after three years."""

    key: str
    title: str
    now: str  # what is spent or done now
    pounds: tuple[float, float, float]
    people: tuple[float, float, float]
    source: str
    status: str


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What the choices come to, from all at their lowest to all at their highest."""

    pounds: tuple[float, float, float]
    people: tuple[float, float, float]
    unverified: int


def options() -> list[Option]:
    """Give every choice offered, in the file's order."""
    return [_option(entry) for entry in definitions.within(PREFIX)]


def add_up(chosen: Sequence[Option]) -> Sum:
    """Add the choices up, low with low and high with high."""
    return Sum(
        pounds=_added([o.pounds for o in chosen]),
        people=_added([o.people for o in chosen]),
        unverified=sum(o.status != "verified" for o in chosen),
    )


def _added(
    spreads: Sequence[tuple[float, float, float]],
) -> tuple[float, float, float]:
    low, central, high = (
        (sum(column) for column in zip(*spreads, strict=True))
        if (spreads)
        else (0.0, 0.0, 0.0)
    )
    return low, central, high


def _option(entry: Entry) -> Option:
    return Option(
        key=entry.key.removeprefix(PREFIX),
        title=entry.title,
        now=str(entry.more["now"]),
        pounds=_spread(entry.more["pounds"]),
        people=_spread(entry.more["people"]),
        source=source_line(entry),
        status=entry.status,
    )


def _spread(values: Any) -> tuple[float, float, float]:
    low, central, high = (float(value) for value in values)
    return low, central, high
