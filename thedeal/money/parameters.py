"""One number that a sum stands on, with its unit, range, source and standing.

For every sum in this room: a number read from ``definitions/`` or from a case file
becomes a ``Parameter``, and carries its source and whether anybody has checked it
all the way to the page. It must never let a number lose that mark.
"""

import datetime as dt
import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thedeal.lib.definitions import Entry
from thedeal.lib.errors import UserFacingError

STATUSES = ("verified", "secondary", "unverified")
Draws = NDArray[np.float64]


class ParameterError(UserFacingError):
    """A number is missing, absurd or has no place in the sum; says which and why."""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A central value with a range; low equals high when nothing is uncertain."""

    key: str
    title: str
    value: float
    unit: str
    source: str
    status: str = "unverified"
    low: float | None = None
    high: float | None = None
    review_by: dt.date | None = None
    notes: str = ""

    def __post_init__(self) -> None:
        low, high = self.span
        if not all(math.isfinite(x) for x in (low, self.value, high)):
            raise ParameterError(f"{self.key}: give a number, not {self.value!r}.")
        if not low <= self.value <= high:
            raise ParameterError(
                f"{self.key}: the central value {self.value:g} must lie between its "
                f"low {low:g} and its high {high:g}."
            )
        if self.status not in STATUSES:
            raise ParameterError(
                f"{self.key}: status must be verified, secondary or unverified, "
                f"not {self.status!r}."
            )

    @property
    def span(self) -> tuple[float, float]:
        """Give low and high; the central value stands in where none was given."""
        low = self.value if self.low is None else self.low
        return low, self.value if self.high is None else self.high

    @property
    def is_uncertain(self) -> bool:
        """Say whether draws of it differ."""
        return self.span[0] < self.span[1]

    def is_overdue(self, today: dt.date) -> bool:
        """Say whether somebody should have looked at it again by now."""
        return self.review_by is not None and self.review_by < today

    def draws(self, *, seed: int, count: int) -> Draws:
        """Give ``count`` draws from the triangle low, central, high, in its unit.

        Each parameter has a stream of its own, seeded by its key, so the order in
        which a case lists its lines cannot change a result.
        """
        low, high = self.span
        if not self.is_uncertain:
            return np.full(count, self.value)
        stream = np.random.default_rng([seed, zlib.crc32(self.key.encode())])
        return stream.triangular(low, self.value, high, size=count)


def from_entry(entry: Entry) -> Parameter:
    """Give the parameter a definition holds; raise if its value is not a number."""
    low, high = entry.more.get("low"), entry.more.get("high")
    return Parameter(
        key=entry.key,
        title=entry.title,
        value=number(entry.value, what=entry.key),
        unit=entry.unit,
        source=source_line(entry),
        status=entry.status,
        low=None if low is None else number(low, what=f"{entry.key} low"),
        high=None if high is None else number(high, what=f"{entry.key} high"),
        review_by=entry.review_by,
        notes=entry.notes,
    )


def source_line(entry: Entry) -> str:
    """Say in one line where an entry came from."""
    if entry.source is None:
        return "no source given"
    source = entry.source
    return ", ".join(
        p for p in (source.name, source.doc or source.url, source.date) if p
    )


def number(value: Any, *, what: str) -> float:
    """Give a finite float; raise ParameterError naming ``what`` if it is not one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ParameterError(f"{what}: give a number, not {value!r}.")
    if not math.isfinite(value):
        raise ParameterError(f"{what}: give a finite number, not {value!r}.")
    return float(value)


def from_case(
    raw: Any, *, key: str, title: str, unit: str, default: float | None = None
) -> Parameter:
    """Read a number written in a case file: bare, or with its range and source.

    A bare number has no source and so counts as unverified: it is somebody's guess
    until they say otherwise. One left out takes ``default``, and says so.
    """
    if raw is None and default is not None:
        raw = {"central": default, "source": f"left out, so taken as {default:g}"}
    if not isinstance(raw, Mapping):
        raw = {"central": raw}
    allowed = {"low", "central", "high", "source", "status", "notes"}
    strange = sorted(set(raw) - allowed)
    if strange:
        raise ParameterError(f"{key}: unknown words {', '.join(map(str, strange))}.")
    if raw.get("status") == "verified" and not raw.get("source"):
        raise ParameterError(f"{key}: a verified number must name its source.")
    ends = {
        end: number(raw[end], what=f"{key} {end}")
        for end in ("low", "high")
        if end in raw
    }
    return Parameter(
        key=key,
        title=title,
        value=number(raw.get("central"), what=key),
        unit=unit,
        source=str(raw.get("source", "the author of this case")),
        status=str(raw.get("status", "unverified")),
        notes=str(raw.get("notes", "")),
        low=ends.get("low"),
        high=ends.get("high"),
    )


def unsettled(parameters: Iterable[Parameter], *, today: dt.date) -> list[str]:
    """Give one sentence for each parameter nobody has verified or that is overdue."""
    said = []
    for each in sorted(parameters, key=lambda p: p.key):
        if each.status == "unverified":
            said.append(f"UNVERIFIED: {each.title} ({each.key}); {each.source}.")
        if each.is_overdue(today):
            said.append(f"PAST ITS REVIEW DATE ({each.review_by}): {each.title}.")
    return said
