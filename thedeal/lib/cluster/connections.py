"""The logins, their passwords, and the house's own keys.

Made once at set-up, each on its own, and kept where only the user who runs the
product can read them (``secrets.json``, mode 0600). A key in the environment
(``THEDEAL_SECRET_KEY`` and so on) comes before the file. Nothing here is ever logged.
"""

import json
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from thedeal.lib.cluster.errors import ClusterError
from thedeal.lib.cluster.folders import PORT, Folders, state_dir

NAMED = ("owner", "staff", "public", "worker", "backup")
TESTS = "tests"  # the login that tests run as: it may make databases and roles
KEYS = ("SECRET_KEY", "FIELD_KEY", "AUDIT_KEY")
SUPERUSER = "thedeal_cluster"
DATABASE = "thedeal"
KEY_BYTES = 48


def server_url() -> str:
    """Give the server named by the environment, or "" for our own."""
    return os.environ.get("DATABASE_URL", "").strip()


def login_url(login: str) -> str:
    """Give the address the environment names for one login, or ""."""
    return os.environ.get(f"THEDEAL_{login.upper()}_URL", "").strip()


def database_name() -> str:
    """Give the name of the database."""
    named = conninfo_to_dict(server_url()).get("dbname") if server_url() else None
    return str(named or DATABASE)


def roles() -> dict[str, str]:
    """Give the database's role for each login."""
    return {login: role(login) for login in NAMED}


def role(login: str) -> str:
    """Give the database's role for one login."""
    if login_url(login):
        return str(conninfo_to_dict(login_url(login))["user"])
    return f"{database_name()}_{login}"


def make_secrets(folders: Folders) -> None:
    """Make every password and key, once; a file that is there is left as it is."""
    if folders.secrets.exists():
        return
    names = [*KEYS, SUPERUSER, *(f"password_{login}" for login in NAMED)]
    made = {name: secrets.token_urlsafe(KEY_BYTES) for name in names}
    fresh = folders.secrets.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(made, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(folders.secrets)


def secret(name: str, *, folders: Folders | None = None) -> str:
    """Give a key or password of the installation; raise ClusterError without one."""
    named = os.environ.get(f"THEDEAL_{name}", "")
    if named:
        if len(named) < 32:
            raise ClusterError(
                f"THEDEAL_{name} must be at least 32 random characters. "
                "./deal secrets FILE writes a fresh set."
            )
        return named
    folders = folders or Folders(state_dir())
    found = _read(folders.secrets, _changed(folders.secrets)).get(name)
    if not found:
        raise ClusterError(
            f"{name} is not set, and {folders.secrets} does not have it. "
            "./deal makes it at set-up: start with ./deal demo or ./deal test."
        )
    return found


def settings_for(login: str) -> dict[str, Any]:
    """Give Django's settings for one login ("staff", "owner", …, or "tests")."""
    parts = {key: value for key, value in connection(login).items() if value}
    options = {
        key: value
        for key, value in parts.items()
        if key not in {"dbname", "user", "password", "host", "port"}
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts["dbname"],
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def connection(login: str, *, folders: Folders | None = None) -> dict[str, Any]:
    """Give what libpq needs to connect as one login."""
    if login != TESTS and login_url(login):
        return dict(conninfo_to_dict(login_url(login)))
    folders = folders or Folders(state_dir())
    base: dict[str, Any]
    if server_url():
        base = dict(conninfo_to_dict(server_url()))
    else:
        base = {
            "host": str(folders.socket),
            "port": PORT,
            "user": SUPERUSER,
            "password": secret(SUPERUSER, folders=folders),
        }
    base["dbname"] = database_name()
    if login != TESTS:
        base["user"] = role(login)
        base["password"] = secret(f"password_{login}", folders=folders)
    return base


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _read(file: Path, _changed_at: int) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(file.read_text())
    except FileNotFoundError:
        return {}
    except PermissionError as error:
        raise ClusterError(
            f"{file} belongs to another user. Start as the user who made it."
        ) from error
    return found
