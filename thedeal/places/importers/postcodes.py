"""Postcodes: the ONS directory with its terminated ones, and OS Code-Point Open."""

import csv
import io
from collections.abc import Iterator

from thedeal.lib import postcodes
from thedeal.places.importers.base import Fields, Importer, month, number, streams
from thedeal.places.importers.record import AreaFile
from thedeal.places.importers.region import Region, degrees
from thedeal.places.importers.report import Report
from thedeal.places.importers.rows import PostcodeRow, Row

NO_LATITUDE = 99.0  # ONS writes 99.999999 where a postcode has no grid reference
NO_QUALITY = "90"  # Code-Point Open's mark for a postcode without a position


class Onspd(Importer):
    """The ONS Postcode Directory: every postcode that ever was, as one CSV.

    Column names changed with the releases (``oslaua``, ``laua``, ``lad25cd``). Kept
    are the borough's own, living and terminated, and living ones of other councils
    within the border strip. Northern Ireland's rows (another licence) fall away.
    """

    format = "onspd"
    title = "ONS Postcode Directory (CSV, or a zip holding it)"
    stage = 2
    columns = {
        "postcode": r"pcds|postcode",
        "introduced": r"dointr|introduced",
        "terminated": r"doterm|terminated",
        "lat": r"lat|latitude",
        "lon": r"long|lon|longitude",
        "district": r"oslaua|laua|ladcd|lad\d\dcd|lad_code",
        "ward": r"osward|ward|wd\d\dcd|ward_code",
        "lsoa": r"lsoa21(cd)?",
        "msoa": r"msoa21(cd)?",
    }
    optional = frozenset(
        {"introduced", "terminated", "lat", "lon", "ward", "lsoa", "msoa"}
    )

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give the borough's postcodes and those just over the border."""
        for record in self.records(file, report):
            row = self.row(record, file, region, report)
            if row is not None:
                report.keep(row.terminated or row.introduced)
                yield row

    def row(
        self, record: Fields, file: AreaFile, region: Region, report: Report
    ) -> PostcodeRow | None:
        """Give the postcode of a record, or None where it is not kept."""
        text = postcodes.normalise(record["postcode"])
        if text is None:
            report.drop("not a postcode", example=record["postcode"])
            return None
        at = _position(record)
        if record["district"] != region.record.borough_code:
            return _over_the_border(record, text, at, file, region, report)
        if at is None and not record.get("terminated"):
            report.remark("a living postcode without a position", example=text)
        return _own(record, text, at, file, region, report)


def _position(record: Fields) -> tuple[float, float] | None:
    lat, lon = number(record.get("lat", "")), number(record.get("lon", ""))
    if lat is None or lon is None or lat > NO_LATITUDE:
        return None
    return lat, lon


def _own(
    record: Fields,
    text: str,
    at: tuple[float, float] | None,
    file: AreaFile,
    region: Region,
    report: Report,
) -> PostcodeRow:
    lsoa = _small_area(record.get("lsoa", ""), text, at, region, report)
    ward = record.get("ward", "")
    return PostcodeRow(
        text=text,
        lat=at[0] if at else None,
        lon=at[1] if at else None,
        lsoa_code=lsoa,
        msoa_code=record.get("msoa", ""),
        ward_code=ward or (region.code_at("ward", lat=at[0], lon=at[1]) if at else ""),
        borough_code=region.record.borough_code,
        other_council="",
        introduced=month(record.get("introduced", "")),
        terminated=month(record.get("terminated", "")),
        source=file.source,
    )


def _small_area(
    code: str,
    text: str,
    at: tuple[float, float] | None,
    region: Region,
    report: Report,
) -> str:
    if region.has_small_area(code):
        return code
    found = region.code_at("lsoa", lat=at[0], lon=at[1]) if at else ""
    if found:
        report.remark("placed in a small area by its point", example=text)
    else:
        report.remark("in no small area of the borough", example=text)
    return found


def _over_the_border(
    record: Fields,
    text: str,
    at: tuple[float, float] | None,
    file: AreaFile,
    region: Region,
    report: Report,
) -> PostcodeRow | None:
    if at is None or record.get("terminated"):
        report.drop("another council's, terminated or without a position")
        return None
    if not region.near(lat=at[0], lon=at[1]):
        report.drop("another council's, beyond the border strip")
        return None
    name = region.record.neighbours.get(record["district"], "")
    if not name:
        report.remark(
            "a neighbour that the record does not name", example=record["district"]
        )
    return PostcodeRow(
        text=text,
        lat=at[0],
        lon=at[1],
        lsoa_code="",
        msoa_code="",
        ward_code="",
        borough_code=record["district"],
        other_council=name or "another council",
        introduced=month(record.get("introduced", "")),
        terminated="",
        source=file.source,
    )


class CodePointOpen(Importer):
    """OS Code-Point Open: a zip of headerless CSVs, one for each postcode area.

    Ten columns: postcode, quality, easting, northing, country, two NHS codes,
    county, district, ward. Living only, no small area: placed by its point.
    """

    format = "code-point-open"
    title = "OS Code-Point Open (the zip as published)"
    stage = 2

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give the borough's postcodes and those just over the border."""
        onspd = Onspd()
        for _, stream in streams(file):
            text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
            for line in csv.reader(text):
                report.read += 1
                record = self._record(line, report)
                row = record and onspd.row(record, file, region, report)
                if row:
                    report.keep()
                    yield row

    def _record(self, line: list[str], report: Report) -> Fields | None:
        if len(line) < 10:
            report.drop("not ten columns", example=",".join(line)[:40])
            return None
        quality, east, north = line[1].strip(), number(line[2]), number(line[3])
        record = {"postcode": line[0], "district": line[8].strip()}
        record["ward"] = line[9].strip()
        if quality != NO_QUALITY and east and north:
            lat, lon = degrees(east, north)
            record |= {"lat": str(lat), "lon": str(lon)}
        return record
