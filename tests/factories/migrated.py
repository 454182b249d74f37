"""A migrated database that every process of the tests copies, made once.

Migrating takes most of a minute and copying a moment. What was made stays on the
server, under a name that changes with every migration and every locked package; an
older one is dropped when another is made.
"""

import hashlib
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from thedeal.lib.cluster import connections
from thedeal.lib.running.manage import ROOT

PREFIX = "thedeal_migrated_"
ONE_AT_A_TIME = 20261130  # the number of the lock that whoever makes it holds


def name() -> str:
    """Give what the database for these migrations and these packages is called."""
    read = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(Path(ROOT).glob("thedeal/*/migrations/*.py")):
        read.update(path.read_bytes())
    return PREFIX + read.hexdigest()[:16]


class Migrated:
    """Copies the migrated database if it is there, or keeps the first that was made."""

    def __init__(self) -> None:
        given = connections.connection(connections.TESTS) | {"dbname": "postgres"}
        self.admin = psycopg.connect(**given, autocommit=True)
        self.admin.execute("select pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        found = "select 1 from pg_database where datname = %s"
        self.is_there = self.admin.execute(found, [name()]).fetchone() is not None
        if self.is_there:
            connection.settings_dict["TEST"]["TEMPLATE"] = name()

    def keep(self) -> None:
        """Keep a copy of the database that was just made, for the next; let others on."""
        if not self.is_there:
            self._drop_older()
            made = str(connection.settings_dict["NAME"])
            connection.close()
            copy = sql.SQL("create database {} template {}")
            self.admin.execute(
                copy.format(sql.Identifier(name()), sql.Identifier(made))
            )
        self.admin.close()

    def _drop_older(self) -> None:
        older = "select datname from pg_database where datname like %s"
        for (old,) in self.admin.execute(older, [PREFIX + "%"]).fetchall():
            drop = sql.SQL("drop database if exists {}").format(sql.Identifier(old))
            self.admin.execute(drop)
