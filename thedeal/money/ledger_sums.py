"""Adding up the ledger of claimed savings without counting anything twice.

A line is never edited: a later line corrects it and stands in its place. Only lines
somebody in finance signed, who did not write them, count towards a total. Cash and
capacity are never added together.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from thedeal.lib.errors import UserFacingError


class LedgerError(UserFacingError):
    """A line cannot join the ledger; the sentence says why."""


class Kind(StrEnum):
    """Whether money leaves a budget, or people and places are freed."""

    CASH = "cash"
    CAPACITY = "capacity"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One claimed saving. ``yearly`` is its full size in pounds, before the taper."""

    reference: str
    title: str
    yearly: Decimal
    kind: Kind
    budget: str  # whose: the partner's name
    service: str
    first_year: int  # the April it starts in: 2026 is 2026/27
    taper: tuple[Decimal, ...] = (Decimal(1),)  # share in each year; then it ends
    is_lasting: bool = False  # the last share of the taper goes on for ever
    neighbourhood: str = ""
    evidence_grade: int = 1
    author: str = ""
    signed_by: str = ""
    effects: frozenset[str] = frozenset()  # "package:…", "measure:…"
    corrects: str = ""

    def __post_init__(self) -> None:
        if not self.yearly.is_finite() or self.yearly < 0:
            raise LedgerError(f"{self.title}: a saving is nothing or more.")
        if not self.taper or not all(0 <= share <= 1 for share in self.taper):
            raise LedgerError(f"{self.title}: each year's share lies between 0 and 1.")
        if self.evidence_grade not in range(6):
            raise LedgerError(f"{self.title}: evidence is graded 0 to 5.")
        if self.signed_by and self.signed_by == self.author:
            raise LedgerError(
                f"{self.title}: somebody other than its author must sign."
            )

    @property
    def is_signed(self) -> bool:
        """Say whether finance has signed it."""
        return bool(self.signed_by)

    def in_year(self, year: int) -> Decimal:
        """Give its pounds in the financial year that starts in ``year``."""
        at = year - self.first_year
        if at < 0 or (at >= len(self.taper) and not self.is_lasting):
            return Decimal(0)
        return self.yearly * self.taper[min(at, len(self.taper) - 1)]

    def shares_a_year_with(self, other: "Line") -> bool:
        """Say whether both are worth something in one same year."""
        first = max(self.first_year, other.first_year)
        last = first + max(len(self.taper), len(other.taper))
        return any(self.in_year(y) and other.in_year(y) for y in range(first, last + 1))


def standing(lines: Iterable[Line]) -> list[Line]:
    """Give the lines that no later line corrects; raise if corrections make no sense."""
    everything = {line.reference: line for line in lines}
    corrected: dict[str, str] = {}
    for line in everything.values():
        if not line.corrects:
            continue
        if line.corrects not in everything or line.corrects == line.reference:
            raise LedgerError(
                f"{line.title} corrects a line that is not in the ledger."
            )
        if line.corrects in corrected:
            raise LedgerError(
                f"{everything[line.corrects].title} is corrected twice. Correct the "
                "newer line instead."
            )
        corrected[line.corrects] = line.reference
    _refuse_circles(corrected)
    return [x for x in everything.values() if x.reference not in corrected]


def _refuse_circles(corrected: Mapping[str, str]) -> None:
    for start in corrected:
        at, steps = start, 0
        while at in corrected:
            at, steps = corrected[at], steps + 1
            if steps > len(corrected):
                raise LedgerError("These lines correct each other in a circle.")


def counted_twice(lines: Sequence[Line]) -> list[str]:
    """Give a sentence for each pair of standing lines that count the same effect.

    The same package or measure in the same budget in the same year is one saving. Two
    budgets may each gain from one effect, and a new line may follow an old one's end.
    """
    said = []
    for one, other in combinations(standing(lines), 2):
        shared = one.effects & other.effects
        if shared and one.budget == other.budget and one.shares_a_year_with(other):
            said.append(
                f"{one.title} and {other.title} both count {', '.join(sorted(shared))} "
                f"for {one.budget} in the same year. Take it out of one of them."
            )
    return said


def check_joins(line: Line, *, ledger: Sequence[Line]) -> None:
    """Raise LedgerError if adding ``line`` would count anything twice."""
    already = set(counted_twice(ledger))
    fresh = [s for s in counted_twice([*ledger, line]) if s not in already]
    if fresh:
        raise LedgerError(fresh[0])


@dataclass(frozen=True, kw_only=True)
class Total:
    """Pounds of one kind: signed, and waiting for somebody in finance."""

    signed: Decimal = Decimal(0)
    waiting: Decimal = Decimal(0)


def totals(
    lines: Sequence[Line], *, year: int, by: Callable[[Line], str]
) -> dict[tuple[str, Kind], Total]:
    """Give pounds in one financial year by a line's ``by`` and its kind.

    Raises LedgerError, rather than adding up, when an effect is counted twice.
    """
    twice = counted_twice(lines)
    if twice:
        raise LedgerError(twice[0])
    found: dict[tuple[str, Kind], Total] = {}
    for line in standing(lines):
        key = (by(line), line.kind)
        was, more = found.get(key, Total()), line.in_year(year)
        found[key] = Total(
            signed=was.signed + (more if line.is_signed else 0),
            waiting=was.waiting + (0 if line.is_signed else more),
        )
    return found


def by_year(
    lines: Sequence[Line], *, first: int, last: int
) -> dict[int, dict[Kind, Total]]:
    """Give each year's totals of cash and of capacity, first and last included."""
    found = {}
    for year in range(first, last + 1):
        sums = totals(lines, year=year, by=lambda _: "all")
        found[year] = {kind: sums.get(("all", kind), Total()) for kind in Kind}
    return found
