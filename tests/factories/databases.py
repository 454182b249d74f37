"""The databases of a run of tests, each a copy of one that was made once.

Migrating takes most of a minute, the standing cast half a second and the demo borough
ten; a copy takes a moment. What was migrated stays on the server, under a name that
changes with every migration and every locked package. What people are in is made anew
for each run, by whichever process needs it first, and dropped at its end.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from thedeal.lib.cluster import connections
from thedeal.lib.running.manage import ROOT

MIGRATED = "thedeal_migrated_"
ONE_AT_A_TIME = 20261130  # the number of the lock that whoever makes one holds


class Databases:
    """What one run of tests has made so far; ``run`` names what is only its own."""

    def __init__(self, run: str) -> None:
        self.run = f"test_{run}_"

    @contextmanager
    def alone(self) -> "Iterator[psycopg.Connection[Any]]":
        """Make databases while no other process does."""
        given = connections.connection(connections.TESTS) | {"dbname": "postgres"}
        with psycopg.connect(**given, autocommit=True) as line:
            line.execute("select pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            yield line

    @contextmanager
    def set_up(self, *, make: Callable[[], None]) -> Iterator[None]:
        """Say what Django copies for this process; once it did, keep what is missing.

        The first process of a run puts the cast on the stage by ``make``; the first
        since a migration or a package changed also keeps what was migrated.
        """
        migrated, staged = _migrated(), f"{self.run}staged"
        with self.alone() as line:
            is_migrated, is_staged = _is_there(line, migrated), _is_there(line, staged)
            if is_staged or is_migrated:
                test: dict[str, Any] = connection.settings_dict["TEST"]
                test["TEMPLATE"] = staged if is_staged else migrated
            yield
            if not is_migrated:
                drop(line, MIGRATED)
                _keep(line, migrated)
            if not is_staged:
                make()
                _keep(line, staged)

    def with_more(self, what: str, *, make: Callable[[], None]) -> str:
        """Give the name of a copy, this process's own, of the stage with more on it."""
        whole, own = f"{self.run}{what}", f"{self.run}{what}_{os.getpid()}"
        with self.alone() as line:
            if not _is_there(line, whole):
                copy(line, f"{self.run}staged", whole)
                with using(whole):
                    make()
            if not _is_there(line, own):
                copy(line, whole, own)
        return own

    def end(self) -> None:
        """Drop what was made for this run alone."""
        with self.alone() as line:
            drop(line, self.run)


@contextmanager
def using(name: str) -> Iterator[None]:
    """Have Django's connection lead to another database for a while."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def copy(line: Any, of: str, name: str) -> None:
    """Copy a database that nobody is connected to."""
    statement = sql.SQL("create database {} template {}")
    line.execute(statement.format(sql.Identifier(name), sql.Identifier(of)))


def drop(line: Any, beginning: str) -> None:
    """Drop every database whose name begins so, whoever is connected to it."""
    named = "select datname from pg_database where starts_with(datname, %s)"
    for (name,) in line.execute(named, [beginning]).fetchall():
        statement = sql.SQL("drop database if exists {} with (force)")
        line.execute(statement.format(sql.Identifier(name)))


def _keep(line: Any, name: str) -> None:
    made = str(connection.settings_dict["NAME"])
    connection.close()
    copy(line, made, name)


def _is_there(line: Any, name: str) -> bool:
    found = line.execute("select 1 from pg_database where datname = %s", [name])
    return found.fetchone() is not None


def _migrated() -> str:
    """Name the database for these migrations and these packages."""
    read = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(Path(ROOT).glob("thedeal/*/migrations/*.py")):
        read.update(path.read_bytes())
    return MIGRATED + read.hexdigest()[:16]
