"""Turns what models declare into row-level policies and grants (ADR 0004).

Run by the owner's login after each migration (``manage walls``). Everything is
dropped and made again inside one transaction, so what stands is what is declared.
It must never grant TRUNCATE (it passes policies by) nor make a login a member of
another.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from thedeal.lib.holding import Changes, Declared, Grants, Kept, Wall

LOGINS = ("public", "staff", "worker", "backup")
RIGHTS = {"r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE"}

# Tables that no model stands for. The queue's arguments are ids and small words
# (lib.queue), so that the web may add a job, see it and try it again; the public
# site may only add. The cache remembers which codes of an authenticator were used.
UNMODELLED = {
    "procrastinate_jobs": Grants(
        public="ra",
        staff="raw",
        worker="rawd",
        public_columns="id status lock queueing_lock",
    ),
    "procrastinate_events": Grants(public="a", staff="ra", worker="rawd"),
    "procrastinate_periodic_defers": Grants(staff="r", worker="rawd"),
    "procrastinate_workers": Grants(staff="r", worker="rawd"),
    "cache": Grants(staff="rawd", worker="rawd"),
}
OTHERS = Grants(staff="r", worker="r")

# Models that are not ours: each app that brings one adds it in its apps.py.
DECLARED: dict[str, Declared] = {}


def declare(label: str, declared: Declared) -> None:
    """Say how a model that is not ours ("sessions.Session") is held."""
    DECLARED[label.lower()] = declared


def stored_models() -> list[type[models.Model]]:
    """Give every model that has a table of its own, ours and others'."""
    found = apps.get_models(include_auto_created=True)
    return [m for m in found if m._meta.managed and not m._meta.proxy]


def grants_of(model: type[models.Model]) -> Grants:
    """Give the grants a model declares; history tables add and never change."""
    declared = DECLARED.get(model._meta.label_lower)
    if declared:
        return declared.grants
    tracked = getattr(model, "pgh_tracked_model", None)
    if tracked is not None:
        return _history_grants(grants_of(tracked), ends=ends_by_itself(tracked))
    grants: Grants = getattr(model, "grants", Grants())
    kept: Kept | None = getattr(model, "kept", None)
    if kept and kept.changes is Changes.APPEND_ONLY:
        return Grants(
            public=_adding(grants.public),
            staff=_adding(grants.staff),
            worker=_adding(grants.worker) + ("d" if ends_by_itself(model) else ""),
            public_columns=grants.public_columns,
        )
    return grants


def ends_by_itself(model: type[models.Model]) -> bool:
    """Say whether the worker deletes rows of a model, and their history, in the end."""
    kept: Kept | None = getattr(model, "kept", None)
    return bool(kept and (kept.since or kept.forgets_history))


def wall_of(model: type[models.Model]) -> Wall | None:
    """Give the row policy of a model; a history table stands behind its model's."""
    tracked = getattr(model, "pgh_tracked_model", None)
    found: Wall | None = getattr(tracked or model, "wall", None)
    return found


def statements(roles: dict[str, str]) -> Iterator[str]:
    """Give the SQL that makes the walls; ``roles`` maps each login to its role."""
    for model in stored_models():
        yield from _table_statements(model, roles)


def raise_walls(roles: dict[str, str]) -> int:
    """Make the walls in the database at hand; give how many tables have a policy."""
    with connection.cursor() as cursor:
        for sql in _schema_statements(roles):
            cursor.execute(sql)
        for sql in statements(roles):
            cursor.execute(sql)
        _grant_unmodelled(cursor, roles)
    return sum(1 for model in stored_models() if wall_of(model))


def _adding(rights: str) -> str:
    return "".join(right for right in rights if right in "ra")


def _history_grants(grants: Grants, *, ends: bool) -> Grants:
    public = "a" if set(grants.public) & set("awd") else ""
    return Grants(public=public, staff="ra", worker="rad" if ends else "ra")


def _schema_statements(roles: dict[str, str]) -> Iterable[str]:
    everyone = ", ".join(_quoted(roles[login]) for login in LOGINS)
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {everyone}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {everyone}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {_quoted(roles['backup'])}"
    yield f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {everyone}"


def _table_statements(
    model: type[models.Model], roles: dict[str, str]
) -> Iterator[str]:
    table, grants = _quoted(model._meta.db_table), grants_of(model)
    for login in ("public", "staff", "worker"):
        yield from _grant(table, roles[login], getattr(grants, login), login, grants)
    wall = wall_of(model)
    for name in ("wall", "wall_worker", "wall_public", "wall_owner"):
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
    if wall is None:
        yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        return
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
    yield from _policies(table, wall, roles)


def _grant(
    table: str, role: str, rights: str, login: str, grants: Grants
) -> Iterator[str]:
    columns = ""
    if login == "public" and grants.public_columns:
        names = ", ".join(_quoted(name) for name in grants.public_columns.split())
        columns = f" ({names})"
    for right in rights:
        part = columns if right == "r" else ""
        yield f"GRANT {RIGHTS[right]}{part} ON {table} TO {_quoted(role)}"


def _policies(table: str, wall: Wall, roles: dict[str, str]) -> Iterator[str]:
    staff, worker = _quoted(roles["staff"]), _quoted(roles["worker"])
    check = wall.check or wall.using
    yield (
        f"CREATE POLICY wall ON {table} TO {staff} "
        f"USING ({wall.using}) WITH CHECK ({check})"
    )
    yield f"CREATE POLICY wall_worker ON {table} TO {worker} USING (true)"
    if wall.public_insert:
        yield (
            f"CREATE POLICY wall_public ON {table} FOR INSERT "
            f"TO {_quoted(roles['public'])} WITH CHECK (true)"
        )
    if wall.owner_reads:
        yield (
            f"CREATE POLICY wall_owner ON {table} FOR SELECT "
            f"TO {_quoted(roles['owner'])} USING (true)"
        )


def _grant_unmodelled(cursor: CursorWrapper, roles: dict[str, str]) -> None:
    """Give the logins what they need of tables without a model."""
    known = {model._meta.db_table for model in stored_models()}
    cursor.execute("select tablename from pg_tables where schemaname = 'public'")
    for (table,) in cursor.fetchall():
        if table in known:
            continue
        grants = UNMODELLED.get(table, OTHERS)
        for login in ("public", "staff", "worker"):
            rights = getattr(grants, login)
            for sql in _grant(_quoted(table), roles[login], rights, login, grants):
                cursor.execute(sql)
    cursor.execute(
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "
        f"{_quoted(roles['staff'])}, {_quoted(roles['worker'])}, "
        f"{_quoted(roles['public'])}"
    )


def _quoted(name: Any) -> str:
    return '"' + str(name).replace('"', '""') + '"'
