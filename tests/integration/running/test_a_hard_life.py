"""What an installation goes through: set up, upgraded, backed up, killed, tampered with.

Each is done with ``./deal`` itself, in a folder of its own, as an administrator would.
The tests share one installation, in any order: each leaves it stopped and whole.
"""

import json
import os
import signal
import socketserver
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pyrage
import pytest

from tests.factories.installation import Installation, fresh

pytestmark = [pytest.mark.slow, pytest.mark.live]
WRITE = """
from django.db import connection
with connection.cursor() as c:
    c.execute("create table if not exists kept_words (n int)")
    for n in range(1, 200000):
        c.execute("insert into kept_words values (%s)", [n])
        print(n, flush=True)
"""
PEOPLE = (
    *("--administrator-name", "Ada Made-up", "--administrator-email", "ada@e.example"),
    *("--guardian-name", "Gus Made-up", "--guardian-email", "gus@e.example"),
)
ACT = """
from django.db import transaction
from thedeal.audit.actions import seals, trail
with transaction.atomic():
    for n in range(5):
        trail.record("tests.happened", by=None, subject=None, number=n)
print("sealed", seals.seal())
"""
LAID_DOWN = (
    "alter table audit_entry no force row level security",
    "alter table audit_entry disable trigger user",
)
TAKEN_UP = (
    "alter table audit_entry enable trigger user",
    "alter table audit_entry force row level security",
)
STALE = "update thedeal_house set schema_stamp = 'the release from before'"


@dataclass(frozen=True, kw_only=True)
class FirstStart:
    """What the first ``serve`` said, and what its pages answered."""

    house: Installation
    said: str
    pages: dict[str, tuple[int, str]]
    same_port: tuple[int, str]
    same_folder: tuple[int, str]


@pytest.fixture(scope="module")
def first_start() -> Iterator[FirstStart]:
    """Give an installation that ``serve`` has set up, stopped again."""
    paths = ("/health/", "/", "/desk/messages/", "/demo/", "/account/login/")
    with fresh() as house:
        with house.serving() as served:
            served.wait_until_well()
            first = FirstStart(
                house=house,
                said=served.said,
                pages={path: served.get(path) for path in paths},
                same_port=house.deal("serve", "--port", str(served.port)),
                same_folder=house.deal("serve", "--port", "0"),
            )
        assert served.ended_with == 0, served.said
        with house.kept_up():
            yield first


@pytest.fixture
def house(first_start: FirstStart) -> Installation:
    """Give the installation that these tests share."""
    return first_start.house


def test_serve_sets_up_without_demo_data_and_says_what_comes_first(first_start):
    assert "There is no authority here yet" in first_start.said
    assert "./deal authority_create" in first_start.said
    assert "put a web server with a certificate in" in first_start.said
    status, health = first_start.pages["/health/"]
    assert status == 200
    assert json.loads(health) == dict.fromkeys(
        ("well", "database", "jobs", "disk"), True
    )
    assert first_start.pages["/"][0] == 200
    assert "made-up people" not in first_start.pages["/"][1].lower()
    assert first_start.pages["/demo/"][0] == 404
    assert first_start.pages["/desk/messages/"][0] == 302  # the queue asks who you are
    assert first_start.pages["/account/login/"][0] == 200


def test_a_second_copy_on_the_same_port_or_folder_is_refused(first_start):
    assert first_start.same_port[0] == 1
    assert " is taken by another program. Name another one" in first_start.same_port[1]
    assert first_start.same_folder[0] == 1
    assert "already running here, on http://127.0.0.1:" in first_start.same_folder[1]


def test_an_upgrade_makes_a_backup_first_and_can_be_rolled_back(house):
    before = set((house.state / "backups").glob("before-upgrade-*"))
    house.sql(
        "create table from_before as select 7 as n",
        "grant select on from_before to thedeal_backup",
        STALE,
    )
    with house.serving() as served:
        assert served.get("/")[0] == 200
    assert "Making a backup before the upgrade, and proving it" in served.said
    made = set((house.state / "backups").glob("before-upgrade-*")) - before
    assert len(made) == 1
    house.sql("update from_before set n = 8")
    assert "Restored" in house.done("rollback")
    assert house.sql("table from_before") == [(7,)]
    house.sql("drop table from_before")


def test_a_database_from_a_newer_release_is_left_alone(house):
    house.sql(
        "insert into django_migrations (app, name, applied)"
        " values ('deals', '9999_of_tomorrow', now())"
    )
    answers = [house.deal("serve", "--port", "0"), house.deal("doctor")]
    house.sql("delete from django_migrations where name = '9999_of_tomorrow'")
    for code, said in answers:
        assert code == 1, said
        assert "from a newer version of The Deal" in said
        assert "deals.9999_of_tomorrow" in said
        assert "Traceback" not in said


def test_demo_refuses_the_database_of_an_authority(house):
    code, said = house.deal("demo", "--no-browser")
    assert code == 1
    assert "This database is a real authority's, so it is left alone" in said


def test_the_nightly_backup_is_made_proven_and_encrypted(house, tmp_path):
    own = pyrage.x25519.Identity.generate()
    identity = tmp_path / "identity"
    identity.write_text(f"{own}\n")
    nightly = "from thedeal.partners import jobs; print('made', jobs.backup())"
    said = house.done("shell", "-c", nightly, THEDEAL_BACKUP_KEY=str(own.to_public()))
    file = house.state / "backups" / said.split("made ")[1].strip()
    keys = house.state / "backup-keys" / "newest.keys"
    assert file.read_bytes().startswith(b"age-encryption.org/v1")
    assert keys.read_bytes().startswith(b"age-encryption.org/v1")
    words = ("restore", str(file), "--keys", str(keys))
    code, said = house.deal(*words, "--check")
    assert code == 1
    assert "is encrypted. Name the file with its secret key: --identity FILE" in said
    house.done(*words, "--check", "--identity", str(identity))
    house.sql("create table since_then as select 7 as n")
    said = house.done(*words, "--identity", str(identity))
    assert "The database from before is kept as" in said
    assert house.sql("select to_regclass('public.since_then')") == [(None,)]


def test_a_test_message_leaves_the_house(house):
    class Post(socketserver.StreamRequestHandler):
        """The shortest carrier that a letter can be given to."""

        def handle(self):
            """Take one letter."""
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline():
                taken.append(line.decode().lower())
                is_data = line.upper().startswith(b"DATA")
                self.wfile.write(b"354 go on\r\n" if is_data else b"250 yes\r\n")
                while is_data and (line := self.rfile.readline()) != b".\r\n":
                    taken.append(line.decode())
                if is_data:
                    self.wfile.write(b"250 taken\r\n")

    taken: list[str] = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as carrier:
        carrier.daemon_threads = True
        threading.Thread(target=carrier.serve_forever, daemon=True).start()
        port = str(carrier.server_address[1])
        words = ("send_test_message", "joan@example.org")
        said = house.done(*words, THEDEAL_EMAIL_PORT=port)
        carrier.shutdown()
    assert "Taken by the carrier" in said
    assert "rcpt to:<joan@example.org>\r\n" in taken
    assert "Subject: A test from The Deal\r\n" in taken
    code, said = house.deal(*words, THEDEAL_EMAIL_PORT="1")
    assert code == 1
    assert "It was not sent" in said
    assert "Traceback" not in said


def test_the_first_two_people_are_let_in_and_the_doctor_finds_all_well(house):
    said = house.done("authority_create", "Testing Council", *PEOPLE)
    assert "Testing Council is set up" in said
    code, said = house.deal("authority_create", "Testing Council", *PEOPLE)
    assert code == 1
    assert "Traceback" not in said
    said = house.done("doctor")
    assert "All is well." in said
    assert "The database is a real authority's" in said


def test_killed_in_mid_write_loses_nothing_that_was_committed(house):
    writing = house.start("as", "owner", "shell", "-c", WRITE)
    last = 0
    until = time.monotonic() + 120
    while last < 300 and time.monotonic() < until:
        line = writing.stdout.readline().strip()
        last = int(line) if line.isdecimal() else last
    postmaster = next(house.state.rglob("postmaster.pid"))
    os.kill(int(postmaster.read_text().split()[0]), signal.SIGKILL)
    said = writing.communicate(timeout=120)[0]
    last = max([last, *(int(x) for x in said.split("\n") if x.strip().isdecimal())])
    ((count, most),) = _when_it_answers(
        house, "select count(*), max(n) from kept_words"
    )
    house.sql("drop table kept_words")
    assert last >= 300
    assert most >= last
    assert count == most


def test_a_backup_is_proven_and_a_damaged_one_is_refused(house):
    file = house.state.parent / "kept.deal"
    house.done("backup", str(file), "--verify")
    house.done("restore", str(file), "--check")
    body = bytearray(file.read_bytes())
    body[len(body) // 2] ^= 0xFF
    hurt = house.state.parent / "hurt.deal"
    hurt.write_bytes(bytes(body))
    code, said = house.deal("restore", str(hurt), "--check")
    assert code == 1
    assert "damaged or was changed, so nothing was restored" in said
    assert "Traceback" not in said


def test_a_changed_row_of_the_trail_is_found(house):
    assert "sealed" in house.done("shell", "-c", ACT)
    changed = "where id = (select id from audit_entry order by seq limit 1)"
    house.sql(
        *LAID_DOWN,
        f"update audit_entry set action = action || '!' {changed}",
        *TAKEN_UP,
    )
    code, said = house.deal("audit", "verify")
    house.sql(
        *LAID_DOWN,
        f"update audit_entry set action = rtrim(action, '!') {changed}",
        *TAKEN_UP,
    )
    assert code == 1
    assert "was changed or moved" in said
    assert "The audit trail is NOT whole: 1 faults" in said
    assert "Traceback" not in said
    house.done("audit", "verify")


def _when_it_answers(house: Installation, query: str) -> list[tuple[object, ...]]:
    """Ask a database that may still be coming up again."""
    until = time.monotonic() + 120
    while True:
        try:
            return house.sql(query)
        except psycopg.OperationalError:
            assert time.monotonic() < until
            time.sleep(0.2)
