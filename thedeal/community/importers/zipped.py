"""Unpacks a feed that comes as a zip: tables, or files of JSON, beside one another.

Never trusts what a zip says of itself: no name of it is a path here, and what is
unpacked is counted as it comes, so that a small file cannot fill the machine.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

from thedeal.lib.errors import UserFacingError

BEGINS = b"PK\x03\x04"
TAKEN = (".csv", ".json", ".ndjson", ".jsonl")
SHEETS = "xl/workbook.xml"  # a spreadsheet is a zip too
MOST_FILES = 200
MEGABYTE = 1024 * 1024
MOST_BYTES = 200 * MEGABYTE  # unpacked, altogether
BROKEN = "This zip is broken or has a password. Ask whoever keeps it for another."
TOO_LARGE = "This zip unpacks to more than {most} MB. Ask for it in several parts."
TOO_MANY = "This zip holds more than 200 files. Ask for it in several parts."
NOTHING = "This zip holds no CSV and no JSON, so there is no feed in it."
WRONG = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


def is_zip(raw: bytes) -> bool:
    """Say whether these bytes are a zip that is no spreadsheet."""
    if not raw.startswith(BEGINS):
        return False
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            return SHEETS not in packed.namelist()
    except (*WRONG, OSError, ValueError):
        return False  # as a workbook that is broken: neither can be read


def unpack(raw: bytes, folder: Path, *, most_bytes: int = MOST_BYTES) -> Path:
    """Unpack into an empty folder; give it, or the file where there is but one.

    Raises UserFacingError for a zip that is broken, too large, or holds no feed.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            _unpack(packed, folder, most_bytes)
    except (*WRONG, OSError, ValueError) as error:
        raise UserFacingError(BROKEN) from error
    found = list(folder.iterdir())
    return found[0] if len(found) == 1 else folder


def _unpack(packed: zipfile.ZipFile, folder: Path, most_bytes: int) -> None:
    members = [one for one in packed.infolist() if _is_taken(one)]
    if not members:
        raise UserFacingError(NOTHING)
    if len(members) > MOST_FILES:
        raise UserFacingError(TOO_MANY)
    done = 0
    for number, one in enumerate(members):
        path = _free(folder, _name(one), number)
        for piece in _pieces(packed, one, path):
            done += piece
            if done > most_bytes:
                most = most_bytes // MEGABYTE or 1
                raise UserFacingError(TOO_LARGE.format(most=most))


def _is_taken(one: zipfile.ZipInfo) -> bool:
    """Say whether it may be part of a feed: no folder, nothing hidden, no rubbish."""
    parts = PurePosixPath(one.filename.replace("\\", "/")).parts
    is_hidden = any(part.startswith((".", "__")) and part != ".." for part in parts)
    return not one.is_dir() and not is_hidden and _name(one).lower().endswith(TAKEN)


def _name(one: zipfile.ZipInfo) -> str:
    """Give its own name, whatever folder it says that it lies in."""
    return one.filename.replace("\\", "/").rsplit("/", 1)[-1][-100:]


def _free(folder: Path, name: str, number: int) -> Path:
    """Give where it is written: one of the same name goes into a folder of its own."""
    path = folder / name
    if path.exists():
        path = folder / str(number) / name
        path.parent.mkdir()
    return path


def _pieces(packed: zipfile.ZipFile, one: zipfile.ZipInfo, path: Path) -> Iterator[int]:
    """Write one file a piece at a time; give how many bytes each came to."""
    with packed.open(one) as source, path.open("wb") as target:
        while piece := source.read(MEGABYTE):
            yield target.write(piece)
