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


# our own commands, each a module of this package with run(arguments) -> exit code
MODULES = {
    "test": "tests",
    "demo": "demo",
}


def find(word: str) -> Command | None:
    """Give our own command of this name, loaded only when asked for."""
    if word in MODULES:
        name = f"thedeal.lib.running.{MODULES[word]}"
        command: Command = importlib.import_module(name).run
        return command
    return {"hold": manage.hold, "as": manage.become_as}.get(word)


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
