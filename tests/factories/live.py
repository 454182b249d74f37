"""The running product, for tests that ask it as the world does: by HTTP and by SQL.

A small committed demo in a database of its own, with the real logins and their walls,
served by Granian. Built once for a whole run of tests: whoever needs it first builds it
behind a lock, and the run's own process ends it. It must never touch the database that
``./deal`` keeps for the demo or for an authority.
"""

import fcntl
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from thedeal.lib.cluster import connections
from thedeal.lib.running import manage, ports, site

DATABASE = "thedeal_live"
NOTE, LOCK, TURNS, LOG = "house.json", "lock", "turns", "web.log"
LONGEST_BUILD_S = 600
LONGEST_ANSWER_S = 120
BUILD = """
from thedeal.lib.running import manage
manage.open_database()
manage.migrate()
print(manage.run("demo_build"))
"""


class LiveError(Exception):
    """The product could not be built or started; what it said is in the message."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the product answered: its status, headers (in lower case) and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Give the body as text."""
        return self.body.decode("utf-8", errors="replace")


@dataclass(frozen=True, kw_only=True)
class House:
    """The product as it runs: its address, its database and its folder."""

    address: str
    state: str
    database_url: str
    web_pid: int
    asks_from: str = ""  # an address of this machine; "" for whichever

    @contextmanager
    def connect(self, login: str) -> "Iterator[psycopg.Connection[Any]]":
        """Open the database as one login; ``all`` is the server's own user."""
        given: dict[str, Any] = {"conninfo": self.database_url}
        if login != "all":
            kept = json.loads((Path(self.state) / "secrets.json").read_text())
            given |= {"user": f"{DATABASE}_{login}"}
            given |= {"password": kept[f"password_{login}"]}
        with psycopg.connect(**given, autocommit=True) as connection:
            yield connection

    def get(self, path: str, *, session: str | None = None) -> Answer:
        """Ask for one page, following nothing."""
        return self.ask("GET", path, session=session)

    def ask(
        self,
        method: str,
        path: str,
        *,
        session: str | None = None,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request as it stands, however odd; give what came back."""
        given = dict(headers or {})
        if session:
            given["Cookie"] = f"session={session}; {given.get('Cookie', '')}"
        connection = http.client.HTTPConnection(
            self.address.removeprefix("http://"),
            timeout=LONGEST_ANSWER_S,
            source_address=(self.asks_from, 0) if self.asks_from else None,
        )
        try:
            # who refuses a body that is too long need not hear all of it
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, body=body, headers=given)
            got = connection.getresponse()
            named = {name.lower(): value for name, value in got.getheaders()}
            return Answer(status=got.status, headers=named, body=got.read())
        finally:
            connection.close()

    def log(self) -> str:
        """Give all that the web server has written to its log."""
        return (Path(self.state) / LOG).read_text(encoding="utf-8", errors="replace")

    def do_jobs(self) -> None:
        """Do every job that waits in the queue, then stop."""
        self.command("procrastinate", "worker", "--one-shot", login="worker")

    def command(self, *words: str, login: str) -> str:
        """Run a Django command on this house as one login; give what it said."""
        return self.module("django", *words, login=login)

    def module(self, *words: str, login: str) -> str:
        """Run a module of Python on this house as one login; give what it said."""
        env = _environment(self.state, self.database_url) | {"THEDEAL_LOGIN": login}
        return _run([sys.executable, "-m", *words], env)

    @contextmanager
    def turn(self, *, alone: bool) -> Iterator[None]:
        """Use the house beside others, or alone: where what others write would tell."""
        with (Path(self.state) / TURNS).open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
            yield

    def once(self, name: str, make: Callable[[], str]) -> str:
        """Give what ``make`` gave the first time that anybody in this run asked."""
        kept, lock = (
            Path(self.state) / f"{name}.kept",
            Path(self.state) / f"{name}.lock",
        )
        with lock.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            if not kept.exists():
                kept.write_text(make(), encoding="utf-8")
            return kept.read_text(encoding="utf-8")


def folder() -> Path:
    """Make the folder that all processes of one run of tests share."""
    made = Path(tempfile.mkdtemp(prefix="thedeal-live-"))
    made.chmod(0o711)  # root's own database runs as another user, who must pass
    return made


def find_or_build(shared: Path) -> House:
    """Give the running house, built and started by the first who asks."""
    with (shared / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        note = shared / NOTE
        if not note.exists():
            house = _start(shared)
            note.write_text(json.dumps(asdict(house)))
        return House(**json.loads(note.read_text()))


def end(shared: Path) -> None:
    """Stop the house, if any was started, and take its database away."""
    note = shared / NOTE
    if not note.exists():
        return
    house = House(**json.loads(note.read_text()))
    _stop(house.web_pid)
    with _admin() as admin:
        _drop(admin)
    note.unlink()


def _start(shared: Path) -> House:
    state = shared / "state"
    state.mkdir(exist_ok=True)
    with _admin() as admin:
        _drop(admin)
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(
                sql.Identifier(DATABASE)
            )
        )
    given = connections.connection(connections.TESTS) | {"dbname": DATABASE}
    url = make_conninfo(**given)
    env = _environment(str(state), url)
    _run([sys.executable, "-c", BUILD], env)
    place = ports.reserve()
    try:
        return House(
            address=place.address,
            state=str(state),
            database_url=url,
            web_pid=_serve(place, env, state / LOG),
        )
    finally:
        place.close()


def _serve(place: ports.Place, env: dict[str, str], log: Path) -> int:
    web, _jobs = site.parts(place, workers=1, extra={})
    with log.open("ab") as file:
        process = subprocess.Popen(
            web.command,
            env=env | {"THEDEAL_LOGIN": "staff", "THEDEAL_ADDRESS": place.address},
            cwd=manage.ROOT,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    while process.poll() is None:
        if site.ask(place.host, place.port, "/") == 200:
            process.returncode = 0  # it is ended by its id, by whoever ends the run
            return process.pid
    raise LiveError(f"The web server ended: {log.read_text()[-4000:]}")


def _stop(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)  # nothing in it is worth a goodbye
    except ProcessLookupError:
        return


@contextmanager
def _admin() -> "Iterator[psycopg.Connection[Any]]":
    given = connections.connection(connections.TESTS) | {"dbname": "postgres"}
    with psycopg.connect(**given, autocommit=True) as connection:
        yield connection


def _drop(admin: "psycopg.Connection[Any]") -> None:
    admin.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
            sql.Identifier(DATABASE)
        )
    )


def _environment(state: str, url: str) -> dict[str, str]:
    """Give the environment of this house: none of the tests' own settings."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("THEDEAL_")}
    return clean | {
        "DJANGO_SETTINGS_MODULE": "thedeal.config.settings",
        "DATABASE_URL": url,
        "THEDEAL_STATE": state,
        "THEDEAL_DEMO": "1",
    }


def _run(line: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(
        line,
        env=env,
        cwd=manage.ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST_BUILD_S,
    )
    if done.returncode:
        raise LiveError(f"{' '.join(line[1:])}: {(done.stdout + done.stderr)[-4000:]}")
    return done.stdout
