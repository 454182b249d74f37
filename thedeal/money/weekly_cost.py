"""What a person's paid support costs a week: gross, net, and over time.

    net = gross - the person's own contribution - health's share

Works on plain records of packages, exactly, to the penny. Must never say whether a
fall is a saving: that is ``savings``, which asks why it fell and what the person says.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from thedeal.lib.errors import UserFacingError
from thedeal.money.pounds import PENNY, write_pounds
from thedeal.money.prices import Deflator

MOST_WEEKLY = Decimal(25_000)  # dearer than any package we know of: a slip of the hand
DAYS_IN_WEEK = 7


class PackageError(UserFacingError):
    """A package cannot be right; the sentence says what to mend."""


@dataclass(frozen=True, kw_only=True)
class Package:
    """One kind of paid support for one person between two dates, both included."""

    reference: str
    person: str
    kind: str
    gross_weekly: Decimal
    starts_on: dt.date
    ends_on: dt.date | None = None
    contribution_weekly: Decimal = Decimal(0)
    health_weekly: Decimal = Decimal(0)
    price_base: str = ""

    def __post_init__(self) -> None:
        for wrong in problems(self):
            raise PackageError(wrong)

    @property
    def net_weekly(self) -> Decimal:
        """Give what the council itself pays a week."""
        return self.gross_weekly - self.contribution_weekly - self.health_weekly

    def days_within(self, starts_on: dt.date, ends_on: dt.date) -> int:
        """Count the days of a period on which it runs, both ends included."""
        first = max(self.starts_on, starts_on)
        last = ends_on if self.ends_on is None else min(self.ends_on, ends_on)
        return max((last - first).days + 1, 0)


def problems(package: Package) -> list[str]:
    """Give a sentence for each thing that cannot be right about a package."""
    said = []
    parts = {
        "gross weekly cost": package.gross_weekly,
        "person's contribution": package.contribution_weekly,
        "health's share": package.health_weekly,
    }
    for name, pounds in parts.items():
        if not pounds.is_finite() or pounds < 0:
            said.append(f"The {name} is {pounds}; it must be nothing or more.")
        elif pounds > MOST_WEEKLY:
            said.append(
                f"The {name} is {write_pounds(pounds)} a week. Check it: is that a year?"
            )
    if not said and package.net_weekly < 0:
        said.append("The contribution and health's share come to more than the cost.")
    if package.ends_on is not None and package.ends_on < package.starts_on:
        said.append(f"It ends on {package.ends_on}, before it starts.")
    return said


def overlaps(packages: Iterable[Package]) -> list[tuple[Package, Package, str]]:
    """Give each pair of one person's packages of the same kind that share a day.

    Different kinds may run side by side (home care and a day centre). The sentence
    names both and the first day they share.
    """
    groups: dict[tuple[str, str], list[Package]] = {}
    for package in packages:
        groups.setdefault((package.person, package.kind), []).append(package)
    found = []
    for group in groups.values():
        for one, other in combinations(sorted(group, key=lambda p: p.starts_on), 2):
            if one.ends_on is None or other.starts_on <= one.ends_on:
                found.append((one, other, _overlap_words(one, other)))
    return found


def _overlap_words(one: Package, other: Package) -> str:
    until = "has no end" if one.ends_on is None else f"ends on {one.ends_on}"
    return (
        f"{other.reference} ({other.kind}) starts on {other.starts_on} while "
        f"{one.reference} {until}. End the first the day before, or join them."
    )


@dataclass(frozen=True, kw_only=True)
class Week:
    """What one week cost, pounds."""

    monday: dt.date
    gross: Decimal
    net: Decimal


def weekly_series(
    packages: Sequence[Package], *, starts_on: dt.date, ends_on: dt.date
) -> tuple[Week, ...]:
    """Give each week's cost from the Monday on or before ``starts_on``.

    A package that runs for part of a week counts by its days. Exact until the last
    step, where each week is rounded to the penny.
    """
    if ends_on < starts_on:
        raise PackageError("The period ends before it starts.")
    monday = starts_on - dt.timedelta(days=starts_on.weekday())
    weeks = []
    while monday <= ends_on:
        sunday = monday + dt.timedelta(days=DAYS_IN_WEEK - 1)
        days = [(p, p.days_within(monday, sunday)) for p in packages]
        gross = sum((p.gross_weekly * d for p, d in days), Decimal(0)) / DAYS_IN_WEEK
        net = sum((p.net_weekly * d for p, d in days), Decimal(0)) / DAYS_IN_WEEK
        weeks.append(Week(monday=monday, gross=_penny(gross), net=_penny(net)))
        monday += dt.timedelta(days=DAYS_IN_WEEK)
    return tuple(weeks)


def at_prices(
    pounds: Decimal, *, base: str | int, to: str | int, deflator: Deflator
) -> Decimal:
    """Give weekly pounds of one price base at another, to the penny."""
    if base == to:
        return pounds
    return _penny(pounds * Decimal(repr(deflator.rebase(1.0, base=base, to=to))))


def _penny(pounds: Decimal) -> Decimal:
    return pounds.quantize(PENNY, rounding=ROUND_HALF_UP)
