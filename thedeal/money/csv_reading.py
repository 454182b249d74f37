"""Reading a case system's export of packages, as a dry run first.

Files come from Excel: pound signs, commas, 1/2/24 dates, a byte-order mark, another
encoding. Every line is answered for. If any line is refused nothing is given to
import, so nothing is ever half-imported. Must never guess a date or a currency.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from thedeal.lib.errors import UserFacingError
from thedeal.money.pounds import PoundsError, read_pounds
from thedeal.money.prices import PriceBaseError, first_year
from thedeal.money.weekly_cost import Package, PackageError, overlaps

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "reference": ("reference", "package id", "service id", "package"),
    "person": ("person", "person id", "person reference", "resident"),
    "kind": ("kind", "service type", "support", "type of support"),
    "gross": ("weekly cost", "gross weekly cost", "gross", "cost per week"),
    "contribution": ("contribution", "client contribution", "person pays"),
    "health": ("health share", "nhs contribution", "health pays"),
    "starts_on": ("start", "start date", "from"),
    "ends_on": ("end", "end date", "to"),
    "price_base": ("financial year", "price base", "year"),
    "postcode": ("postcode", "home postcode"),
    "why": ("reason", "end reason", "why changed"),
}
NEEDED = ("reference", "person", "kind", "gross", "starts_on")
MOST_BYTES = 20_000_000
SLASHED = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2}|\d{4})(?: 00:00(?::00)?)?")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
CENTURY_TURNS_AT = 70  # 69 is 2069, 70 is 1970: as Python and POSIX read it


class ExportError(UserFacingError):
    """The file as a whole cannot be read."""


class DateError(UserFacingError):
    """Something typed as a date is not one we can be sure of."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One package and the reason written beside it."""

    package: Package
    why: str
    postcode: str = ""  # only to find the neighbourhood; never kept


@dataclass(frozen=True, kw_only=True)
class LineReport:
    """What we make of one line of the file; line 1 is the header."""

    line: int
    reference: str
    refused: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A dry run: every line answered, and rows only if every line is right."""

    rows: tuple[Row, ...]
    lines: tuple[LineReport, ...]
    unused_columns: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Say whether every line can be imported."""
        return not any(line.refused for line in self.lines)

    @property
    def ambiguous_dates(self) -> int:
        """Count the lines with a date that could also be read month first."""
        return sum(any("day first" in n for n in x.noticed) for x in self.lines)


def read_export(data: bytes, *, price_base: str = "") -> Reading:
    """Read an export; raise ExportError only when no line of it can be read.

    ``price_base`` is the financial year to use where the file has no such column.
    """
    text = _decoded(data)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        rows = [
            row for row in enumerate(table, 1) if any(cell.strip() for cell in row[1])
        ]
    except csv.Error as error:
        raise ExportError(f"The file is not a CSV we can read: {error}.") from error
    if not rows:
        raise ExportError("The file is empty.")
    header = [cell.strip().casefold() for cell in rows[0][1]]
    places = _places(header)
    used = set(places.values())
    read = [_line(n, row, places, price_base=price_base) for n, row in rows[1:]]
    if not read:
        raise ExportError("The file has a header and no lines.")
    reports = _with_clashes([r for r, _ in read], [row for _, row in read])
    is_clean = not any(report.refused for report in reports)
    return Reading(
        rows=tuple(row for _, row in read if row is not None) if is_clean else (),
        lines=tuple(reports),
        unused_columns=tuple(h for i, h in enumerate(header) if i not in used and h),
    )


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise ExportError("The file is larger than 20 MB. Export a shorter period.")
    if b"\0" in data:
        raise ExportError("This is not a CSV. In Excel choose Save as, CSV UTF-8.")
    for encoding in ("utf-8-sig", "cp1252"):  # Excel's two habits
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ExportError("We cannot read the letters in this file. Save it as CSV UTF-8.")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _places(header: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for name, known_as in COLUMNS.items():
        found = [i for i, heading in enumerate(header) if heading in known_as]
        if len(found) > 1:
            raise ExportError(f"Two columns could be the {known_as[0]}. Take one out.")
        if found:
            places[name] = found[0]
    missing = [COLUMNS[name][0] for name in NEEDED if name not in places]
    if missing:
        raise ExportError(f"The file has no column for: {', '.join(missing)}.")
    return places


def _line(
    number: int, cells: list[str], places: Mapping[str, int], *, price_base: str
) -> tuple[LineReport, Row | None]:
    said = {n: cells[i].strip() if i < len(cells) else "" for n, i in places.items()}
    refused: list[str] = []
    noticed: list[str] = []
    parts = _LineParts(said=said, refused=refused, noticed=noticed)
    row = _row(parts, price_base=price_base)
    report = LineReport(
        line=number,
        reference=said["reference"],
        refused=tuple(refused),
        noticed=tuple(noticed),
    )
    return report, row


@dataclass(frozen=True, kw_only=True)
class _LineParts:
    said: Mapping[str, str]
    refused: list[str]
    noticed: list[str]

    def words(self, name: str) -> str:
        if not self.said[name]:
            self.refused.append(f"The {COLUMNS[name][0]} is missing.")
        return self.said[name]

    def pounds(self, name: str, *, is_needed: bool = False) -> Decimal:
        text = self.said.get(name, "")
        if not text and not is_needed:
            return Decimal(0)
        try:
            return read_pounds(text)
        except PoundsError as error:
            self.refused.append(f"{COLUMNS[name][0].capitalize()}: {error.sentence}")
            return Decimal(0)

    def date(self, name: str) -> dt.date | None:
        text = self.said.get(name, "")
        if not text:
            return None
        try:
            found, remark = read_date(text)
        except DateError as error:
            self.refused.append(f"{COLUMNS[name][0].capitalize()}: {error.sentence}")
            return None
        if remark:
            self.noticed.append(f"{COLUMNS[name][0].capitalize()}: {remark}")
        return found

    def price_base(self, otherwise: str) -> str:
        base = self.said.get("price_base") or otherwise
        try:
            if base:
                first_year(base)
        except PriceBaseError as error:
            self.refused.append(error.sentence)
        return base


def _row(parts: _LineParts, *, price_base: str) -> Row | None:
    texts = {name: parts.words(name) for name in ("reference", "person", "kind")}
    gross = parts.pounds("gross", is_needed=True)
    contribution = parts.pounds("contribution")
    health = parts.pounds("health")
    starts_on, ends_on = parts.date("starts_on"), parts.date("ends_on")
    if not parts.said["starts_on"]:
        parts.refused.append("The start is missing.")
    base = parts.price_base(price_base)
    if parts.refused or starts_on is None:
        return None
    try:
        package = Package(
            **texts,
            gross_weekly=gross,
            contribution_weekly=contribution,
            health_weekly=health,
            starts_on=starts_on,
            ends_on=ends_on,
            price_base=base,
        )
    except PackageError as error:
        parts.refused.append(error.sentence)
        return None
    return Row(
        package=package,
        why=parts.said.get("why", ""),
        postcode=parts.said.get("postcode", ""),
    )


def _with_clashes(
    reports: list[LineReport], rows: list[Row | None]
) -> list[LineReport]:
    packages = [row.package for row in rows if row is not None]
    clashes: dict[int, list[str]] = {}
    for _, later, sentence in overlaps(packages):
        clashes.setdefault(id(later), []).append(sentence)
    seen: set[str] = set()
    finished = []
    for report, row in zip(reports, rows, strict=True):
        more = clashes.get(id(row.package), []) if row is not None else []
        if report.reference and report.reference in seen:
            more = [*more, f"{report.reference} is in the file twice."]
        seen.add(report.reference)
        finished.append(_refusing(report, more))
    return finished


def _refusing(report: LineReport, more: list[str]) -> LineReport:
    return LineReport(
        line=report.line,
        reference=report.reference,
        refused=(*report.refused, *more),
        noticed=report.noticed,
    )


def read_date(text: str) -> tuple[dt.date, str]:
    """Give a date read day first, and a remark where it could be read another way.

    Raises DateError for a month above 12, a day that does not exist and a bare Excel
    day number.
    """
    said = text.strip()
    iso = ISO.fullmatch(said)
    if iso:
        return _made(said, *map(int, iso.groups())), ""
    slashed = SLASHED.fullmatch(said)
    if not slashed:
        hint = " It looks like Excel's day number." if said.isdigit() else ""
        raise DateError(f"{said!r} is not a date.{hint} Write it as 31/01/2024.")
    day, month, year = (int(part) for part in slashed.groups())
    if month > 12 >= day:
        raise DateError(
            f"{said!r} has no month {month}: is it month first? Use 31/01/2024."
        )
    if year < 100:
        year += 1900 if year >= CENTURY_TURNS_AT else 2000
    found = _made(said, year, month, day)
    if day <= 12 and day != month:
        return found, f"{said} read day first, as {found.day} {found:%B %Y}."
    return found, ""


def _made(said: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise DateError(f"{said!r} is a day that does not exist.") from None
