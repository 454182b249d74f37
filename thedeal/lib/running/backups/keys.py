"""The file of keys beside a backup: without it the personal words stay closed.

It holds the house's own keys and each person's (locked with the house's). A person
erased since is never brought back by an older file.
"""

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from thedeal.lib import cluster
from thedeal.lib.cluster import connections
from thedeal.lib.running.backups.archive import BackupError

HOUSE = ("SECRET_KEY", "FIELD_KEY", "AUDIT_KEY")
Row = tuple[str, bytes | None, str, str | None]
COLUMNS = "subject_id, locked, created_at, erased_at"
Connection = psycopg.Connection[Any]


def beside(file: Path) -> Path:
    """Give where the keys of a backup lie: keep that file in another place."""
    return file.with_name(f"{file.name}.keys")


def write(file: Path) -> None:
    """Write the house's keys and every person's."""
    with psycopg.connect(**connections.connection("backup")) as connection:
        persons = [_packed(row) for row in rows(connection)]
    house = {name: connections.secret(name) for name in HOUSE}
    file.touch(mode=0o600)
    file.write_text(json.dumps({"house": house, "persons": persons}))


def read(file: Path) -> dict[str, Any]:
    """Give the content of an unencrypted file of keys; raise BackupError."""
    try:
        found: dict[str, Any] = json.loads(file.read_text())
        missing = set(HOUSE) - set(found["house"])
        [_unpacked(each) for each in found["persons"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"{file} is not a file of keys, or is damaged.") from error
    if missing:
        raise BackupError(f"{file} lacks {', '.join(sorted(missing))}.")
    return found


def rows(connection: Connection) -> list[Row]:
    """Give the keys of persons in a database; none where there is no such table."""
    found = connection.execute(
        "select to_regclass('public.audit_personkey')"
    ).fetchone()
    if not found or not found[0]:
        return []
    return [
        (str(row[0]), bytes(row[1]) if row[1] else None, _text(row[2]), _text(row[3]))
        for row in connection.execute(f"select {COLUMNS} from audit_personkey")  # noqa: S608 # names above
    ]


def put_back(connection: Connection, saved: list[Any], present: list[Row]) -> None:
    """Write keys into a restored database: the saved, then those present now.

    What is here now wins: a key erased after the backup stays erased.
    """
    merged = {row[0]: row for row in map(_unpacked, saved)}
    merged |= {row[0]: row for row in present}
    with connection.cursor() as cursor:
        cursor.executemany(
            f"insert into audit_personkey ({COLUMNS}) values (%s, %s, %s, %s)",  # noqa: S608 # names above
            list(merged.values()),
        )


def adopt(house: dict[str, str]) -> None:
    """Make the house's keys of a backup those of this installation."""
    file = cluster.Folders(cluster.state_dir()).secrets
    found = json.loads(file.read_text())
    fresh = file.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(
        json.dumps(found | {name: house[name] for name in HOUSE}, indent=1)
    )
    fresh.rename(file)


def _packed(row: Row) -> list[str | None]:
    locked = base64.b64encode(row[1]).decode() if row[1] else None
    return [row[0], locked, row[2], row[3]]


def _unpacked(given: Any) -> Row:
    subject, locked, created, erased = given
    return str(subject), base64.b64decode(locked) if locked else None, created, erased


def _text(moment: datetime | None) -> Any:
    return moment.isoformat() if moment else None
