"""Feeds that come as a zip: as a file, over the wire, and the zips that are a trap."""

import datetime as dt
import io
import json
import warnings
import zipfile
from pathlib import Path

import pytest

from tests.unit.community.importers.test_addresses import ROOT, Pages, light
from tests.unit.community.importers.test_other_files import TABLES
from thedeal.community.importers import addresses, files, package, zipped
from thedeal.community.importers.records import facts_of
from thedeal.lib.errors import UserFacingError

TODAY = dt.date(2026, 11, 23)
ADDRESS = f"{ROOT}/export.zip"
HIDDEN = {"__MACOSX/._services.csv": "rubbish", ".DS_Store": "x", "notes.txt": "x"}


def packed(held: dict[str, str]) -> bytes:
    """Give a zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in held.items():
            made.writestr(name, text)
    return target.getvalue()


def fetched(raw: bytes):
    return addresses.load(ADDRESS, today=TODAY, fetcher=Pages({ADDRESS: raw}))


def saved(tmp_path: Path, raw: bytes) -> Path:
    path = tmp_path / "export"
    path.write_bytes(raw)
    return path


def test_a_zip_of_tables_is_read_from_its_address():
    feed = fetched(packed({**TABLES, **HIDDEN}))
    assert (feed.kind, feed.read, feed.is_complete) == (package.KIND, 2, True)
    assert facts_of(feed.records).name == "Knitters"


def test_a_zip_is_read_as_a_file_and_its_folders_are_nothing(tmp_path: Path):
    held = {f"../../up/{name}": text for name, text in TABLES.items()}
    feed = files.load(saved(tmp_path, packed(held)), today=TODAY)
    assert (feed.kind, feed.read) == (package.KIND, 2)
    assert not (tmp_path / "../../up").resolve().exists()


def test_a_zip_of_one_file_is_that_file():
    table = "name,day,starts,ends\nKnit,Tuesday,10:00,12:00\n"
    assert fetched(packed({"list.csv": table})).read == 1
    assert fetched(packed({"s.json": json.dumps({"contents": [light(1)]})})).read == 1


def test_pages_of_one_name_in_several_folders_are_all_read():
    pages = {f"{n}/s.json": json.dumps({"contents": [light(n)]}) for n in (1, 2, 3)}
    assert fetched(packed(pages)).read == 3


def test_a_zip_that_unpacks_to_too_much_is_let_go_of(tmp_path: Path):
    raw = packed({"a.json": "0" * 3_000_000, "b.json": "0" * 3_000_000})
    assert len(raw) < 20_000
    with pytest.raises(UserFacingError, match="more than 5 MB"):
        zipped.unpack(raw, tmp_path, most_bytes=5 * 1024 * 1024)


def test_a_zip_that_says_it_is_small_is_counted_all_the_same(tmp_path: Path):
    raw = packed({"a.json": "0" * 3_000_000})
    said = (3_000_000).to_bytes(4, "little")
    lies = raw.replace(said, (10).to_bytes(4, "little"))
    with pytest.raises(UserFacingError, match="broken"):
        zipped.unpack(lies, tmp_path)


def locked() -> bytes:
    """Give a zip that says that it has a password."""
    raw = bytearray(packed({"a.json": "{}"}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


WRONG = [
    (packed({}), "Excel workbook, or a zip that is broken"),
    (packed(TABLES)[:300], "Excel workbook, or a zip that is broken"),
    (packed({"xl/workbook.xml": "<x/>", "a.csv": "x"}), "Excel workbook"),
    (packed({"read me.txt": "hello"}), "no CSV and no JSON"),
    (packed({"a.csv": "name\nKnit\n", "b.csv": "name\nSew\n"}), "not joined as HSDS"),
    (packed({f"{n}.csv": "" for n in range(201)}), "more than 200 files"),
    (locked(), "has a password"),
]


@pytest.mark.parametrize(("raw", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_zip_that_is_no_feed_says_what_to_do(raw: bytes, said: str):
    with pytest.raises(UserFacingError) as caught:
        fetched(raw)
    assert said in caught.value.sentence


def test_a_zip_in_a_zip_is_left_alone():
    with pytest.raises(UserFacingError) as caught:
        fetched(packed({"inner.zip": "PK"}))
    assert caught.value.sentence == zipped.NOTHING


def test_a_zip_with_a_file_twice_keeps_both():
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as made:
        warnings.simplefilter("ignore")
        for n in (1, 2):
            made.writestr("s.json", json.dumps({"contents": [light(n)]}))
    assert fetched(target.getvalue()).read == 2


def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path):
    with pytest.raises(UserFacingError, match="cannot be read"):
        files.load(tmp_path / "nothing.zip", today=TODAY)
