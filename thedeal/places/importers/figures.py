"""Published figures about areas: deprivation, census tables, a plain list."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from thedeal.places.importers.base import Fields, Importer, number
from thedeal.places.importers.record import AreaFile, RecordError
from thedeal.places.importers.region import Region
from thedeal.places.importers.report import Report
from thedeal.places.importers.rows import FigureRow, Row


class Imd(Importer):
    """The Indices of Deprivation's file 7 (all ranks, deciles and scores)."""

    format = "imd-file-7"
    title = "English Indices of Deprivation, file 7 (CSV)"
    stage = 3
    columns = {
        "lsoa": r"LSOA code \(20\d\d\)",
        "imd_rank": r"Index of Multiple Deprivation \(IMD\) Rank.*",
        "imd_decile": r"Index of Multiple Deprivation \(IMD\) Decile.*",
    }

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give rank and tenth (1 is the most deprived) of each small area."""
        for record in self.records(file, report):
            if not region.has_small_area(record["lsoa"]):
                report.drop("not one of the borough's small areas")
                continue
            found = {m: number(record[m]) for m in ("imd_rank", "imd_decile")}
            if None in found.values():
                report.drop("a rank or tenth that is no number", example=record["lsoa"])
                continue
            report.keep(file.dated)
            for measure, amount in found.items():
                yield FigureRow(
                    area_code=record["lsoa"],
                    measure=measure,
                    amount=amount or 0.0,
                    as_at=file.dated,
                    source=file.source,
                )


class CensusTable(Importer):
    """A Census 2021 bulk table from Nomis: ``date, geography, geography code, …``.

    ``options.measures`` names, for each of our measures, the column or the columns
    whose counts make it up; ``options.as_at`` the day of the count. ONS changes cells
    a little at random, so that tables do not add up to one another exactly.
    """

    format = "census-bulk"
    title = "Census 2021 bulk table from Nomis (CSV or its zip)"
    stage = 3
    columns = {"code": r"geography code"}

    def places(
        self, header: Sequence[str], file: AreaFile, name: str
    ) -> dict[str, int]:
        """Give the position of the code and of each column that a measure needs."""
        found = super().places(header, file, name)
        titles = [title.strip().lstrip("\ufeff") for title in header]
        for column in sorted({c for cs in _measures(file).values() for c in cs}):
            if column not in titles:
                raise RecordError(f"{name}: no column titled '{column}'.")
            found[column] = titles.index(column)
        return found

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give each measure of each small area, MSOA, ward or the borough."""
        codes = {code for _, code in region.areas}
        for record in self.records(file, report):
            if record["code"] not in codes:
                report.drop("not an area of the borough")
                continue
            rows = list(_counted(record, file))
            if len(rows) != len(_measures(file)):
                report.drop("a count that is no number", example=record["code"])
                continue
            report.keep(_as_at(file))
            yield from rows


def _measures(file: AreaFile) -> Mapping[str, list[str]]:
    asked: Mapping[str, Any] = file.options.get("measures", {})
    if not asked:
        raise RecordError(f"{file.path.name}: say options.measures in the record.")
    return {m: [c] if isinstance(c, str) else list(c) for m, c in asked.items()}


def _as_at(file: AreaFile) -> str:
    return str(file.options.get("as_at", file.dated))


def _counted(record: Fields, file: AreaFile) -> Iterator[FigureRow]:
    for measure, columns in _measures(file).items():
        cells = [number(record[column]) for column in columns]
        if None not in cells:
            yield FigureRow(
                area_code=record["code"],
                measure=measure,
                amount=sum(cell or 0.0 for cell in cells),
                as_at=_as_at(file),
                source=file.source,
            )


class PlainFigures(Importer):
    """Any other published figures as ``code, measure, amount, as_at``."""

    format = "figures"
    title = "Figures as a plain list (CSV: code, measure, amount, as_at)"
    stage = 3
    columns = {c: c for c in ("code", "measure", "amount", "as_at")}

    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give each figure of an area of the borough."""
        codes = {code for _, code in region.areas}
        for record in self.records(file, report):
            amount = number(record["amount"])
            if record["code"] not in codes:
                report.drop("not an area of the borough", example=record["code"])
            elif amount is None or not re.fullmatch(
                r"\d{4}(-\d\d){0,2}", record["as_at"]
            ):
                report.drop("not a number with a date", example=record["measure"])
            else:
                report.keep(record["as_at"])
                yield FigureRow(
                    area_code=record["code"],
                    measure=record["measure"],
                    amount=amount,
                    as_at=record["as_at"],
                    source=file.source,
                )
