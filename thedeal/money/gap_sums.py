"""The gap: what we started short by, what we have closed, what is left.

Only signed cash that lasts counts as closing the gap: one-off money and freed
capacity are told beside it and never inside it. Works on the ledger's lines; what the
public sees goes through disclosure control elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from thedeal.lib.errors import UserFacingError
from thedeal.money import ledger_sums
from thedeal.money.ledger_sums import Kind, Line
from thedeal.money.pounds import write_pounds

WEEKS_IN_YEAR = 52


class GapError(UserFacingError):
    """The gap's own figures cannot be right."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """The gap in one year; every figure in pounds a year."""

    year: int
    started: Decimal
    grown: Decimal  # demand and prices since we started: why it is harder each year
    closed: Decimal
    closed_by: tuple[tuple[str, Decimal], ...]  # by service, the largest first
    one_off: Decimal
    capacity: Decimal
    waiting: Decimal
    households: int

    @property
    def left(self) -> Decimal:
        """Give what is still to find; nothing when more was closed than was short."""
        return max(self.started + self.grown - self.closed, Decimal(0))

    @property
    def over(self) -> Decimal:
        """Give how far beyond the gap we have gone."""
        return max(self.closed - self.started - self.grown, Decimal(0))

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        left = (
            "nothing is left to find" if not self.left else f"{_big(self.left)} is left"
        )
        return (
            f"We started {_big(self.started)} short, we have closed "
            f"{_big(self.closed)} of it together, and {left}."
        )


def gap(
    lines: Sequence[Line],
    *,
    started: Decimal,
    grown_by: Decimal,
    year: int,
    households: int,
) -> Gap:
    """Work out the gap in the financial year that starts in ``year``.

    Raises GapError for a start that is not a gap and LedgerError for an effect that
    is counted twice.
    """
    if not started.is_finite() or started <= 0 or households <= 0:
        raise GapError("Say what we started short by, in pounds, and how many homes.")
    lasting = [x for x in lines if x.is_lasting or x.kind is Kind.CAPACITY]
    ledger_sums.totals(lines, year=year, by=lambda line: line.service)
    keep = {x.reference for x in ledger_sums.standing(lines)}
    now = [x for x in lasting if x.reference in keep]
    services = _signed_cash(now, year=year)
    other = [x for x in lines if x.reference in keep and not x.is_lasting]
    return Gap(
        year=year,
        started=started,
        grown=grown_by,
        closed=sum(services.values(), Decimal(0)),
        closed_by=tuple(sorted(services.items(), key=lambda row: (-row[1], row[0]))),
        one_off=sum(_signed_cash(other, year=year).values(), Decimal(0)),
        capacity=_add(now, year=year, kind=Kind.CAPACITY, is_signed=True),
        waiting=_add(now, year=year, kind=Kind.CASH, is_signed=False),
        households=households,
    )


def _signed_cash(lines: Sequence[Line], *, year: int) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in lines:
        if line.kind is Kind.CASH and line.is_signed and line.in_year(year):
            found[line.service] = found.get(line.service, Decimal(0)) + line.in_year(
                year
            )
    return found


def _add(lines: Sequence[Line], *, year: int, kind: Kind, is_signed: bool) -> Decimal:
    chosen = (x for x in lines if x.kind is kind and x.is_signed is is_signed)
    return sum((x.in_year(year) for x in chosen), Decimal(0))


def _big(pounds: Decimal) -> str:
    million = Decimal(1_000_000)
    if pounds >= million:
        return f"£{(pounds / million).quantize(Decimal('0.1')).normalize():f} million"
    return write_pounds(pounds, with_pence=False)
