"""A table of unit costs: reading it, checking it, and looking a row up.

Rows are keyed by edition and code, because codes change between editions. An
import must run ``check_rows`` and ``check_sums``: public copies hold spreadsheet
formulas read as digits, and only these find them. Must never mend a row silently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thedeal.lib.definitions import Entry
from thedeal.money.parameters import ParameterError, number, source_line

LEAST_POUNDS, MOST_POUNDS = 0.01, 1_000_000.0  # one unit outside this is a slip
ROUNDING_POUNDS = 0.5  # the published wholes are rounded to the pound


@dataclass(frozen=True, kw_only=True)
class UnitCost:
    """What one unit costs, at its price base, and which agencies bear it."""

    edition: str
    code: str
    title: str
    per: str
    pounds: float
    price_base: str
    shares: Mapping[str, float]
    source: str
    status: str


def read_table(entry: Entry) -> dict[str, UnitCost]:
    """Give rows by code; raise ParameterError with every bad row, none half-read."""
    wrong = check_rows(entry.table)
    if wrong:
        raise ParameterError(" ".join(wrong))
    edition = str(entry.more.get("edition", ""))
    return {row["code"]: _row(row, entry, edition=edition) for row in entry.table}


def _row(row: Mapping[str, Any], entry: Entry, *, edition: str) -> UnitCost:
    return UnitCost(
        edition=edition,
        code=row["code"],
        title=row["title"],
        per=row["per"],
        pounds=float(row["pounds"]),
        price_base=str(row["price_base"]),
        shares={agency: float(share) for agency, share in row["shares"].items()},
        source=source_line(entry),
        status=entry.status,
    )


def check_rows(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give a sentence for each row that is twice there, out of range or split wrong."""
    said: list[str] = []
    seen: set[str] = set()
    for row in rows:
        code = str(row["code"])
        if code in seen:
            said.append(f"{code} is in the table twice.")
        seen.add(code)
        pounds = number(row["pounds"], what=code)
        if not LEAST_POUNDS <= pounds <= MOST_POUNDS:
            said.append(f"{code} costs £{pounds:,.2f} a unit, which cannot be right.")
        # shares are written to six places, so they may miss 1 by a few millionths
        if abs(sum(row["shares"].values()) - 1) > 1e-5:
            said.append(f"{code}: the agencies' shares do not add up to the whole.")
    return said


def check_sums(sums: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give a sentence for each published whole that its parts do not add up to."""
    said = []
    for each in sums:
        total = sum(each["parts"])
        if abs(total - each["whole"]) > ROUNDING_POUNDS:
            said.append(
                f"{each['code']}: the parts come to £{total:,.2f}, "
                f"the table says £{each['whole']:,.2f}."
            )
    return said
