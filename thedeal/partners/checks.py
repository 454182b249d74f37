"""What must be so about the database before the site may start.

Asked of the database itself, as the web's own logins (ADR 0004). Left out where the
process runs as the owner (migrations) or as the tests' login, which are meant to
stand outside the walls.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags
from django.core.checks import register as add_check
from django.db import connections
from django.db.utils import OperationalError

from thedeal.lib import walls
from thedeal.lib.records import Privacy

WEB_LOGINS = ("staff", "public", "worker")
ROLE_SQL = """
select rolsuper, rolbypassrls,
  exists (select 1 from pg_auth_members m where m.member = r.oid),
  exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where c.relowner = r.oid and n.nspname = 'public')
from pg_roles r where rolname = current_user
"""
TABLES_SQL = """
select relname, relrowsecurity, relforcerowsecurity,
  (select count(*) from pg_policy p where p.polrelid = c.oid)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and relname = any(%s)
"""


def register() -> None:
    """Add the checks to those that Django runs with a database."""
    add_check(walls_stand, Tags.database)


def walls_stand(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Give what is wrong with the logins and the policies, if anything."""
    if settings.LOGIN not in WEB_LOGINS:
        return []
    found: list[CheckMessage] = []
    for alias in databases or ():
        try:
            found.extend(faults(alias))
        except OperationalError:
            found.append(_error("E100", f"The database ({alias}) does not answer."))
    return found


def faults(alias: str) -> Iterator[CheckMessage]:
    """Give what is wrong with one connection's login and what it stands behind."""
    with connections[alias].cursor() as cursor:
        cursor.execute(ROLE_SQL)
        is_super, bypasses, is_member, owns = cursor.fetchone()
        tables = [model._meta.db_table for model in walled_models()]
        cursor.execute(TABLES_SQL, [tables])
        state = {name: rest for name, *rest in cursor.fetchall()}
    if is_super:
        yield _error("E101", f"The login of '{alias}' is a superuser.")
    if bypasses:
        yield _error("E102", f"The login of '{alias}' passes row policies by.")
    if is_member:
        yield _error("E103", f"The login of '{alias}' may become another.")
    if owns:
        yield _error("E104", f"The login of '{alias}' owns tables.")
    for table in tables:
        yield from _table_faults(table, state.get(table))


def walled_models() -> list[Any]:
    """Give every model that has a policy or a sensitive field (which needs one)."""
    return [
        model
        for model in walls.stored_models()
        if walls.wall_of(model) is not None or has_sensitive_field(model)
    ]


def has_sensitive_field(model: Any) -> bool:
    """Say whether a model, or the one whose history it is, holds what is sensitive."""
    subject = getattr(model, "pgh_tracked_model", None) or model
    return Privacy.SENSITIVE in getattr(subject, "privacy", {}).values()


def _table_faults(table: str, state: list[Any] | None) -> Iterator[CheckMessage]:
    if state is None:
        yield _error("E105", f"The table {table} is missing: run migrate.")
        return
    enabled, forced, policies = state
    if not (enabled and forced and policies):
        yield _error("E106", f"The table {table} stands behind no wall.")


def _error(code: str, sentence: str) -> Error:
    return Error(sentence, hint="Run: ./deal manage walls", id=f"thedeal.{code}")
