"""Places with a door: surgeries, schools, libraries, pharmacies, any other list.

Names of people are left behind at this door: head teachers, contacts and telephone
numbers are never read, even where the file has them.
"""

import csv
import io
import re
from collections.abc import Iterator

from thedeal.lib import postcodes
from thedeal.places import hours
from thedeal.places.importers.base import Fields, Importer, number, streams
from thedeal.places.importers.record import AreaFile
from thedeal.places.importers.region import Region, degrees
from thedeal.places.importers.report import Report
from thedeal.places.importers.rows import Row, VenueRow, Week

SMALL_WORDS = {"and", "at", "in", "of", "on", "the", "with", "le", "under", "by"}
KEPT_CAPITALS = {"GP", "NHS", "CE", "RC", "II", "III", "WWL", "UK", "YMCA", "NWOS"}


def plain_name(text: str) -> str:
    """Give a name in ordinary letters where the source shouts it."""
    tidy = re.sub(r"\s+", " ", text).strip(" ,")
    if tidy != tidy.upper():
        return tidy
    words = [_cased(word, first=i == 0) for i, word in enumerate(tidy.split(" "))]
    return " ".join(words)


def _cased(word: str, *, first: bool) -> str:
    if word in KEPT_CAPITALS:
        return word
    if not first and word.lower() in SMALL_WORDS:
        return word.lower()
    # after a hyphen or a bracket, not after an apostrophe: St-Mary, (Wigan), Ann's
    return re.sub(r"(^|[-(/&.])([a-z])", lambda m: m[1] + m[2].upper(), word.lower())


def placed(
    record: Fields, region: Region, report: Report, *, name: str
) -> tuple[float, float] | None:
    """Give where a record stands, in the borough or its border strip; else None.

    By its own point, its grid reference, or last its postcode's point. A record that
    is elsewhere, or nowhere, is counted as dropped.
    """
    at = _own_point(record)
    if at is None:
        text = postcodes.normalise(record.get("postcode", "")) or ""
        at = region.position(text)
        if at is None:
            report.drop("elsewhere, or its postcode is not known", example=name)
            return None
    if not region.near(lat=at[0], lon=at[1]):
        report.drop("outside the borough and its border strip", example=name)
        return None
    return at


def _own_point(record: Fields) -> tuple[float, float] | None:
    lat, lon = number(record.get("lat", "")), number(record.get("lon", ""))
    if lat and lon is not None:
        return round(lat, 6), round(lon, 6)
    east, north = number(record.get("easting", "")), number(record.get("northing", ""))
    return degrees(east, north) if east and north else None


def address(record: Fields, *names: str) -> str:
    """Give an address line of these fields, without blanks or repeats."""
    parts: dict[str, None] = {}
    for name in names:
        part = plain_name(record.get(name, ""))
        if part:
            parts[part] = None
    return ", ".join(parts)[:300]


class Epraccur(Importer):
    """GP practices: ``epraccur`` of the NHS Organisation Data Service.

    Headerless, 27 columns: 1 code, 2 name, 5 to 9 address, 10 postcode, 13 status,
    26 prescribing setting. Kept are active (A) ones of setting 4, GP practices; the
    telephone number (18) is not read. They stand at their postcode's point.
    """

    format = "ods-epraccur"
    title = "NHS ODS epraccur (headerless CSV)"
    stage = 4

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give each open GP practice."""
        for _, stream in streams(file):
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
            for line in csv.reader(text):
                report.read += 1
                row = self._row(line, file, region, report)
                if row is not None:
                    report.keep()
                    yield row

    def _row(
        self, line: list[str], file: AreaFile, region: Region, report: Report
    ) -> VenueRow | None:
        if len(line) < 26:
            report.drop("not 27 columns", example=",".join(line)[:40])
            return None
        cells = dict(enumerate((cell.strip() for cell in line), start=1))
        if cells[13] != "A":
            report.drop("closed or dormant", example=cells[2])
            return None
        if cells[26] != "4":
            report.drop("not a GP practice (another setting)", example=cells[2])
            return None
        record = {"name": cells[2], "postcode": cells[10]}
        record |= {f"line{n}": cells[n] for n in range(5, 10)}
        at = placed(record, region, report, name=cells[1])
        if at is None:
            return None
        return VenueRow(
            key=f"ods:{cells[1]}",
            name=plain_name(cells[2]),
            category="gp",
            address=address(record, *(f"line{n}" for n in range(5, 10))),
            postcode=postcodes.normalise(cells[10]) or "",
            lat=at[0],
            lon=at[1],
            source=file.source,
            source_ref=cells[1],
            source_date=file.dated,
        )


class ListedVenues(Importer):
    """What lists of venues share: a row becomes a venue, or is counted as dropped."""

    stage = 4
    category = "other"
    prefix = "list"
    columns = {
        "id": r"id|source_id",
        "name": r"name",
        "category": r"category",
        "detail": r"detail|type",
        "address": r"address",
        "postcode": r"postcode|post_code",
        "lat": r"lat|latitude",
        "lon": r"lon|long|longitude",
        "easting": r"easting|x_coordinate",
        "northing": r"northing|y_coordinate",
        "hours": r"hours|opening_times|opening_hours",
        "uprn": r"uprn",
    }
    optional = frozenset(set(columns) - {"name"})

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give each venue that stands open."""
        for record in self.records(file, report):
            name = self.name(record)
            why = self.unwanted(record)
            if why:
                report.drop(why, example=name)
                continue
            at = placed(record, region, report, name=name)
            if at is not None:
                report.keep()
                yield self.venue(record, at, file, report)

    def name(self, record: Fields) -> str:
        """Give the venue's name as shown."""
        return plain_name(record["name"])

    def unwanted(self, record: Fields) -> str:
        """Give why a record is left out, or nothing."""
        return "" if record["name"] else "no name"

    def week(self, record: Fields, report: Report) -> Week | None:
        """Give the opening hours; a list without them gives None."""
        return None

    def venue(
        self, record: Fields, at: tuple[float, float], file: AreaFile, report: Report
    ) -> VenueRow:
        """Give the record as a venue."""
        name = self.name(record)
        found = record.get("postcode", "")
        ref = record.get("id") or f"{name} {found}".strip()
        return VenueRow(
            key=f"{self.prefix}:{file.source}:{ref}"[:120],
            name=name[:200],
            category=record.get("category") or self.category,
            detail=record.get("detail", "")[:200],
            address=address(record, "address", "address_2", "address_3"),
            postcode=postcodes.normalise(found) or "",
            lat=at[0],
            lon=at[1],
            week=self.week(record, report),
            hours_text=record.get("hours", "")[:300],
            uprn=record.get("uprn", "")[:12],
            source=file.source,
            source_ref=ref[:100],
            source_date=file.dated,
        )


class PlainVenues(ListedVenues):
    """Any other list: community centres, food banks, parks, the council's assets."""

    format = "venues"
    title = (
        "Venues as a plain list (CSV: name, category, address, postcode, lat, lon …)"
    )


class Gias(ListedVenues):
    """Schools: ``edubasealldata`` of Get Information About Schools, Windows-1252.

    Kept are "Open" and "Open, but proposed to close". Its own LSOA column comes from
    the postcode and is wrong for one school in eight: the grid reference is used.
    """

    format = "gias"
    title = "DfE GIAS edubasealldata (CSV, Windows-1252)"
    encoding = "cp1252"
    category = "school"
    prefix = "urn"
    columns = {
        "id": r"URN",
        "name": r"EstablishmentName",
        "status": r"EstablishmentStatus \(name\)",
        "detail": r"PhaseOfEducation \(name\)",
        "address": r"Street",
        "address_2": r"Town",
        "postcode": r"Postcode",
        "lat": r"lat",
        "lon": r"lon",
        "easting": r"Easting",
        "northing": r"Northing",
        "uprn": r"UPRN",
    }
    optional = frozenset({"address", "address_2", "postcode", "lat", "lon", "uprn"})

    def unwanted(self, record: Fields) -> str:
        """Leave out schools that are closed or not yet open."""
        is_open = record["status"] in ("Open", "Open, but proposed to close")
        return "" if is_open else "closed, or not yet open"


class WithHours(ListedVenues):
    """A list with one column of hours for each day."""

    def week(self, record: Fields, report: Report) -> Week | None:
        """Give the week; remark on hours that make no sense."""
        week, odd = hours.parse_week([record.get(day, "") for day in hours.DAYS])
        for text in odd:
            report.remark(
                "hours that cannot be right", example=f"{record['name']}, {text}"
            )
        return week


class Libraries(WithHours):
    """Libraries: Arts Council England's basic dataset, with those that closed."""

    format = "ace-libraries"
    title = "Arts Council England libraries basic dataset (CSV)"
    category = "library"
    prefix = "library"
    columns = {
        "name": r"library[ _]name|name of library",
        "address": r"address[ _]?1",
        "address_2": r"address[ _]?2",
        "postcode": r"postcode",
        "closed": r"year[ _]closed",
        "kind": r"type[ _]of[ _]library",
        "with": r"co[ -_]located[ _]with",
        "uprn": r"uprn|unique property reference number",
        "lat": r"lat|latitude",
        "lon": r"lon|longitude",
        **{
            day: rf"{name}[ _]staffed[ _]hours"
            for day, name in zip(
                hours.DAYS, map(str.lower, hours.DAY_NAMES), strict=True
            )
        },
    }
    optional = frozenset(set(columns) - {"name", "postcode", "closed"})

    def name(self, record: Fields) -> str:
        """Give "Leigh Library" for "Leigh"."""
        name = plain_name(record["name"])
        return name if "library" in name.lower() else f"{name} Library"

    def unwanted(self, record: Fields) -> str:
        """Leave out branches that closed."""
        return "closed" if record["closed"] else ""

    def venue(
        self, record: Fields, at: tuple[float, float], file: AreaFile, report: Report
    ) -> VenueRow:
        """Give the branch, saying what it shares its building with."""
        shared = record.get("with", "")
        detail = f"In {shared}" if shared else ""
        return super().venue(record | {"detail": detail}, at, file, report)


class Pharmacies(WithHours):
    """Pharmacies: NHSBSA's consolidated pharmaceutical list.

    Appliance contractors and distance sellers are left out: nobody can walk in.
    """

    format = "nhsbsa-pharmacies"
    title = "NHSBSA consolidated pharmaceutical list (CSV)"
    category = "pharmacy"
    prefix = "ods"
    columns = {
        "id": r"ods[ _]code|pharmacy_ods_code_f_code|contractor[ _]code",
        "name": r"name|pharmacy_trading_name|trading[ _]name",
        "address": r"address|address_field_1|address[ _]1",
        "address_2": r"address_field_2|address[ _]2|town",
        "address_3": r"address_field_3|address[ _]3",
        "postcode": r"postcode|post_code",
        "contract": r"contract[ _]type",
        "lat": r"lat",
        "lon": r"lon",
        **{
            day: rf"(hours|pharmacy_opening_hours)_{name}|{name}"
            for day, name in zip(
                hours.DAYS, map(str.lower, hours.DAY_NAMES), strict=True
            )
        },
    }
    optional = frozenset(
        {"address", "address_2", "address_3", "contract", "lat", "lon", *hours.DAYS}
    )
    cannot_walk_in = re.compile(
        r"appliance|ostomy|\bDAC\b|distance|internet|mail order", re.IGNORECASE
    )

    def unwanted(self, record: Fields) -> str:
        """Leave out contractors without a counter."""
        told = f"{record['name']} {record.get('contract', '')}"
        if self.cannot_walk_in.search(told):
            return "no counter: appliance contractor or distance seller"
        return super().unwanted(record)
