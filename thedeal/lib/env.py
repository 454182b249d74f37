"""Typed readers of the environment, which refuse odd values at start.

Settings come from the environment alone; a wrong one stops the start with a
sentence that says what to set.
"""

import os
from collections.abc import Mapping

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


class SettingError(SystemExit):
    """A setting is missing or odd; the sentence says which and what to do."""


def flag(name: str, *, default: bool, env: Mapping[str, str] = os.environ) -> bool:
    """Give a yes or no setting; raise SettingError for anything else."""
    raw = env.get(name)
    if raw is None:
        return default
    if raw.lower() in YES:
        return True
    if raw.lower() in NO:
        return False
    raise SettingError(f"{name} is '{raw}': set it to yes or no.")


def number(name: str, *, default: int, env: Mapping[str, str] = os.environ) -> int:
    """Give a whole-number setting; raise SettingError for anything else."""
    raw = env.get(name)
    if raw is None or not raw.strip():
        return default
    try:
        return int(raw)
    except ValueError:
        raise SettingError(f"{name} is '{raw}': set it to a whole number.") from None


def text(name: str, *, default: str = "", env: Mapping[str, str] = os.environ) -> str:
    """Give a text setting, or the default where it is not set."""
    return env.get(name, default)


def listing(
    name: str, *, default: str = "", env: Mapping[str, str] = os.environ
) -> list[str]:
    """Give a comma-separated setting as a list without blanks."""
    raw = env.get(name, default)
    return [part.strip() for part in raw.split(",") if part.strip()]


def secret(name: str, *, env: Mapping[str, str] = os.environ) -> str:
    """Give a secret of at least 32 characters; raise SettingError if it is not."""
    raw = env.get(name, "")
    if len(raw) < 32:
        raise SettingError(f"{name} must be set to at least 32 random characters.")
    return raw
