"""What Wigan really spent, as central government published it.

Revenue outturn by service and year, and adult care by age and kind of support in
2014/15 (PSSEX1). Published history, under the Open Government Licence: it is nobody's
package and no line of the ledger, and must never be added to either.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "definitions" / "money" / "data"
SERVICES = ("Adult social care", "Children social care", "Public health")


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Net current expenditure of one service in one financial year, cash."""

    year: str
    service: str
    pounds: Decimal


@dataclass(frozen=True, kw_only=True)
class Care:
    """Adult care of one age and kind in 2014/15; ``gross`` is None where not given."""

    age: str
    kind: str
    gross: Decimal | None
    net: Decimal


def outturn(folder: Path = FOLDER) -> list[Spent]:
    """Give what was spent by year and service, as published."""
    return [
        Spent(
            year=row["financial_year"],
            service=row["service"],
            pounds=_thousands(row["gbp_thousand"]),
        )
        for row in _rows(folder / "wigan_revenue_outturn.csv")
        if row["service"] in SERVICES
    ]


def care(folder: Path = FOLDER) -> list[Care]:
    """Give adult care by age and kind in 2014/15, totals left in, zeros left out."""
    found = [
        Care(
            age=row["age"].removeprefix("Age "),
            kind=row["kind_of_support"],
            gross=_thousands(given) if (given := row["gross_gbp_thousand"]) else None,
            net=_thousands(row["net_gbp_thousand"]),
        )
        for row in _rows(folder / "wigan_pssex1_2014_15.csv")
    ]
    return [one for one in found if one.gross or one.net]


def _thousands(text: str) -> Decimal:
    return Decimal(text) * 1000


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
