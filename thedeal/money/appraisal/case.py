"""The shape of one case: costs, outcomes, wellbeing, and the rules it is under.

Only the shape and what can be checked without arithmetic; ``reading`` makes one from
YAML, ``pots`` works it out. A case must never hold the same effect twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from thedeal.money.appraisal.additionality import Additionality
from thedeal.money.appraisal.discounting import Schedule
from thedeal.money.appraisal.rule_sets import RuleSet
from thedeal.money.parameters import Parameter, ParameterError

POTS = ("fiscal", "economic", "social")


class CaseError(ParameterError):
    """A case file cannot be worked out; the sentence says what to mend."""


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """Money spent by one agency, in pounds by year at the case's price base."""

    key: str
    title: str
    agency: str
    pounds_by_year: tuple[float, ...]
    spread: Parameter  # multiplies every year; 1 when certain
    bias_factor: float
    bias_note: str
    capital: Parameter | None = None

    def parameters(self) -> Iterator[Parameter]:
        """Give each number the line stands on."""
        yield self.spread
        if self.capital is not None:
            yield self.capital


@dataclass(frozen=True, kw_only=True)
class Cashable:
    """How much of a saving truly leaves an agency's budget, from when, who says so."""

    agency: str
    fraction: Parameter
    from_year: int
    signed_by: str

    def __post_init__(self) -> None:
        low, high = self.fraction.span
        if low < 0 or high > 1:
            raise CaseError(f"{self.fraction.key}: a fraction lies between 0 and 1.")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One effect worth money: a chain of factors, a profile over years, a split."""

    key: str
    title: str
    effect: str
    pot: str
    chain: tuple[Parameter, ...]  # people, shares and pounds, multiplied together
    additionality: Additionality
    profile: tuple[float, ...]  # share of the full effect in each year
    pounds_by_year: tuple[float, ...] | None  # a plain stream instead of a chain
    drop_off: Parameter
    bias_factor: float
    bias_note: str
    shares: Mapping[str, float]
    cashable: tuple[Cashable, ...]
    evidence_grade: int
    is_health: bool

    def parameters(self) -> Iterator[Parameter]:
        """Give each number the outcome stands on."""
        yield from (*self.chain, *self.additionality.shares, self.drop_off)
        yield from (c.fraction for c in self.cashable)


@dataclass(frozen=True, kw_only=True)
class WellbeingLine:
    """A lasting change in life satisfaction; never mixed with cash."""

    key: str
    title: str
    effect: str
    people: Parameter
    points: Parameter
    years: int
    evidence_grade: int

    def parameters(self) -> Iterator[Parameter]:
        """Give each number the line stands on."""
        yield from (self.people, self.points)


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything one appraisal needs, checked."""

    title: str
    is_made_up: bool
    rules: RuleSet
    price_base: str | int
    years: int
    seed: int
    draws: int
    tax_factor: float
    costs: tuple[CostLine, ...]
    outcomes: tuple[Outcome, ...]
    wellbeing: tuple[WellbeingLine, ...]
    wellby_pounds: Parameter  # already at the case's price base
    wellby_least_grade: int
    ladder_title: str
    said: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.costs and not self.outcomes and not self.wellbeing:
            raise CaseError("The case is empty: give at least one cost or outcome.")
        effects = [o.effect for o in self.outcomes] + [w.effect for w in self.wellbeing]
        twice = sorted({e for e in effects if effects.count(e) > 1})
        if twice:
            raise CaseError(
                f"The same effect is counted twice: {', '.join(twice)}. Keep one line, "
                "or give each a different `effect` if they truly differ."
            )

    @property
    def wellbeing_schedule(self) -> Schedule:
        """Give the rates wellbeing is discounted by: those of health."""
        return self.rules.health

    def parameters(self) -> tuple[Parameter, ...]:
        """Give every number the case stands on, once each, by key."""
        lines: list[CostLine | Outcome | WellbeingLine]
        lines = [*self.costs, *self.outcomes, *self.wellbeing]
        found = {p.key: p for line in lines for p in line.parameters()}
        if self.wellbeing:
            found[self.wellby_pounds.key] = self.wellby_pounds
        return tuple(found[key] for key in sorted(found))
