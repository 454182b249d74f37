"""Official file formats, one class each; a council is a record, never a class.

``gather`` reads all of a record's files into one region, without the database, and
reports for each file what it read, kept and left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from thedeal.places.importers import (
    figures,
    geography,
    outdoors,
    postcodes,
    venues,
)
from thedeal.places.importers.base import Importer, digest
from thedeal.places.importers.record import AreaFile, AreaRecord, RecordError
from thedeal.places.importers.region import Region
from thedeal.places.importers.report import Report

REGISTRY: dict[str, type[Importer]] = {
    kind.format: kind
    for kind in (
        geography.OnsBoundaries,
        geography.OnsLookup,
        geography.Neighbourhoods,
        postcodes.Onspd,
        postcodes.CodePointOpen,
        figures.Imd,
        figures.CensusTable,
        figures.PlainFigures,
        venues.Epraccur,
        venues.Gias,
        venues.Libraries,
        venues.Pharmacies,
        venues.PlainVenues,
        outdoors.OpenMapBuildings,
        outdoors.GreenspaceEntrances,
    )
}


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """All that a record's files gave, the reports on them, and their digest."""

    region: Region
    reports: tuple[Report, ...]
    digest: str


def gather(record: AreaRecord, *, files: Sequence[AreaFile] | None = None) -> Gathered:
    """Read a record's files, shapes first; raise RecordError where one cannot be."""
    chosen = list(record.files if files is None else files)
    importers = [(_importer(file), file) for file in chosen]
    importers.sort(key=lambda pair: (pair[0].stage, not _is_borough(pair[1])))
    region, reports = Region(record=record), []
    for importer, file in importers:
        report = Report(file=file.path.name, format=file.format)
        for row in importer.rows(file, region, report):
            if not region.add(row):
                report.remark("given more than once, kept once")
        reports.append(report)
    return Gathered(region=region, reports=tuple(reports), digest=digest(chosen))


def _importer(file: AreaFile) -> Importer:
    try:
        return REGISTRY[file.format]()
    except KeyError:
        known = ", ".join(sorted(REGISTRY))
        raise RecordError(f"No format {file.format}. There are: {known}.") from None


def _is_borough(file: AreaFile) -> bool:
    """The borough's own edge is needed first, to cut whole-country files by."""
    return bool(file.options.get("is_borough"))
