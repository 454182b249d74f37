"""Starts the server, and believes it only when a query answers.

``Cluster(state).start()`` makes the data folder the first time, sees to it that one
keeper runs, waits (a crash may need two minutes of recovery), and asserts that
nothing which was confirmed can be lost. The lock it holds keeps the server up; the
system releases it however this process ends.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from thedeal.lib.cluster import connections, folders, locks
from thedeal.lib.cluster.errors import ClusterError, hopeless
from thedeal.lib.cluster.processes import Server
from thedeal.lib.cluster.users import Runner

RECOVERY_S = 120
LONGEST_STOP_S = 90
POLL_S = 0.05
LEAST_FREE_BYTES = 300_000_000  # a fresh cluster, its log and room to work
SAFE = {"fsync": "on", "full_page_writes": "on", "data_checksums": "on"}


class Cluster:
    """One PostgreSQL server of ours, on one state folder."""

    def __init__(
        self, state: Path | None = None, *, tell: Callable[[str], None] | None = None
    ) -> None:
        self.folders = folders.Folders((state or folders.state_dir()).resolve())
        self.tell = tell or (lambda _sentence: None)
        self._use: int | None = None

    def start(self, *, wait_s: float = RECOVERY_S) -> None:
        """Make the server answer, starting it where it is not; raise ClusterError."""
        runner = folders.prepare(self.folders)
        connections.make_secrets(self.folders)
        if self._use is None:
            self._use = locks.hold(self.folders.lock("users"), shared=True)
        with locks.alone(self.folders.lock("start")):
            self._check_version()
            if not self.folders.data.exists():
                self.tell("Making the database")
                self._make(runner)
            self._check_stranger(runner)
            log_from = self._log_bytes()
            deadline = time.monotonic() + wait_s
            while not self._answers():
                self._ensure_keeper()
                self._check_hopeless(log_from)
                if time.monotonic() > deadline:
                    raise ClusterError(self._silent(wait_s))
                time.sleep(POLL_S)
        self.check_safe()

    def stop(self, *, wait: bool = True) -> None:
        """Stop using the server; it stops when nobody does. Wait for it to say so."""
        if self._use is None:
            return
        os.close(self._use)
        self._use = None
        alone = locks.hold(self.folders.lock("users"), wait=False)
        if alone is None:  # others use it, or the keeper is stopping it already
            return
        os.close(alone)
        deadline = time.monotonic() + LONGEST_STOP_S
        while wait and self.is_running() and time.monotonic() < deadline:
            time.sleep(POLL_S)

    def is_running(self) -> bool:
        """Whether a proven server runs on our data folder."""
        return self._server().running() is not None

    def connect(self, login: str = connections.TESTS, **options: Any) -> Any:
        """Connect with psycopg as one login."""
        given = connections.connection(login, folders=self.folders)
        return psycopg.connect(**(given | options))

    def dsn(self, login: str) -> dict[str, Any]:
        """Give what libpq needs to connect as one login."""
        return connections.connection(login, folders=self.folders)

    def lend(self) -> None:
        """Let programs that this process becomes (``exec``) hold the lock on."""
        if self._use is not None:
            os.set_inheritable(self._use, True)

    def check_safe(self) -> None:
        """Assert the settings without which a confirmed write could be lost."""
        with self.connect(dbname="postgres") as connection:
            for name, wanted in SAFE.items():
                found = connection.execute(
                    "select current_setting(%s)", [name]
                ).fetchone()[0]
                if found != wanted:
                    raise ClusterError(
                        f"The database runs with {name} {found}, so a power cut could "
                        f"lose what was saved. Stop it and start it with ./deal."
                    )

    def _server(self) -> Server:
        owner = self.folders.data.stat().st_uid if self.folders.data.exists() else -1
        return Server(data=self.folders.data, uid=owner)

    def _check_version(self) -> None:
        try:
            found = int((self.folders.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return
        except PermissionError:
            raise ClusterError(
                f"{self.folders.data} belongs to another user. Start as the user "
                "who made it."
            ) from None
        ours = folders.major_version()
        if found > ours:
            raise ClusterError(
                f"The database in {self.folders.data} is from a newer version "
                f"(PostgreSQL {found}; this release has {ours}). Use the newer "
                "release of The Deal, or restore a backup into a fresh folder."
            )
        if found < ours:
            raise ClusterError(
                f"The database in {self.folders.data} is from PostgreSQL {found} and "
                f"this release has {ours}. Make a backup with the release that made "
                "it, and restore that here into a fresh folder."
            )

    def _make(self, runner: Runner) -> None:
        state = self.folders.state
        if shutil.disk_usage(state).free < LEAST_FREE_BYTES:
            raise ClusterError(
                f"The disk is too full for a database ({state}): 300 MB must be free."
            )
        fresh, words = state / "cluster.new", self.folders.socket / "first-password"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        runner.own(fresh)
        password = connections.secret(connections.SUPERUSER, folders=self.folders)
        words.touch(mode=0o600)
        words.write_text(password)
        runner.own(words)
        try:
            self._initdb(runner, fresh, words)
        finally:
            words.unlink(missing_ok=True)
        fresh.rename(self.folders.data)

    def _initdb(self, runner: Runner, fresh: Path, words: Path) -> None:
        program = folders.binaries(self.folders, runner) / "initdb"
        done = subprocess.run(  # type: ignore[call-overload] # noqa: S603 # our own program; the options are a dictionary
            [
                str(program),
                f"--pgdata={fresh}",
                f"--username={connections.SUPERUSER}",
                f"--pwfile={words}",
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=fresh,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            **runner.process_options(),
        )
        if done.returncode:
            said = done.stdout + done.stderr
            raise ClusterError(
                hopeless(said, data=fresh)
                or f"The database could not be made. It said: {said.strip()[-600:]}"
            )

    def _check_stranger(self, runner: Runner) -> None:
        server = self._server()
        if self.folders.data.stat().st_uid != runner.uid:
            raise ClusterError(
                f"{self.folders.data} belongs to another user (number "
                f"{self.folders.data.stat().st_uid}). Start as that user."
            )
        found = server.running()
        if found and not server.is_ours(found):
            raise ClusterError(
                f"A PostgreSQL server that this program did not start (process "
                f"{found.pid}) is running on {self.folders.data}. Stop it first."
            )

    def _ensure_keeper(self) -> None:
        lock = locks.hold(self.folders.lock("keeper"), wait=False)
        if lock is None:
            return
        root = str(folders.ROOT)
        os.close(lock)
        with self.folders.log.open("ab") as log:
            subprocess.run(  # noqa: S603 # this very Python, our own module
                [
                    sys.executable,
                    "-m",
                    "thedeal.lib.cluster.keeper",
                    str(self.folders.state),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=root,
                env=os.environ | {"PYTHONPATH": root},
                start_new_session=True,
                check=False,
            )

    def _answers(self) -> bool:
        if not self.is_running():
            return False
        try:
            with self.connect(dbname="postgres", connect_timeout=3) as connection:
                return bool(connection.execute("select 1").fetchone() == (1,))
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise ClusterError(
                    f"{self.folders.secrets} does not belong to the database in "
                    f"{self.folders.data}. Put the right one back from your copy."
                ) from error
            return False

    def _log_bytes(self) -> int:
        log = self.folders.log
        return log.stat().st_size if log.exists() else 0

    def _log_since(self, start: int) -> str:
        if not self.folders.log.exists():
            return ""
        with self.folders.log.open("rb") as log:
            log.seek(start if start <= self._log_bytes() else 0)
            return log.read().decode(errors="replace")

    def _check_hopeless(self, log_from: int) -> None:
        sentence = hopeless(self._log_since(log_from), data=self.folders.data)
        if sentence:
            raise ClusterError(sentence)

    def _silent(self, wait_s: float) -> str:
        said = self._log_since(max(0, self._log_bytes() - 600)).strip()
        return (
            f"The database did not answer within {wait_s:.0f} seconds. The end of "
            f"{self.folders.log}:\n{said}"
        )
