"""Our own starter of PostgreSQL: strict about who runs it, what it signals, what it keeps."""

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.factories.installation import fresh
from thedeal.lib import cluster
from thedeal.lib.cluster import connections, logins
from thedeal.lib.cluster.processes import Server

LAST_BREATH_S = 20
pytestmark = [pytest.mark.slow, pytest.mark.live]


@pytest.fixture(scope="module", autouse=True)
def _nothing_given() -> Iterator[None]:
    """Forget the server that the tests themselves may have been given."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="module")
def made(_nothing_given: None) -> Iterator[Path]:
    """Give the state folder of a server that was made once, and is stopped."""
    with fresh() as house:
        server = cluster.Cluster(house.state)
        server.start()
        server.stop()
        yield house.state


@pytest.fixture
def server(made: Path) -> Iterator[cluster.Cluster]:
    """Give the server, stopped; it is stopped again afterwards."""
    found = cluster.Cluster(made)
    yield found
    found.stop()


def _pid(server: cluster.Cluster) -> int:
    return int((server.folders.data / "postmaster.pid").read_text().split()[0])


def _is_gone(pid: int) -> bool:
    """Say whether the process ends soon; its parent may take a moment to let it go."""
    until = time.monotonic() + LAST_BREATH_S
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_it_answers_when_start_comes_back_and_is_gone_when_stop_does(server):
    assert not server.is_running()
    server.start()
    with server.connect(dbname="postgres") as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    pid = _pid(server)
    server.stop()
    assert not server.is_running()
    assert _is_gone(pid)


def test_it_never_runs_as_root_and_leaves_the_folder_above_as_it_was(server):
    above = server.folders.state.parent
    before = above.stat()
    server.start()
    owner = server.folders.data.stat()
    assert owner.st_uid != 0
    assert stat.S_IMODE(owner.st_mode) == 0o700
    if Path("/proc").is_dir():
        assert Path(f"/proc/{_pid(server)}").stat().st_uid == owner.st_uid
    assert (above.stat().st_mode, above.stat().st_uid) == (
        before.st_mode,
        before.st_uid,
    )


def test_nothing_but_its_private_socket_lets_anybody_in(server):
    server.start()
    given = server.dsn(connections.TESTS) | {"dbname": "postgres"}
    with psycopg.connect(**given) as connection:
        listens = connection.execute("show listen_addresses").fetchone()
    assert listens == ("",)
    assert stat.S_IMODE(server.folders.socket.stat().st_mode) & 0o007 == 0
    with pytest.raises(psycopg.OperationalError, match="password authentication"):
        psycopg.connect(**given | {"password": "a guess"})
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(**{k: v for k, v in given.items() if k != "password"})


def test_no_file_can_make_it_forget_what_was_saved(server):
    settings = server.folders.data / "postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text(before + "fsync = off\nfull_page_writes = off\n")
    try:
        server.start()
        with server.connect(dbname="postgres") as connection:
            kept = connection.execute(
                "select current_setting('fsync'), current_setting('full_page_writes')"
            ).fetchone()
        assert kept == ("on", "on")
    finally:
        server.stop()
        settings.write_text(before)


def test_a_stranger_with_the_number_in_its_file_is_never_taken_for_it(server):
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    try:
        file = server.folders.data / "postmaster.pid"
        file.write_text(f"{stranger.pid}\n{server.folders.data}\n1\n")
        assert (
            Server(data=server.folders.data, uid=file.stat().st_uid).running() is None
        )
        server.start()
        assert _pid(server) != stranger.pid
        server.stop()
        assert stranger.poll() is None, "It ended a process that is not its server."
    finally:
        stranger.kill()
        stranger.wait()


def test_commands_that_start_at_once_make_the_logins_in_turn(server, monkeypatch):
    monkeypatch.setenv("THEDEAL_STATE", str(server.folders.state))
    server.start()
    with ThreadPoolExecutor(6) as at_once:
        ended = [at_once.submit(logins.prepare_database) for _ in range(24)]
    assert [each.exception() for each in ended] == [None] * 24
    with server.connect(dbname="postgres") as line:
        found = line.execute("select rolname from pg_roles where rolcanlogin")
        made = {name for (name,) in found.fetchall()}
    assert made >= {connections.role(name) for name in connections.NAMED}
