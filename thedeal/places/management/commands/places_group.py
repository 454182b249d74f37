"""Groups an area's LSOAs into neighbourhoods and prints the CSV of two columns.

``manage places_group AREA.yaml > neighbourhoods.csv``. A first guess, to be read by
people who live there, changed by hand, and named in the record.
"""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from thedeal.places import grouping, importers
from thedeal.places.importers.record import RecordError, read
from thedeal.places.importers.region import Region, neighbours_within, to_metres


class Command(BaseCommand):
    """Write ``lsoa21cd,neighbourhood`` to the screen."""

    help = "Group an area's small areas into neighbourhoods of even size."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the record, the number wanted and the bounds."""
        parser.add_argument("record", type=Path)
        parser.add_argument("--count", type=int, default=7, help="If it has no seeds.")
        parser.add_argument("--fewest", type=int, default=30_000)
        parser.add_argument("--most", type=int, default=50_000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, group, write."""
        try:
            record = read(options["record"])
            files = [f for f in record.files if f.format != "neighbourhoods"]
            region = importers.gather(record, files=files).region
            units = _units(region)
            seeds = record.seeds or {
                f"Neighbourhood {n}": code
                for n, code in enumerate(
                    grouping.spread_seeds(units, count=options["count"]), start=1
                )
            }
            found = grouping.group(
                units,
                touching=neighbours_within(region),
                seeds=list(seeds.values()),
                bounds=grouping.Bounds(fewest=options["fewest"], most=options["most"]),
            )
        except (RecordError, grouping.CannotGroupError) as error:
            raise CommandError(str(error)) from error
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(["lsoa21cd", "neighbourhood"])
        names = list(seeds)
        writer.writerows([code, names[n]] for code, n in sorted(found.items()))


def _units(region: Region) -> list[grouping.Unit]:
    """Give each small area with its people, its postcodes' middle and its ward."""
    people = {c: row.amount for (c, m, _), row in region.figures.items() if m == "people_all"}  # fmt: skip
    points: dict[str, list[tuple[float, float]]] = {}
    for row in region.postcodes.values():
        if row.lat is not None and row.lon is not None and not row.terminated:
            points.setdefault(row.lsoa_code, []).append((row.lat, row.lon))
    units = []
    for (kind, code), area in sorted(region.areas.items()):
        if kind == "lsoa":
            mine = points.get(code) or [(area.lat, area.lon)]
            x, y = to_metres(mine)
            parent = region.parents.get(code)
            units.append(
                grouping.Unit(
                    code=code,
                    people=round(people.get(code, 0)),
                    x_m=x,
                    y_m=y,
                    ward=parent.ward_code if parent else "",
                )
            )
    return units
