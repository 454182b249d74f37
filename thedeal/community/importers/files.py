"""Reads a feed from a file, a folder of them or a zip, whatever shape each has."""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from thedeal.community.importers import package, reading, table, terms, zipped
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import Feed
from thedeal.lib.errors import UserFacingError

IN_FOLDERS = (".json", ".ndjson", ".jsonl")
MOST_BYTES = 500 * 1024 * 1024
NO_TABLES = (
    "These tables are not joined as HSDS has them: services.csv and organizations.csv "
    "are not both there. Take one list, as one CSV."
)
PART_PAGES = ("total_pages", "totalPages")


def load(path: Path, *, today: dt.date, most_unpacked: int = zipped.MOST_BYTES) -> Feed:
    """Give the feed in a file or folder; raises UserFacingError where there is none.

    ``most_unpacked`` is in bytes, of a zip.
    """
    if zipped.is_zip(raw := _start(path)):
        return unpacked(raw, today=today, most_bytes=most_unpacked)
    joined = _package(path, today)
    if joined is not None:
        return joined
    paths = _paths(path)
    oddities = Oddities()
    if len(paths) == 1 and paths[0].suffix.lower() == ".csv":
        return _table(paths[0], today)
    bodies: list[Any] = []
    parts: list[Any] = []
    is_whole = True
    for one in paths:
        document, was_whole = _document(one, oddities)
        if (tables := package.in_one(document)) is not None:
            document = package.nested(tables, oddities)
        held = reading.listed(document)
        is_whole = is_whole and was_whole
        bodies += [document] if held is None else held
        parts.append(document)
    feed = reading.feed_of(bodies, today=today)
    feed.oddities.add(oddities)
    feed.is_complete = is_whole and _is_all(parts) and feed.kind != reading.OPEN_ACTIVE
    said = terms.Terms()
    for one in parts:
        said.read(one)
    said.give(feed)
    if not is_whole:
        feed.oddities.note("stopped half-way", path.name)
    return feed


def unpacked(
    raw: bytes, *, today: dt.date, most_bytes: int = zipped.MOST_BYTES
) -> Feed:
    """Give the feed in a zip; raises UserFacingError where there is none."""
    with tempfile.TemporaryDirectory() as folder:
        found = zipped.unpack(raw, Path(folder), most_bytes=most_bytes)
        if found.is_dir() and not _holds_a_feed(found):
            raise UserFacingError(NO_TABLES)
        return load(found, today=today)


def _start(path: Path) -> bytes:
    """Give all of a file that begins as a zip does, else only its first few bytes."""
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as file:
            begins = file.read(len(zipped.BEGINS))
            is_zip = begins == zipped.BEGINS and path.stat().st_size <= MOST_BYTES
            return begins + (file.read() if is_zip else b"")
    except OSError:
        return b""  # said below, as of any file


def _holds_a_feed(folder: Path) -> bool:
    names = {one.name.lower() for one in folder.iterdir()}
    is_tables = {f"{package.MAIN}.csv", f"{package.BESIDE}.csv"} <= names
    return is_tables or any(name.endswith(IN_FOLDERS) for name in names)


def _package(path: Path, today: dt.date) -> Feed | None:
    """Give the feed of a folder of HSDS tables, also where its services.csv is named."""
    folder = path if path.is_dir() else path.parent
    if not path.is_dir() and path.name.lower() != f"{package.MAIN}.csv":
        return None
    names = {one.name.lower() for one in folder.glob("*.csv")}
    if not {f"{package.MAIN}.csv", f"{package.BESIDE}.csv"} <= names:
        return None
    oddities = Oddities()
    texts = {
        one.name: reading.decoded(one.read_bytes(), oddities)
        for one in sorted(folder.glob("*.csv"))
    }
    feed = reading.feed_of(package.read(texts, oddities), today=today)
    feed.oddities.add(oddities)
    feed.kind = package.KIND
    return feed


def _table(path: Path, today: dt.date) -> Feed:
    oddities = Oddities()
    raw = path.read_bytes()
    reading.check_is_text(raw)
    found = table.rows(reading.decoded(raw, oddities), oddities)
    if not found and not oddities.counts:
        raise UserFacingError(f"{path.name} is empty.")
    feed = reading.feed_of(
        [one.document for one in found], today=today, lines=[one.line for one in found]
    )
    feed.kind = "CSV"
    feed.oddities.add(oddities)
    return feed


def _paths(path: Path) -> list[Path]:
    try:
        found = [path]
        if path.is_dir():
            found = sorted(
                p for p in path.rglob("*.*") if p.suffix.lower() in IN_FOLDERS
            )
        size = sum(p.stat().st_size for p in found)
    except OSError as error:
        raise UserFacingError(f"{path} cannot be read: {error.strerror}.") from error
    if not found:
        raise UserFacingError(f"There is no JSON file in {path}.")
    if size > MOST_BYTES:
        raise UserFacingError("This is more than 500 MB. Split it into several files.")
    return found


def _document(path: Path, oddities: Oddities) -> tuple[Any, bool]:
    raw = path.read_bytes()
    reading.check_is_text(raw)
    text = reading.decoded(raw, oddities)
    if not text.strip():
        raise UserFacingError(f"{path.name} is empty.")
    return reading.parsed(text, oddities)


def _is_all(documents: list[Any]) -> bool:
    """Say whether these are a whole feed: each page of it, and no record alone."""
    if len(documents) == 1:
        return not reading.is_part(documents[0])
    pages = {_pages(one) for one in documents if isinstance(one, dict)}
    return max(pages, default=0) <= len(documents)


def _pages(document: dict[str, Any]) -> int:
    said = next((document[n] for n in PART_PAGES if n in document), 1)
    return said if isinstance(said, int) else 1
