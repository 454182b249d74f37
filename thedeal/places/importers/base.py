"""What every importer shares: opening a file as published, finding its columns.

Official files come zipped, with or without headers, in UTF-8 or Windows-1252, and
with column names that change by the year. A column is looked for under its known
names; where none fits, the error lists what was looked for and what was found.
"""

import csv
import hashlib
import io
import re
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatch
from typing import IO, ClassVar

from thedeal.places.importers.record import AreaFile, RecordError
from thedeal.places.importers.region import Region
from thedeal.places.importers.report import Report
from thedeal.places.importers.rows import Row

Fields = dict[str, str]


class Importer(ABC):
    """One official file format. ``rows`` gives what is kept; the rest is counted."""

    format: ClassVar[str]
    title: ClassVar[str]
    # order among the files of a record: shapes first, then what hangs on them
    stage: ClassVar[int]
    # official name -> patterns of the names it goes by (full match, any case)
    columns: ClassVar[Mapping[str, str]] = {}
    optional: ClassVar[frozenset[str]] = frozenset()
    encoding: ClassVar[str] = "utf-8-sig"

    @abstractmethod
    def rows(self, file: AreaFile, region: Region, report: Report) -> Iterator[Row]:
        """Give each row that is kept; count every row that is not."""

    def records(self, file: AreaFile, report: Report) -> Iterator[Fields]:
        """Give each record of a CSV by official column name, counting as it goes."""
        for name, stream in streams(file):
            text = io.TextIOWrapper(stream, encoding=self.encoding, newline="")
            try:
                yield from self._records(csv.reader(text), file, report, name)
            except (UnicodeDecodeError, csv.Error) as error:
                raise RecordError(
                    f"{name} is not a CSV in {self.encoding}: {error}"
                ) from error

    def _records(
        self,
        lines: Iterator[list[str]],
        file: AreaFile,
        report: Report,
        name: str,
    ) -> Iterator[Fields]:
        places = self.places(next(lines, []), file, name)
        last = max(places.values(), default=0)
        for line in lines:
            report.read += 1
            if len(line) <= last:
                report.drop("too few columns", example=f"line {lines.line_num}")  # type: ignore[attr-defined] # csv.reader has it
                continue
            yield {**file.fixed, **{k: line[at].strip() for k, at in places.items()}}

    def places(
        self, header: Sequence[str], file: AreaFile, name: str
    ) -> dict[str, int]:
        """Give the position of each official column; raise RecordError if one is not."""
        names = [title.strip().lstrip("\ufeff") for title in header]
        found: dict[str, int] = {}
        for official, pattern in self.columns.items():
            at = _position(file.columns.get(official), pattern, names)
            if at is not None:
                found[official] = at
            elif official not in self.optional and official not in file.fixed:
                raise RecordError(
                    f"{name}: no column for {official} (looked for "
                    f"{file.columns.get(official) or pattern}). It has: "
                    f"{', '.join(names[:40]) or 'no header'}."
                )
        return found


def _position(own: str | None, pattern: str, names: Sequence[str]) -> int | None:
    for at, name in enumerate(names):
        if own is not None and name == own:
            return at
        if own is None and re.fullmatch(pattern, name, re.IGNORECASE):
            return at
    return None


@contextmanager
def _opened(file: AreaFile) -> Iterator[IO[bytes]]:
    try:
        with file.path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise RecordError(f"{file.path} cannot be opened: {error.strerror}") from error


def streams(file: AreaFile) -> Iterator[tuple[str, IO[bytes]]]:
    """Give the name and bytes of a file, or of each fitting file inside a zip."""
    with _opened(file) as stream:
        if file.path.suffix.lower() != ".zip":
            yield file.path.name, stream
            return
        try:
            packed = zipfile.ZipFile(stream)
        except zipfile.BadZipFile as error:
            raise RecordError(f"{file.path.name} is not a zip file.") from error
        wanted = file.inside or "*.csv"
        inside = sorted(
            n for n in packed.namelist() if fnmatch(n.lower(), wanted.lower())
        )
        if not inside:
            raise RecordError(f"{file.path.name} has nothing called {wanted} inside.")
        for name in inside:
            with packed.open(name) as member:
                yield name, member


def digest(files: Sequence[AreaFile]) -> str:
    """Give the SHA-256 of all the files' bytes, in their order."""
    total = hashlib.sha256()
    for file in files:
        with _opened(file) as stream:
            while block := stream.read(1 << 20):
                total.update(block)
    return total.hexdigest()


def month(text: str) -> str:
    """Give "2002-02-01" for "200202" (ONS writes months so), or nothing."""
    found = re.fullmatch(r"(\d{4})(\d{2})", text)
    return f"{found[1]}-{found[2]}-01" if found else ""


def number(text: str) -> float | None:
    """Give the number, or None for anything that is not one ("-", "", "NULL")."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
