"""An installation of its own, driven with ``./deal`` as an administrator would.

Each has a state folder, so a database and keys, that nobody else uses; nothing of the
tests' own environment reaches it. It must never be pointed at a folder in use.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from thedeal.lib import cluster
from thedeal.lib.cluster import connections
from thedeal.lib.cluster.folders import PORT
from thedeal.lib.running import manage

OURS = ("THEDEAL_", "DJANGO_", "DATABASE_URL", "SECRET_KEY", "PYTEST_")
LONGEST_S = 300


class InstallationError(Exception):
    """What was started ended, or never answered; what it said is in the message."""


def environment(**more: str) -> dict[str, str]:
    """Give the environment of this machine with nothing of these tests in it."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    return clean | more


@dataclass(kw_only=True)
class Installation:
    """One installation: its state folder, and what every command of it is told."""

    state: Path
    settings: dict[str, str]

    def start(self, *words: str, **more: str) -> "subprocess.Popen[str]":
        """Start a command; its output and its errors come as one."""
        return subprocess.Popen(
            [str(manage.ROOT / "deal"), *words],
            env=environment(THEDEAL_STATE=str(self.state), **self.settings) | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def deal(self, *words: str, **more: str) -> tuple[int, str]:
        """Run a command to its end; give its exit code and what it said."""
        running = self.start(*words, **more)
        said, _ = running.communicate(timeout=LONGEST_S)
        return running.returncode, said

    def done(self, *words: str, **more: str) -> str:
        """Run a command that must do well; give what it said."""
        code, said = self.deal(*words, **more)
        if code:
            raise InstallationError(f"./deal {' '.join(words)}: {said}")
        return said

    @contextmanager
    def kept_up(self) -> "Iterator[None]":
        """Keep its database up, so that each command need not start and stop it."""
        holding = self.start("hold")
        try:
            for line in holding.stdout or ():
                if line.startswith("The database is up"):
                    break
            yield
        finally:
            # it is its own end that is waited for: the server it started may hold its
            # output open for longer, for whoever else uses it
            holding.send_signal(signal.SIGINT)
            holding.wait(timeout=LONGEST_S)
            if holding.stdout:
                holding.stdout.close()

    def sql(self, *statements: str, login: str = "owner") -> list[tuple[object, ...]]:
        """Do statements as one login of its database, kept up; give the last's rows."""
        # its own server, whichever the tests themselves were given
        folders = cluster.Folders(self.state)
        kept = json.loads(folders.secrets.read_text())
        with psycopg.connect(
            host=str(folders.socket),
            port=PORT,
            dbname=connections.DATABASE,
            user=f"{connections.DATABASE}_{login}",
            password=kept[f"password_{login}"],
            autocommit=True,
        ) as connection:
            for statement in statements:
                found = connection.execute(statement)
            return found.fetchall() if found.description else []

    @contextmanager
    def serving(self, **more: str) -> "Iterator[Served]":
        """Serve for as long as the work inside takes, then stop as Ctrl-C does."""
        port = free_port()
        log = self.state.parent / f"served-{port}.log"
        with log.open("w") as file:
            process = subprocess.Popen(
                [
                    *(str(manage.ROOT / "deal"), "serve"),
                    *("--port", str(port), "--workers", "1"),
                ],
                env=environment(THEDEAL_STATE=str(self.state), **self.settings) | more,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        served = Served(port=port, log=log, process=process)
        try:
            served.wait_for("The Deal is running on")
            yield served
        finally:
            process.send_signal(signal.SIGINT)
            served.ended_with = process.wait(timeout=LONGEST_S)


@dataclass(kw_only=True)
class Served:
    """A ``./deal serve`` under way."""

    port: int
    log: Path
    process: "subprocess.Popen[bytes]"
    ended_with: int | None = None

    @property
    def said(self) -> str:
        """Give all that it has said so far."""
        return self.log.read_text(encoding="utf-8")

    def wait_for(self, words: str) -> None:
        """Wait until it has said these words; raise where it ends before."""
        until = time.monotonic() + LONGEST_S
        while words not in self.said:
            if self.process.poll() is not None or time.monotonic() > until:
                raise InstallationError(self.said)
            time.sleep(0.1)

    def wait_until_well(self) -> None:
        """Wait until its health page says that all is well, jobs and all."""
        until = time.monotonic() + LONGEST_S
        while self.get("/health/")[0] != 200:
            if self.process.poll() is not None or time.monotonic() > until:
                raise InstallationError(self.get("/health/")[1] + self.said)
            time.sleep(0.3)

    def get(self, path: str) -> tuple[int, str]:
        """Ask for a page; give its status and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", errors="replace")
        finally:
            connection.close()


def free_port() -> int:
    """Give a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def fresh(**settings: str) -> Iterator[Installation]:
    """Give an installation that nothing was done with yet, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="thedeal-life-"))
    folder.chmod(0o711)  # the database's own user must reach what is in it
    try:
        yield Installation(state=folder / "state", settings=settings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
