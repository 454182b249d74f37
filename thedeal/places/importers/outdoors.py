"""Ordnance Survey's buildings and green spaces, from a GeoPackage or a CSV cut."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np

from thedeal.places.importers import geopackage
from thedeal.places.importers.base import Fields, Importer
from thedeal.places.importers.record import AreaFile
from thedeal.places.importers.region import TO_METRES, Region
from thedeal.places.importers.report import Report
from thedeal.places.importers.rows import EntranceRow, Row, VenueRow
from thedeal.places.importers.venues import placed, plain_name

SAME_SITE_M = 250
UNNAMED = {"", "unknown", "na", "n/a", "null"}


class OpenMapBuildings(Importer):
    """OS OpenMap Local's important buildings: places of worship, hospitals …

    ``options.categories`` says which classes are wanted and what we call them.
    Several buildings of one name within 250 m are one site, kept once; the unnamed
    (three in ten) are left out.
    """

    format = "os-openmap-local"
    title = "OS OpenMap Local important buildings (GeoPackage, or a CSV cut)"
    stage = 4
    layer: ClassVar[str] = "important_building"
    columns = {
        "id": r"os_id|id|fid",
        "name": r"name|distinctive_?name|distname|distinctive_name_1",
        "class": r"classification|class|buildgthem|building_theme|classifica",
        "lat": r"lat",
        "lon": r"lon",
    }

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give each named site of a wanted class."""
        wanted: Mapping[str, str] = file.options.get("categories", {})
        kept: dict[str, list[tuple[float, float]]] = {}
        for record in _records(self, self.layer, file, report):
            name = plain_name(record["name"])
            category = wanted.get(record["class"])
            if category is None:
                report.drop("a class that is not wanted", example=record["class"])
            elif name.lower() in UNNAMED:
                report.drop("no name", example=record["id"])
            elif (at := placed(record, region, report, name=name)) is not None:
                grid = TO_METRES.transform(at[1], at[0])
                site = kept.setdefault(name.lower(), [])
                is_same = _is_same_site(grid, site)
                site.append(grid)  # a site may reach on from building to building
                if is_same:
                    report.drop("another building of the same site", example=name)
                else:
                    report.keep()
                    yield _site(record, name, category, at, file)


def _is_same_site(grid: tuple[float, float], known: list[tuple[float, float]]) -> bool:
    return any(np.hypot(grid[0] - x, grid[1] - y) <= SAME_SITE_M for x, y in known)


def _site(
    record: Fields, name: str, category: str, at: tuple[float, float], file: AreaFile
) -> VenueRow:
    return VenueRow(
        key=f"os:{record['id']}"[:120],
        name=name[:200],
        category=category,
        lat=at[0],
        lon=at[1],
        source=file.source,
        source_ref=record["id"][:100],
        source_date=file.dated,
    )


class GreenspaceEntrances(Importer):
    """OS Open Greenspace's access points, with the name of the site they lead to.

    In a GeoPackage both layers are read; in a CSV cut a ``site_name`` column, where
    there is one. A walk is measured to the gate, not to the middle of the park.
    """

    format = "os-open-greenspace"
    title = "OS Open Greenspace access points (GeoPackage, or a CSV cut)"
    stage = 4
    columns = {
        "id": r"id",
        "kind": r"access_?type",
        "site": r"ref_?to_?greenspace_?site|greenspace_site_ref",
        "name": r"site_name",
        "lat": r"lat",
        "lon": r"lon",
    }
    optional = frozenset({"id", "site", "name"})

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give each way in that lies inside the borough or its border strip."""
        names = _site_names(file)
        for record in _records(self, "access_point", file, report):
            kind = record["kind"]
            at = placed(record, region, report, name=kind)
            if at is None:
                continue
            report.keep()
            yield EntranceRow(
                key=f"{file.source}:{record.get('id') or f'{at[0]},{at[1]}'}"[:120],
                kind=kind[:40],
                name=record.get("name") or names.get(record.get("site", ""), ""),
                lat=at[0],
                lon=at[1],
                source=file.source,
            )


def _site_names(file: AreaFile) -> dict[str, str]:
    if not geopackage.is_geopackage(file):
        return {}
    sites = geopackage.layer(file, "greenspace_site")
    names = {s.get("id", ""): s.get("distinctive_name_1", "") for s in sites}
    return {site: name for site, name in names.items() if name}


def _records(
    importer: Importer, layer: str, file: AreaFile, report: Report
) -> Iterator[Fields]:
    """Give the records of a layer or a CSV by official column name."""
    if not geopackage.is_geopackage(file):
        yield from importer.records(file, report)
        return
    named = None
    for fields in geopackage.layer(file, layer):
        report.read += 1
        header = [*fields]
        header += [name for name in ("lat", "lon") if name not in fields]
        if named is None:
            at = importer.places(header, file, file.path.name)
            named = {official: header[i] for official, i in at.items()}
        yield {official: fields.get(own, "") for official, own in named.items()}
