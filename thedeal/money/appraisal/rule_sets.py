"""The rules of an appraisal as an edition of the guidance had them on a date.

A case names its edition, so an old case gives its old answer for ever. This module
must never choose silently between editions: ``newest`` says which it chose.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from thedeal.lib.definitions import Entry
from thedeal.lib.errors import UserFacingError
from thedeal.money.appraisal.discounting import Schedule, read_schedule
from thedeal.money.parameters import number, source_line

PREFIX = "money/rule_sets."


class RuleSetError(UserFacingError):
    """A case names an edition we do not have, or asks what its edition forbids."""


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """One edition: its discount schedules and whether it has a tax uplift."""

    key: str
    title: str
    in_force_from: dt.date
    in_force_to: dt.date | None
    standard: Schedule
    health: Schedule
    tax_uplift: float
    source: str
    status: str
    notes: str

    @property
    def is_older(self) -> bool:
        """Say whether a later edition has replaced it."""
        return self.in_force_to is not None

    def uplift(self, *, is_asked: bool) -> float:
        """Give what public costs are multiplied by; refuse what the edition lacks."""
        if is_asked and self.tax_uplift == 0:
            raise RuleSetError(
                f"{self.title} has no uplift for the cost of raising tax. "
                "Take tax_uplift out, or name an older edition."
            )
        return 1 + self.tax_uplift if is_asked else 1.0


def rule_set(entries: Mapping[str, Entry], *, name: str) -> RuleSet:
    """Give the edition called ``name``, e.g. "green-book-2026"."""
    entry = entries.get(PREFIX + name)
    if entry is None:
        known = ", ".join(_names(entries))
        raise RuleSetError(f"There is no rule set {name!r}. Choose one of: {known}.")
    table = entry.table
    return RuleSet(
        key=name,
        title=entry.title,
        in_force_from=table["in_force_from"],
        in_force_to=table["in_force_to"],
        standard=schedule(entries, name=table["standard_rates"]),
        health=schedule(entries, name=table["health_rates"]),
        tax_uplift=number(table["tax_uplift"], what=f"{name} tax_uplift"),
        source=source_line(entry),
        status=entry.status,
        notes=entry.notes,
    )


def schedule(entries: Mapping[str, Entry], *, name: str) -> Schedule:
    """Give the discount schedule called ``name``."""
    entry = entries.get(f"money/discount_rates.{name}")
    if entry is None:
        raise RuleSetError(f"There is no table of discount rates called {name}.")
    return read_schedule(entry.title, entry.table)


def newest(entries: Mapping[str, Entry], *, on: dt.date) -> RuleSet:
    """Give the edition in force on a date; raise if none was."""
    editions = [rule_set(entries, name=name) for name in _names(entries)]
    current = [e for e in editions if e.in_force_from <= on]
    if not current:
        raise RuleSetError(f"No edition of the guidance was in force on {on}.")
    return max(current, key=lambda e: e.in_force_from)


def _names(entries: Mapping[str, Entry]) -> list[str]:
    return [key.removeprefix(PREFIX) for key in entries if key.startswith(PREFIX)]
