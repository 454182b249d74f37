"""A digest of each table, by which a restored database is compared with the old."""

from typing import Any

import psycopg
from psycopg import sql

# left out of backups: keys of persons have their own file, sessions end with a restore
LEFT_OUT = ("audit_personkey", "django_session", "cache")
STEADY = {
    "timezone": "UTC",
    "datestyle": "ISO, YMD",
    "intervalstyle": "iso_8601",
    "bytea_output": "hex",
    "extra_float_digits": "1",
}
Connection = psycopg.Connection[Any]


def digests(connection: Connection) -> dict[str, list[str]]:
    """Give for each table how many rows it has, and a digest blind to their order."""
    for name, value in STEADY.items():
        connection.execute("select set_config(%s, %s, false)", [name, value])
    return {table: _digest(connection, table) for table in names(connection)}


def names(connection: Connection) -> list[str]:
    """Give the tables that a backup holds the rows of."""
    rows = connection.execute(
        "select tablename from pg_tables where schemaname = 'public' order by 1"
    )
    return [row[0] for row in rows if row[0] not in LEFT_OUT]


def _digest(connection: Connection, table: str) -> list[str]:
    row = connection.execute(
        sql.SQL(
            "select count(*)::text,"
            " coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text from {} t"
        ).format(sql.Identifier("public", table))
    ).fetchone()
    return list(row or ())
