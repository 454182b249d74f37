"""Boundaries and lookups of the Office for National Statistics."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from thedeal.places.importers.base import Importer, streams
from thedeal.places.importers.record import AreaFile, RecordError
from thedeal.places.importers.region import Region, to_degrees
from thedeal.places.importers.report import Report
from thedeal.places.importers.rows import AreaRow, MemberRow, ParentRow, Row

# ONS writes the kind and the year into the column: LSOA21CD, WD24CD, LAD24CD
CODE_COLUMN = re.compile(r"(LAD|LTLA|CTYUA|WD|MSOA|LSOA)(\d\d)CD", re.IGNORECASE)
KINDS = {"LAD": "borough", "LTLA": "borough", "CTYUA": "borough"}
KINDS |= {"WD": "ward", "MSOA": "msoa", "LSOA": "lsoa"}
PLACES = 6  # decimals of a degree: a tenth of a metre


class OnsBoundaries(Importer):
    """GeoJSON from the Open Geography Portal, any ``<TYPE><YY>CD`` column.

    A whole-country file is cut to the borough: by its district column where it has
    one, else by whether a point inside the area is inside the borough.
    """

    format = "ons-boundaries"
    title = "ONS Open Geography boundaries (GeoJSON; BGC, the 20 m detail)"
    stage = 0

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give each area of the borough."""
        for name, stream in streams(file):
            found = _features(name, stream.read())
            is_grid = "27700" in json.dumps(found.get("crs") or "")
            for feature in found["features"]:
                report.read += 1
                row = _area(feature, file.source, is_grid=is_grid, report=report)
                if row is not None and self._is_ours(row, feature, region, report):
                    report.keep(str(row.year))
                    yield row

    def _is_ours(
        self, row: AreaRow, feature: Mapping[str, Any], region: Region, report: Report
    ) -> bool:
        own = region.record.borough_code
        if row.kind == "borough":
            is_ours = row.code == own
        else:
            district = _district(feature["properties"])
            is_ours = (
                district == own if district else region.holds(lat=row.lat, lon=row.lon)
            )
        if not is_ours:
            report.drop("another council's area", example=row.name)
        return is_ours


def _features(name: str, raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError as error:
        raise RecordError(f"{name} is not GeoJSON: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("features"), list):
        raise RecordError(f"{name} is JSON, but has no features: is it GeoJSON?")
    return found


def _area(
    feature: Mapping[str, Any], source: str, *, is_grid: bool, report: Report
) -> AreaRow | None:
    properties = feature.get("properties") or {}
    column = _code_column(properties)
    if column is None:
        report.drop("no column such as LSOA21CD", example=", ".join(properties))
        return None
    code = str(properties[column])
    if not feature.get("geometry"):
        report.drop("no shape", example=code)
        return None
    geometry = feature["geometry"]
    drawn = _repaired(
        shape(to_degrees(geometry) if is_grid else geometry), code, report
    )
    inside = drawn.representative_point()
    found = CODE_COLUMN.fullmatch(column)
    kind, year = (found[1].upper(), found[2]) if found else ("", "0")
    return AreaRow(
        kind=KINDS[kind],
        code=code,
        name=str(_named(properties, column) or code),
        year=2000 + int(year),
        boundary=mapping(drawn),
        bbox=tuple(round(edge, PLACES) for edge in drawn.bounds),
        lat=round(inside.y, PLACES),
        lon=round(inside.x, PLACES),
        source=source,
    )


def _repaired(drawn: Any, code: str, report: Report) -> Any:
    if not drawn.is_valid:
        report.remark("a shape that crosses itself was repaired", example=code)
        drawn = shapely.make_valid(drawn, method="structure", keep_collapsed=False)
    return shapely.transform(drawn, lambda points: points.round(PLACES))


def _code_column(properties: Mapping[str, Any]) -> str | None:
    """Give the first code column; the area's own stands before those it lies in."""
    return next((name for name in properties if CODE_COLUMN.fullmatch(name)), None)


def _named(properties: Mapping[str, Any], column: str) -> Any:
    wanted = column[:-2].lower() + "nm"
    return next((v for k, v in properties.items() if k.lower() == wanted), None)


def _district(properties: Mapping[str, Any]) -> str:
    for name, value in properties.items():
        if re.fullmatch(r"(LAD|LTLA)\d\dCD", name, re.IGNORECASE):
            return str(value)
    return ""


class OnsLookup(Importer):
    """Small area to MSOA and best-fit ward (ONS lookup CSV)."""

    format = "ons-lookup"
    title = "ONS lookup of LSOA 2021 to MSOA and best-fit ward (CSV)"
    stage = 1
    columns = {
        "lsoa": r"lsoa21cd",
        "msoa": r"msoa21cd",
        "ward": r"wd\d\dcd(_bestfit)?",
    }
    optional = frozenset({"msoa", "ward"})

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give the parents of each of the borough's small areas."""
        for record in self.records(file, report):
            if not region.has_small_area(record["lsoa"]):
                report.drop("not one of the borough's small areas")
                continue
            report.keep()
            yield ParentRow(
                lsoa_code=record["lsoa"],
                msoa_code=record.get("msoa", ""),
                ward_code=record.get("ward", ""),
            )


class Neighbourhoods(Importer):
    """The council's own grouping: ``lsoa21cd,neighbourhood``."""

    format = "neighbourhoods"
    title = "Neighbourhoods as groups of LSOAs (CSV of two columns)"
    stage = 1
    columns = {"lsoa": r"lsoa21cd", "neighbourhood": r"neighbourhood"}

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give the neighbourhood of each small area; remark on any left out."""
        seen = set()
        for record in self.records(file, report):
            code, name = record["lsoa"], record["neighbourhood"]
            if not region.has_small_area(code):
                report.drop("not one of the borough's small areas", example=code)
            elif not name:
                report.drop("no neighbourhood named", example=code)
            elif code in seen:
                report.drop("a small area given twice", example=code)
            else:
                seen.add(code)
                report.keep()
                yield MemberRow(lsoa_code=code, neighbourhood=name)
        for kind, code in sorted(region.areas):
            if kind == "lsoa" and code not in seen:
                report.remark("a small area in no neighbourhood", example=code)
