"""Which database login a request, a job or a command uses.

The public site's login can read no sensitive table at all; staff pages use the
staff login behind row-level security. The choice is made once per request and
never by SET ROLE (ADR 0004). Ordinary code never names an alias: it decorates
its writes with ``atomic`` and lets ``Router`` choose.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

P = ParamSpec("P")
R = TypeVar("R")

MAIN = "default"
PUBLIC = "public"

_alias: ContextVar[str] = ContextVar("login_alias", default=MAIN)


def alias() -> str:
    """Give the connection that the work at hand must use."""
    return _alias.get() if settings.LOGINS_SEPARATE else MAIN


@contextmanager
def using(name: str) -> Iterator[None]:
    """Use this login for all that happens inside."""
    token = _alias.set(name)
    try:
        yield
    finally:
        _alias.reset(token)


@contextmanager
def transaction_now() -> Iterator[None]:
    """Open one transaction on the login at hand."""
    with transaction.atomic(using=alias()):
        yield


def atomic(action: Callable[P, R]) -> Callable[P, R]:
    """Make one action one transaction on the login at hand."""

    @wraps(action)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction_now():
            return action(*args, **kwargs)

    return wrapped


def on_commit(then: Callable[[], object]) -> None:
    """Do this once the transaction at hand is safe, and never before."""
    transaction.on_commit(then, using=alias())


def identify(user_id: UUID | None) -> None:
    """Tell the database who is asking, for this transaction only."""
    with connections[alias()].cursor() as cursor:
        cursor.execute(
            "select set_config('app.user_id', %s, true)", [str(user_id or "")]
        )


def speak_for(person_id: UUID | None) -> None:
    """Let a checked one-tap link through to one person's rows, this transaction."""
    with connections[alias()].cursor() as cursor:
        cursor.execute(
            "select set_config('app.person_id', %s, true)", [str(person_id or "")]
        )


def show_invitation(digest: str) -> None:
    """Let the holder of a link see the one invitation it is for, this transaction."""
    with connections[alias()].cursor() as cursor:
        cursor.execute("select set_config('app.invitation', %s, true)", [digest])


def hold_ticket(digest: str) -> None:
    """Let who asked for a code see the one note of that asking, this transaction."""
    with connections[alias()].cursor() as cursor:
        cursor.execute("select set_config('app.ticket', %s, true)", [digest])


def undo() -> None:
    """Undo all of the transaction at hand when it ends: nothing half-written."""
    if connections[alias()].in_atomic_block:
        transaction.set_rollback(True, using=alias())


class Router:
    """Send reads and writes to the login at hand; migrate with the owner's."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Give the alias to read from."""
        return alias()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Give the alias to write to."""
        return alias()

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:
        """All aliases are one database, so any two rows may be joined."""
        return True
