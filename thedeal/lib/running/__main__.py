"""Runs the command that ``./deal`` was given; set-up is done by now."""

import importlib
import sys
from collections.abc import Callable

from thedeal.lib.cluster import ClusterError
from thedeal.lib.env import SettingError
from thedeal.lib.running import manage
from thedeal.lib.setup.environment import SetupError
from thedeal.lib.setup.telling import warn

Command = Callable[[list[str]], int]


# our own commands: the module of this package, and its function(arguments) -> exit code
OURS = {
    "as": ("manage", "become_as"),
    "backup": ("backup", "run"),
    "bench": ("bench", "run"),
    "check": ("check", "run"),
    "demo": ("demo", "run"),
    "docs": ("docs", "run"),
    "doctor": ("doctor", "run"),
    "fix": ("fix", "run"),
    "hold": ("manage", "hold"),
    "lock": ("lock", "run"),
    "restore": ("backup", "run_restore"),
    "rollback": ("backup", "run_rollback"),
    "secrets": ("fresh_keys", "run"),
    "serve": ("serve", "run"),
    "test": ("tests", "run"),
}


def find(word: str) -> Command | None:
    """Give our own command of this name, loaded only when asked for."""
    if word not in OURS:
        return None
    module, function = OURS[word]
    found = importlib.import_module(f"thedeal.lib.running.{module}")
    command: Command = getattr(found, function)
    return command


def main(arguments: list[str]) -> int:
    """Run one command; give its exit code."""
    word, *rest = arguments
    command = find(word)
    try:
        if command:
            return command(rest)
        manage.become(*arguments)
    except (ClusterError, manage.CommandError, SetupError) as error:
        warn(str(error))
    except SettingError as error:
        warn(str(error))
    except KeyboardInterrupt:
        warn("Stopped.")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
