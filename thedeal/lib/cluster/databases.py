"""Makes, drops and switches whole databases on the server: for restoring a backup.

Each function takes a connection of the server's own user, in autocommit, to another
database than the one it works on (``meeting``). It must never drop the database in use.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from thedeal.lib.cluster import connections
from thedeal.lib.cluster.errors import ClusterError

MEETING_PLACES = ("postgres", "template1")
Connection = psycopg.Connection[Any]


@contextmanager
def meeting() -> Iterator[Connection]:
    """Connect to a database that is nobody's, to work on the others from there."""
    given = connections.connection(connections.TESTS)
    for place in MEETING_PLACES:
        try:
            found = psycopg.connect(**given | {"dbname": place}, autocommit=True)
        except psycopg.OperationalError:
            continue
        with found as connection:
            yield connection
        return
    raise ClusterError(
        "The user in DATABASE_URL may not open the database “postgres”, from which "
        "others are made and switched. Let it (GRANT CONNECT), and start again."
    )


def exists(admin: Connection, name: str) -> bool:
    """Whether there is a database of this name."""
    found = admin.execute("select 1 from pg_database where datname = %s", [name])
    return found.fetchone() is not None


def create(admin: Connection, name: str) -> None:
    """Make an empty database that our owner's login owns."""
    try:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(name), sql.Identifier(connections.role("owner"))
            )
        )
    except psycopg.errors.InsufficientPrivilege as error:
        raise ClusterError(
            "The user in DATABASE_URL may not make databases. Let it (CREATEDB), and "
            "start again."
        ) from error


def drop(admin: Connection, name: str) -> None:
    """Drop a database that nobody needs; never the one in use."""
    if name == connections.database_name():
        raise ClusterError(f"{name} is the database in use and is never dropped.")
    admin.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def switch(admin: Connection, *, fresh: str, aside: str) -> None:
    """Put a fresh database in the place of ours, which is kept as ``aside``."""
    name = connections.database_name()
    drop(admin, aside)
    admin.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = any(%s)",
        [[name, fresh]],
    )
    with admin.transaction():
        for old, new in ((name, aside), (fresh, name)):
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(old), sql.Identifier(new)
                )
            )
