"""What the database itself says of this installation: demo or authority, how new.

One row in ``thedeal_house``, made by the owner's login in an empty database before
anything else, so that no crash leaves a half-built database that nobody knows. It
must never be made in a database that others use.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from thedeal.lib.cluster import connections
from thedeal.lib.running.manage import ROOT, CommandError

DEMO, AUTHORITY = "demo", "authority"
WORDS = {DEMO: "a demo, with made-up people", AUTHORITY: "a real authority's"}
TABLE = """
create table if not exists thedeal_house (
    one boolean primary key default true check (one),
    kind text not null check (kind in ('demo', 'authority')),
    schema_stamp text not null default '',
    demo_stamp text not null default '',
    signing_in text not null default ''
)"""
NOT_OURS = (
    "This database is not empty and is not marked as ours, so it is left alone. Set "
    "THEDEAL_STATE to a fresh folder, or DATABASE_URL to an empty database."
)
# no rows in any of these: nobody has begun to use the database
FIRST_TABLES = ("partners_authority", "accounts_user", "residents_person")


@dataclass(frozen=True, kw_only=True)
class House:
    """What the database says of itself."""

    kind: str
    schema_stamp: str
    demo_stamp: str
    signing_in: str


@contextmanager
def connect(
    login: str = "owner", *, dbname: str | None = None
) -> "Iterator[psycopg.Connection[Any]]":
    """Open the database as one login; each statement is saved by itself."""
    given = connections.connection(login) | ({"dbname": dbname} if dbname else {})
    with psycopg.connect(**given, autocommit=True, connect_timeout=10) as connection:
        yield connection


def read() -> House | None:
    """Give what the database says of itself, or None where it says nothing."""
    with connect() as connection:
        if not _has(connection, "thedeal_house"):
            return None
        row = connection.execute(
            "select kind, schema_stamp, demo_stamp, signing_in from thedeal_house"
        ).fetchone()
    if row is None:
        return None
    return House(kind=row[0], schema_stamp=row[1], demo_stamp=row[2], signing_in=row[3])


def claim(kind: str) -> House:
    """Make the database this kind, or raise CommandError where it is another's."""
    found = read()
    if found and found.kind != kind:
        raise CommandError(
            f"This database is {WORDS[found.kind]}, so it is left alone. Use another: "
            "set THEDEAL_STATE to a fresh folder, or DATABASE_URL to an empty database."
        )
    if found:
        return found
    if not is_unused():
        raise CommandError(NOT_OURS)
    with connect() as connection:
        connection.execute(TABLE)
        connection.execute(
            "insert into thedeal_house (kind) values (%s) on conflict do nothing",
            [kind],
        )
    return House(kind=kind, schema_stamp="", demo_stamp="", signing_in="")


def is_unused() -> bool:
    """Whether there is nothing in the database that somebody could miss."""
    with connect() as connection:
        if _tables(connection) <= {"thedeal_house"}:
            return True
        if not _has(connection, "django_migrations"):
            return False
    with connect("backup") as connection:
        found = [table for table in FIRST_TABLES if _has(connection, table)]
        try:
            return not any(_has_rows(connection, table) for table in found)
        except psycopg.errors.InsufficientPrivilege:
            return False  # not walls of ours, so not a database of ours


def has_authority() -> bool:
    """Whether anybody has set up an authority yet."""
    with connect("backup") as connection:
        return _has_rows(connection, "partners_authority")


def note(**stamps: str) -> None:
    """Write down what the database now is (schema_stamp, demo_stamp, signing_in)."""
    with connect() as connection:
        for name in ("schema_stamp", "demo_stamp", "signing_in"):
            if name in stamps:
                connection.execute(
                    f"update thedeal_house set {name} = %s",  # noqa: S608 # names above
                    [stamps[name]],
                )


def check_not_newer(*, dbname: str | None = None) -> None:
    """Raise CommandError where a newer release has changed this database."""
    with connect(dbname=dbname) as connection:
        if not _has(connection, "django_migrations"):
            return
        rows = connection.execute("select app, name from django_migrations").fetchall()
    unknown = sorted(
        f"{app}.{name}"
        for app, name in rows
        if _is_ours(app) and not _migration(app, name).exists()
    )
    if unknown:
        raise CommandError(
            f"The database is from a newer version of The Deal (it has {unknown[-1]}, "
            "which this release does not know). Use the newer release, or go back "
            "with ./deal rollback to the backup made before the upgrade."
        )


def schema_stamp() -> str:
    """Give a digest of all code that decides the schema and the walls."""
    folder = ROOT / "thedeal"
    skipped = (folder / "lib" / "running", folder / "lib" / "setup", folder / "demo")
    files = [
        path
        for path in sorted(folder.rglob("*.py"))
        if not any(path.is_relative_to(each) for each in skipped)
    ]
    return _digest([*files, ROOT / "requirements.lock"])


def demo_stamp() -> str:
    """Give a digest of all that the demo is built from."""
    files = [
        path
        for folder in (ROOT / "thedeal" / "demo", ROOT / "definitions")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in {".pyc", ".html"}
    ]
    return _digest(files)


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _is_ours(app: str) -> bool:
    return (ROOT / "thedeal" / app).is_dir() or app in {"public", "desk", "mine"}


def _migration(app: str, name: str) -> Path:
    return ROOT / "thedeal" / app / "migrations" / f"{name}.py"


def _tables(connection: "psycopg.Connection[Any]") -> set[str]:
    rows = connection.execute(
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm')"
    )
    return {row[0] for row in rows}


def _has(connection: "psycopg.Connection[Any]", table: str) -> bool:
    row = connection.execute("select to_regclass(%s)", [f"public.{table}"]).fetchone()
    return bool(row and row[0])


def _has_rows(connection: "psycopg.Connection[Any]", table: str) -> bool:
    row = connection.execute(
        f'select exists (select from "{table}")'  # noqa: S608 # names above
    ).fetchone()
    return bool(row and row[0])
