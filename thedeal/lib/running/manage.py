"""Runs Django commands, each as the login that its work needs, and no other."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from thedeal.lib import cluster
from thedeal.lib.cluster.logins import prepare_database

ROOT = Path(__file__).resolve().parents[3]
# these change or describe the schema; every other command works as the jobs do
OWNER = {
    *("migrate", "makemigrations", "showmigrations", "sqlmigrate", "squashmigrations"),
    *("walls", "createcachetable", "dbshell", "inspectdb", "optimizemigration"),
}
ASKED_TO_STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class CommandError(Exception):
    """A command failed; the message says what to do."""


def login_for(command: str) -> str:
    """Give the login that a Django command runs as."""
    return "owner" if command in OWNER else "worker"


def environment(login: str, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the environment of a child that works as one login."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "thedeal.config.settings",
        "THEDEAL_STATE": str(cluster.state_dir()),
        "THEDEAL_LOGIN": login,
        **(extra or {}),
    }


def django(*words: str) -> list[str]:
    """Give the command line of a Django command."""
    return [sys.executable, "-m", "thedeal.lib.running.commands", *words]


def run(
    *words: str, login: str | None = None, extra: Mapping[str, str] | None = None
) -> str:
    """Run a Django command and give what it said; raise CommandError if it failed."""
    line = django(*words)
    return _finish(line, words, environment(login or login_for(words[0]), extra))


def show(
    *words: str, login: str | None = None, extra: Mapping[str, str] | None = None
) -> None:
    """Run a Django command whose lines the person at the keyboard may see."""
    done = subprocess.run(  # noqa: S603 # our own Python, words from our own code
        django(*words),
        env=environment(login or login_for(words[0]), extra),
        check=False,
    )
    if done.returncode:
        raise CommandError(f"./deal {' '.join(words)} failed: see above.")


def become(*words: str, login: str | None = None) -> None:
    """Become a Django command, keeping the database up for as long as it runs."""
    open_database().lend()
    line = django(*words)
    os.execve(line[0], line, environment(login or login_for(words[0])))  # noqa: S606 # no shell wanted


def open_database() -> cluster.Cluster:
    """Start our database, unless one is named, and see that the logins are there."""
    from thedeal.lib.cluster import connections
    from thedeal.lib.setup.telling import say

    database = cluster.Cluster(tell=lambda sentence: say(f"· {sentence} …"))
    if connections.server_url():
        connections_ready(database)
    else:
        database.start()
    prepare_database()
    return database


@contextmanager
def opened() -> Iterator[cluster.Cluster]:
    """Keep the database up for the work inside."""
    database = open_database()
    try:
        yield database
    finally:
        database.stop(wait=False)


def connections_ready(database: cluster.Cluster) -> None:
    """Make the state folder and its secrets for a server that is not ours."""
    from thedeal.lib.cluster import connections, folders

    folders.prepare(database.folders)
    connections.make_secrets(database.folders)


def migrate() -> None:
    """Bring the schema up to date, and raise the walls again."""
    line = [sys.executable, "-m", "thedeal.lib.running.schema"]
    _finish(line, ("migrate",), environment("owner"))


def _finish(line: list[str], words: tuple[str, ...], given: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 # our own Python, words from our own code
        line, env=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise CommandError(f"./deal {' '.join(words)} failed: {said[-2000:]}")
    return done.stdout


def hold(_arguments: list[str]) -> int:
    """Keep the database up until told to stop, for work at several terminals."""
    from thedeal.lib.setup.telling import say

    database = open_database()
    say("The database is up. Ctrl-C lets it go.")
    try:
        # waited for, not handled: whoever starts this behind a shell's & hands it an
        # interrupt that is ignored, and it could then never be told to stop
        signal.pthread_sigmask(signal.SIG_BLOCK, ASKED_TO_STOP)
        signal.sigwait(ASKED_TO_STOP)
    finally:
        database.stop(wait=False)
    return 0


def become_as(arguments: list[str]) -> int:
    """Run a Django command as the login that is named: ./deal as staff WORD …"""
    login, *words = arguments
    if login not in {*cluster.NAMED, "tests"} or not words:
        raise CommandError(f"./deal as LOGIN WORD …: {', '.join(cluster.NAMED)}, tests")
    become(*words, login=login)
    return 1
