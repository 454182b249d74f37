"""Reads a layer of a GeoPackage: SQLite with shapes in it. Read-only.

The binary header is OGC 12-128r18 §2.1.3: "GP", version, flags, SRS id, an envelope
whose length the flags tell, then well-known binary.
"""

import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import shapely

from thedeal.places.importers.base import Fields, streams
from thedeal.places.importers.record import AreaFile, RecordError
from thedeal.places.importers.region import degrees

ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
BRITISH_GRID = 27700


def is_geopackage(file: AreaFile) -> bool:
    """Say whether a file, or what is wanted inside the zip, is a GeoPackage."""
    return any(name.lower().endswith(".gpkg") for name in (file.path.name, file.inside))


def layer(file: AreaFile, name: str) -> Iterator[Fields]:
    """Give each row of a layer as text by column, with lat and lon of its middle."""
    with _on_disk(file) as path, closing(_connected(path)) as db:
        table, column, srs = _geometry_column(db, name, file.path.name)
        db.row_factory = sqlite3.Row
        for row in db.execute(f'select * from "{table}"'):  # noqa: S608 - from its own list
            fields = {k.lower(): "" if row[k] is None else str(row[k]) for k in row.keys() if k != column}  # fmt: skip # noqa: SIM118 - a Row is not a dict
            yield fields | _middle(row[column], srs)


@contextmanager
def _on_disk(file: AreaFile) -> Iterator[Path]:
    """Give a path SQLite can open, unpacked for as long as it is read."""
    if file.path.suffix.lower() != ".zip":
        yield file.path
        return
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as copy:
        for _, stream in streams(file):
            while block := stream.read(1 << 20):
                copy.write(block)
            break
        copy.flush()
        yield Path(copy.name)


def _connected(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise RecordError(f"{path} cannot be opened: there is no such file.")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _geometry_column(
    db: sqlite3.Connection, name: str, file: str
) -> tuple[str, str, int]:
    try:
        known = db.execute(
            "select table_name, column_name, srs_id from gpkg_geometry_columns"
        ).fetchall()
    except sqlite3.DatabaseError as error:
        raise RecordError(f"{file} is not a GeoPackage: {error}") from error
    wanted = _plain(name)
    for table, column, srs in known:
        if _plain(table) == wanted:
            return str(table), str(column), int(srs)
    raise RecordError(
        f"{file} has no layer {name}: it has {', '.join(str(t) for t, _, _ in known)}."
    )


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _middle(blob: Any, srs: int) -> Fields:
    if not isinstance(blob, bytes) or blob[:2] != b"GP":
        return {}
    start = 8 + ENVELOPE_BYTES.get((blob[3] >> 1) & 7, 0)
    drawn = shapely.from_wkb(blob[start:])
    if drawn is None or drawn.is_empty:
        return {}
    at = drawn.representative_point()
    lat, lon = degrees(at.x, at.y) if srs == BRITISH_GRID else (at.y, at.x)
    return {"lat": str(round(lat, 6)), "lon": str(round(lon, 6))}
