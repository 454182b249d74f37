"""What an installation goes through: killed in mid-write, backed up, tampered with.

Each is done with ``./deal`` itself, in a folder of its own, as an administrator would.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from thedeal.lib.running import manage

pytestmark = [pytest.mark.slow, pytest.mark.live]
OURS = ("THEDEAL_", "DJANGO_", "DATABASE_URL", "SECRET_KEY", "PYTEST_")
WRITE = """
from django.db import connection
with connection.cursor() as c:
    c.execute("create table if not exists kept_words (n int)")
    for n in range(1, 200000):
        c.execute("insert into kept_words values (%s)", [n])
        print(n, flush=True)
"""
COUNT = """
from django.db import connection
with connection.cursor() as c:
    c.execute("select count(*), coalesce(max(n), 0) from kept_words")
    print("found", *c.fetchone())
    c.execute("drop table kept_words")
"""
TAMPER = """
from django.db import connection
with connection.cursor() as c:
    c.execute("alter table audit_entry no force row level security")
    c.execute("alter table audit_entry disable trigger user")
    c.execute("update audit_entry set action = 'nothing.happened' where id = "
              "(select id from audit_entry order by id limit 1)")
    assert c.rowcount == 1
    c.execute("alter table audit_entry enable trigger user")
    c.execute("alter table audit_entry force row level security")
"""
ACT = """
from django.db import transaction
from thedeal.audit.actions import trail
with transaction.atomic():
    for n in range(5):
        trail.record("tests.happened", by=None, subject=None, number=n)
"""


def start(state: Path, *words: str) -> "subprocess.Popen[str]":
    """Start a command in an environment with nothing of these tests in it."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    return subprocess.Popen(
        [str(manage.ROOT / "deal"), *words],
        env=env | {"THEDEAL_STATE": str(state)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def deal(state: Path, *words: str) -> tuple[int, str]:
    """Run a command to its end; give its exit code and what it said."""
    running = start(state, *words)
    said, _ = running.communicate(timeout=300)
    return running.returncode, said


@pytest.fixture(scope="module")
def state() -> Iterator[Path]:
    """Give the folder of an installation that is set up."""
    folder = Path(tempfile.mkdtemp(prefix="thedeal-life-"))
    folder.chmod(0o711)  # the database's own user must reach what is in it
    code, said = deal(folder / "state", "migrate")
    assert code == 0, said
    deal(folder / "state", "walls")
    yield folder / "state"
    shutil.rmtree(folder, ignore_errors=True)


def test_killed_in_mid_write_loses_nothing_that_was_committed(state):
    writing = start(state, "as", "owner", "shell", "-c", WRITE)
    last = 0
    until = time.monotonic() + 120
    while last < 300 and time.monotonic() < until:
        line = writing.stdout.readline().strip()
        last = int(line) if line.isdecimal() else last
    postmaster = next(state.rglob("postmaster.pid"))
    os.kill(int(postmaster.read_text().split()[0]), signal.SIGKILL)
    said = writing.communicate(timeout=120)[0]
    last = max([last, *(int(x) for x in said.split("\n") if x.strip().isdecimal())])
    code, told = deal(state, "as", "owner", "shell", "-c", COUNT)
    assert code == 0, told
    count, most = map(int, told.split("found ")[1].split()[:2])
    assert last >= 300
    assert most >= last
    assert count == most


def test_a_backup_is_proven_and_a_damaged_one_is_refused(state, tmp_path):
    file = state.parent / "kept.deal"
    code, said = deal(state, "backup", str(file), "--verify")
    assert code == 0, said
    assert deal(state, "restore", str(file), "--check")[0] == 0
    body = bytearray(file.read_bytes())
    body[len(body) // 2] ^= 0xFF
    hurt = state.parent / "hurt.deal"
    hurt.write_bytes(bytes(body))
    code, said = deal(state, "restore", str(hurt), "--check")
    assert code == 1
    assert "Traceback" not in said


def test_a_changed_row_of_the_trail_is_found(state):
    assert deal(state, "shell", "-c", ACT)[0] == 0
    deal(state, "audit", "seal")
    code, said = deal(state, "audit", "verify")
    assert code == 0, said
    code, said = deal(state, "as", "owner", "shell", "-c", TAMPER)
    assert code == 0, said
    code, said = deal(state, "audit", "verify")
    assert code == 1
    assert "NOT whole" in said
    assert "Traceback" not in said
