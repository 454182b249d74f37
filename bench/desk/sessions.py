"""Signs the made-up workers in, and says what each may open: ``… sessions FILE``.

Each begins one new conversation. Only in a demo's own database, by its own key.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 # after Django's set-up
from django.contrib.auth import (  # noqa: E402 # as above
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)

from bench.desk.filling import OPENED  # noqa: E402 # as above
from thedeal.accounts import permissions  # noqa: E402 # as above
from thedeal.accounts.models import User  # noqa: E402 # as above
from thedeal.deals.actions import conversations  # noqa: E402 # as above
from thedeal.demo import cast  # noqa: E402 # as above
from thedeal.lib import logins  # noqa: E402 # as above
from thedeal.residents.models import Alongside  # noqa: E402 # as above

STORE = import_module(settings.SESSION_ENGINE).SessionStore


def write(file: Path) -> None:
    """Write, worker by worker: the session, the conversation and the people."""
    users = User.objects.filter(email__startswith="bench").order_by("email")
    ours = users.filter(email__endswith=f"@{cast.COUNCIL}.example")
    file.write_text(json.dumps([_one(user) for user in ours]), encoding="utf-8")


@logins.atomic
def _one(user: User) -> dict[str, Any]:
    logins.identify(user.pk)
    ties = Alongside.objects.filter(worker=user, ended_at__isnull=True)
    beside = list(ties.select_related("person", "team").order_by("pk")[:OPENED])
    talk = conversations.start(beside[0].person, team=beside[0].team, by=user)
    return {
        "session": _session(user),
        "talk": str(talk.pk),
        "people": [str(tie.person_id) for tie in beside],
    }


def _session(user: User) -> str:
    session = STORE()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[permissions.RECORDS] = [{"method": permissions.DEMO, "at": 4e9}]
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
