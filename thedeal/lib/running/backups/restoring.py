"""Restores a backup: checked in a scratch database first, then switched to.

Nothing in use is touched before every check has passed. The database that was in use
is kept beside the new one until the next restore.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from thedeal.lib import cluster
from thedeal.lib.cluster import connections, databases
from thedeal.lib.cluster.logins import open_doors
from thedeal.lib.running import house
from thedeal.lib.running.backups import archive, dumping, keys, tables
from thedeal.lib.running.backups.archive import BackupError

# walls and grants name this installation's own logins: raised again after a restore
LEFT_TO_US = re.compile(r"^\d+; \d+ \d+ (POLICY|ROW SECURITY|ACL|DEFAULT ACL|SCHEMA) ")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A backup unpacked and vouched for, with its keys where they were found."""

    folder: Path
    manifest: dict[str, Any]
    kept_keys: dict[str, Any] | None


def verify(
    file: Path, *, identity: Path | None = None, kept_keys: Path | None = None
) -> dict[str, Any]:
    """Prove that a backup can be restored: restore it aside, compare, drop it.

    Gives its manifest; raises BackupError.
    """
    with _opened(file, identity, kept_keys) as opened, _scratch("check") as scratch:
        _fill(scratch, opened, file)
        return opened.manifest


def restore(
    file: Path, *, identity: Path | None = None, kept_keys: Path | None = None
) -> str:
    """Check a backup and switch to it; give the name of the database kept aside."""
    aside = f"{connections.database_name()}_before_restore"
    with _opened(file, identity, kept_keys) as opened, _scratch("new") as scratch:
        _fill(scratch, opened, file)
        house.check_not_newer(dbname=scratch)
        _put_keys(scratch, opened, file)
        with databases.meeting() as admin:
            databases.switch(admin, fresh=scratch, aside=aside)
        if opened.kept_keys:
            keys.adopt(opened.kept_keys["house"])
        for name in (dumping.FILES, dumping.ANCHORS):
            _switch_folder(opened.folder / name, cluster.state_dir() / name)
    return aside


@contextmanager
def _opened(
    file: Path, identity: Path | None, kept_keys: Path | None
) -> Iterator[Opened]:
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    with dumping.workroom() as room:
        given = _read_keys(file, identity, kept_keys, room)
        signed = [connections.secret("AUDIT_KEY")]
        signed += [given["house"]["AUDIT_KEY"]] if given else []
        folder = room / "out"
        folder.mkdir()
        tar = _readable(file, room / "tar", identity)
        manifest = archive.unpack(tar, folder, keys=signed)
        yield Opened(folder=folder, manifest=manifest, kept_keys=given)


def _read_keys(
    file: Path, identity: Path | None, kept_keys: Path | None, room: Path
) -> dict[str, Any] | None:
    """Give the keys named, or those beside the backup, or None."""
    found = kept_keys or keys.beside(file)
    if not found.is_file():
        if kept_keys:
            raise BackupError(f"There is no file {kept_keys}.")
        return None
    return keys.read(_readable(found, room / "keys", identity))


def _readable(file: Path, plain: Path, identity: Path | None) -> Path:
    if not archive.is_encrypted(file):
        return file
    archive.decrypt(file, plain, identity)
    return plain


@contextmanager
def _scratch(word: str) -> Iterator[str]:
    """Give the name of an empty database, dropped afterwards if it is still there."""
    name = f"{connections.database_name()}_{word}"
    with databases.meeting() as admin:
        databases.drop(admin, name)
        databases.create(admin, name)
    open_doors(name)
    try:
        yield name
    finally:
        with databases.meeting() as admin:
            databases.drop(admin, name)


def _fill(scratch: str, opened: Opened, file: Path) -> None:
    dump = opened.folder / dumping.DUMP
    restoring = dumping.program("pg_restore")
    listed = dumping.contents(dump)
    chosen = opened.folder.parent / "chosen"
    chosen.write_text(
        "\n".join(line for line in listed.splitlines() if not LEFT_TO_US.match(line))
    )
    words = [restoring, "--exit-on-error", "--no-owner", "--no-privileges"]
    words += [f"--use-list={chosen}", f"--jobs={min(4, os.cpu_count() or 1)}"]
    dumping.run([*words, str(dump)], "owner", dbname=scratch)
    _compare(scratch, opened.manifest, file)


def _compare(scratch: str, manifest: dict[str, Any], file: Path) -> None:
    given = connections.connection("owner") | {"dbname": scratch}
    with psycopg.connect(**given) as connection:
        found = tables.digests(connection)
        same_version = connection.info.server_version // 10000 == manifest["postgres"]
    wanted = manifest["tables"]
    if not same_version:  # rows may read differently as text; their number may not
        found = {name: each[:1] for name, each in found.items()}
        wanted = {name: each[:1] for name, each in wanted.items()}
    odd = sorted(
        name
        for name in wanted.keys() | found.keys()
        if wanted.get(name) != found.get(name)
    )
    if odd:
        raise archive.broken(file, f"{', '.join(odd[:5])} did not come back whole.")


def _put_keys(scratch: str, opened: Opened, file: Path) -> None:
    own = connections.secret("FIELD_KEY")
    given = opened.kept_keys
    same_house = not given or given["house"]["FIELD_KEY"] == own
    with psycopg.connect(**connections.connection("backup")) as connection:
        present = keys.rows(connection) if same_house else []
    with psycopg.connect(
        **connections.connection("owner") | {"dbname": scratch}
    ) as connection:
        keys.put_back(connection, given["persons"] if given else [], present)


def _switch_folder(fresh: Path, place: Path) -> None:
    before = place.with_name(f"{place.name}.before_restore")
    shutil.rmtree(before, ignore_errors=True)
    if place.exists():
        place.rename(before)
    if fresh.is_dir():
        shutil.move(fresh, place)
