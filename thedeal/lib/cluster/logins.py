"""Makes the database and its five logins, and repairs them at each start (ADR 0004).

Each login has its own random password, no membership in another (so no SET ROLE),
and limits on how long it may wait or hold others up. Only ``backup`` reads past the
row policies, and it can write nothing.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

from thedeal.lib.cluster import connections, databases
from thedeal.lib.cluster.errors import ClusterError

OLDEST_SERVER = 170000  # PostgreSQL 17: the built-in C.UTF-8 locale came with it
PRIVATE = "NOCREATEDB NOCREATEROLE NOINHERIT"
# only a superuser may so much as name these when altering, even to take them away
FIRST_TIME = "NOSUPERUSER NOREPLICATION"
# per login: how long one statement, one wait for a lock, and one idle transaction last
LIMITS = {
    "public": {"statement": "15s", "lock": "5s", "idle_in_transaction_session": "30s"},
    "staff": {"statement": "15s", "lock": "5s", "idle_in_transaction_session": "30s"},
    "worker": {"lock": "30s", "idle_in_transaction_session": "10min"},
    "owner": {"lock": "30s"},
    "backup": {},
}
IN_TURN = 20170517  # any number that nobody else locks


def prepare_database() -> None:
    """Make the database and the logins where they are missing.

    With ``DATABASE_URL`` the same, where its role may; otherwise every login must be
    named by its own address. Raises ClusterError.
    """
    given = connections.connection(connections.TESTS)
    with _connect(given | {"dbname": _meeting_place()}) as admin:
        _check_version(admin)
        # two commands that start at once take turns; the lock ends with the connection
        admin.execute("select pg_advisory_lock(%s)", [IN_TURN])
        if not _may_make(admin):
            _check_named()
            return
        for login in connections.NAMED:
            if not connections.login_url(login):
                _make_login(admin, login)
        name = connections.database_name()
        if not databases.exists(admin, name):
            databases.create(admin, name)
    open_doors(name)


def open_doors(name: str) -> None:
    """Let our logins, and nobody else, into a database of ours."""
    with _connect(
        connections.connection(connections.TESTS) | {"dbname": name}
    ) as admin:
        for statement in _doors(name):
            admin.execute(statement)


def _connect(given: dict[str, Any]) -> "psycopg.Connection[Any]":
    try:
        return psycopg.connect(**given, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise ClusterError(f"The database does not answer: {error}") from error


def _meeting_place() -> str:
    """Give a database that is there before ours is made."""
    if connections.server_url():
        return connections.database_name()
    return "postgres"


def _check_version(admin: "psycopg.Connection[Any]") -> None:
    found = admin.info.server_version
    if found < OLDEST_SERVER:
        raise ClusterError(
            f"DATABASE_URL names a PostgreSQL {found // 10000} server; The Deal needs "
            "17 or newer."
        )


def _may_make(admin: "psycopg.Connection[Any]") -> bool:
    row = admin.execute(
        "select rolsuper or (rolcreaterole and rolbypassrls)"
        " from pg_roles where rolname = current_user"
    ).fetchone()
    return bool(row and row[0])


def _check_named() -> None:
    missing = [
        f"THEDEAL_{login.upper()}_URL"
        for login in connections.NAMED
        if not connections.login_url(login)
    ]
    if missing:
        raise ClusterError(
            "The user in DATABASE_URL may not make logins. Let it (CREATEROLE and "
            f"BYPASSRLS), or make the logins by hand and set {', '.join(missing)}."
        )


def _make_login(admin: "psycopg.Connection[Any]", login: str) -> None:
    role = connections.role(login)
    password = connections.secret(f"password_{login}")
    # the server only ever gets the salted form, so that no log can hold the password
    salted = admin.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    ).decode()
    verb = "ALTER" if _is_there(admin, role) else "CREATE"
    power = "BYPASSRLS" if login == "backup" else "NOBYPASSRLS"
    power += f" {FIRST_TIME}" if verb == "CREATE" else ""
    admin.execute(
        sql.SQL(f"{verb} ROLE {{}} LOGIN {PRIVATE} {power} PASSWORD {{}}").format(
            sql.Identifier(role), sql.Literal(salted)
        )
    )
    _reach_down(admin, role)
    for name, value in LIMITS[login].items():
        admin.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(
                sql.Identifier(role), sql.Identifier(f"{name}_timeout"), value
            )
        )


def _reach_down(admin: "psycopg.Connection[Any]", role: str) -> None:
    """Let a server's user who is no superuser own for a login, and end its sessions.

    It may make databases for the login and switch them under it; the login gains
    nothing.
    """
    row = admin.execute("select rolsuper from pg_roles where rolname = current_user")
    if not row.fetchone()[0]:  # type: ignore[index]  # whoever asks is a role
        admin.execute(
            sql.SQL("GRANT {} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE").format(
                sql.Identifier(role)
            )
        )


def _is_there(admin: "psycopg.Connection[Any]", role: str) -> bool:
    """Whether the role is there; raise ClusterError where it is too powerful."""
    row = admin.execute(
        "select rolsuper or rolreplication from pg_roles where rolname = %s", [role]
    ).fetchone()
    if row and row[0]:
        raise ClusterError(
            f"The login {role} is there already and may do everything, so it is no "
            f"wall. Take that away: ALTER ROLE {role} NOSUPERUSER NOREPLICATION."
        )
    return row is not None


def _doors(database: str) -> "Iterator[sql.SQL | sql.Composed]":
    """Give the statements after which only our logins may come in."""
    name = sql.Identifier(database)
    owner = sql.Identifier(connections.role("owner"))
    logins = sql.SQL(", ").join(
        sql.Identifier(connections.role(login)) for login in connections.NAMED
    )
    yield sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name)
    yield sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, logins)
    yield sql.SQL("GRANT CREATE, TEMPORARY ON DATABASE {} TO {}").format(name, owner)
    yield sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    yield sql.SQL("GRANT CREATE, USAGE ON SCHEMA public TO {}").format(owner)
