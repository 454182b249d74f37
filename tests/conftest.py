"""What every test may ask for: a clock that stands still, and the standing cast.

No test reaches another machine (``--allow-hosts`` in pyproject.toml). Browser tests
are left out where there is no Chromium, unless THEDEAL_BROWSER_NEEDED says they must
run. ``tests/README.md`` lists every fixture.
"""

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread
from typing import Any
from zlib import crc32

import pytest
import time_machine
from django.db import connection
from django.test import Client
from xdist.scheduler import LoadScopeScheduling

from tests.factories import cast as casting
from tests.factories import live as living
from tests.factories.databases import Databases

CHROMIUM = os.environ.get("THEDEAL_CHROMIUM", "")
BROWSER_NEEDED = os.environ.get("THEDEAL_BROWSER_NEEDED", "").lower() in {"1", "yes"}
SHARED = pytest.StashKey[Path]()
HERE = Path(__file__).parent
LONG, WALLS = HERE / "integration" / "running", HERE / "walls"
BROWSER = HERE / "browser"
ALONE = {"test_hostile.py", "test_hostile_about_people.py"}
# in how many pieces what is long is shared out
PIECES = {"test_every_page.py": 8, "test_routes.py": 4}
LAST = "test_every_page.py"
# the browser's driver keeps an event loop in the process; our own code is never run in
# it, but Django would refuse to let go of the test database after it
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at noon on 23 November 2026; ``clock.shift(…)`` moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Databases:
    """Give the databases of this run, to copy from."""
    return Databases(request.config.stash[SHARED].name)


@pytest.fixture(scope="session")
def _set_up(
    databases: Databases, django_db_modify_db_settings: None, django_db_blocker: Any
) -> ExitStack:
    setting_up = ExitStack()
    with django_db_blocker.unblock():
        setting_up.enter_context(databases.set_up(make=_put_on_the_stage))
    return setting_up


@pytest.fixture(scope="session")
def django_db_setup(
    _set_up: ExitStack, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """Make the test database; let go of its every session before it is dropped.

    A thread or a driver's loop may still hold one, and a database in use is not dropped.
    """
    with django_db_blocker.unblock():
        _set_up.close()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )


def _put_on_the_stage() -> None:
    """Build the cast, as it stood when the tests' clock stands still."""
    with time_machine.travel(NOON, tick=True):
        casting.build()


@pytest.fixture
def cast(db: None) -> casting.Cast:
    """Give the standing cast: ``cast.worker``, ``cast.other_authority``, …"""
    return casting.on_the_stage()


@pytest.fixture
def signed_in(cast: casting.Cast) -> Callable[[str], Client]:
    """Give a test client for one of the cast: ``signed_in("worker")``."""

    def client(who: str) -> Client:
        return casting.client_for(None if who == "nobody" else getattr(cast, who))

    return client


@pytest.fixture(scope="session")
def live(request: pytest.FixtureRequest) -> living.House:
    """Give the running product, with a small demo and its real database logins."""
    return living.find_or_build(request.config.stash[SHARED])


@pytest.fixture
def beside_others(live: living.House, request: pytest.FixtureRequest) -> Iterator[None]:
    """Take a turn at the running product: alone, where a test counts all its rows."""
    with live.turn(alone=request.node.path.name in ALONE):
        yield


@pytest.fixture(scope="session")
def sessions(live: living.House) -> dict[str, str]:
    """Give a session of each of the standing cast; of "nobody" there is none."""
    said = live.once(
        "sessions", lambda: live.module("tests.factories.sessions", login="tests")
    )
    found: dict[str, str] = json.loads(said)
    return found


@pytest.fixture(scope="session")
def planted(live: living.House) -> dict[str, Any]:
    """Give one row of every model, planted for Makerfield (factories/planting.py)."""
    return _plant(live, "makerfield")


@pytest.fixture(scope="session")
def planted_elsewhere(live: living.House, planted: dict[str, Any]) -> dict[str, Any]:
    """Give the same, planted for the other council."""
    return _plant(live, "ribbleside")


def _plant(live: living.House, council: str) -> dict[str, Any]:
    said = live.once(
        f"planted-{council}",
        lambda: live.module("tests.factories.planting", council, login="tests"),
    )
    found: dict[str, Any] = json.loads(said)
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long first and the browser's tests last.

    What is in the smallest pieces comes last of all, so that no process waits long for
    the other's end. The running product is built by the time its tests come. The
    browser's driver leaves an event loop in a process, and no test of the database
    should come after it there. Where there is no browser they are left out.
    """
    items.sort(key=_turn)
    if CHROMIUM:
        return
    without = pytest.mark.skip(
        reason="no Chromium here; ./deal test says how to get it"
    )
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(without)


def _turn(item: pytest.Item) -> int:
    """Give when a test's turn comes, 0 first."""
    turns = (LONG, 0), (WALLS, 2), (BROWSER / LAST, 4), (BROWSER, 3)
    at = {item.path, *item.path.parents}
    return next((turn for place, turn in turns if place in at), 1)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Drive the Chromium of this machine, which root may only start so."""
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take --write-access and --take-pictures: what a person reads over afterwards."""
    parser.addoption(
        "--write-access",
        action="store_true",
        help="write tests/walls/access.yaml from what the product answers",
    )
    parser.addoption(
        "--take-pictures",
        action="store_true",
        help="take docs/pictures again, from the running product",
    )


class BrowserCount:
    """Fails the run where browser tests were needed and none passed."""

    def __init__(self) -> None:
        self.passed = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a browser test that passed, on whichever core."""
        if report.when == "call" and report.passed and "browser" in report.keywords:
            self.passed += 1

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the whole where none ran."""
        if not self.passed and session.exitstatus == 0:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            print("\nNo browser test ran, and THEDEAL_BROWSER_NEEDED is set.")  # noqa: T201 # pytest's own screen


class ByFile(LoadScopeScheduling):
    """Gives a process a whole file, so that what the file makes is made once.

    Not xdist's groups: with pytest 9.2 xdist 3.8 forgets them and says nothing, and
    each process then made for itself what takes minutes.
    """

    def _split_scope(self, nodeid: str) -> str:
        """Give what goes together with a test: its file, or a piece of a long one."""
        file, _, test = nodeid.partition("::")
        return f"{file}-{crc32(test.encode()) % PIECES.get(Path(file).name, 1)}"


class OneHouse:
    """Shares one folder between the processes of a run, and ends what runs in it."""

    NEEDING_IT = ("tests/walls", "tests/browser")

    def __init__(self, shared: Path) -> None:
        self.shared = shared
        self.building = Thread(target=living.find_or_build, args=[shared])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> ByFile:
        """Share out the tests by file."""
        return ByFile(config, log)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Begin to build the product, where it will be needed, beside the first tests."""
        needed = any(each.startswith(self.NEEDING_IT) for each in ids)
        if needed and self.building.ident is None:
            self.building.start()

    def pytest_configure_node(self, node: Any) -> None:
        """Tell another process of this run where the folder is."""
        node.workerinput["shared"] = str(self.shared)

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Stop the product, if a test had it started; drop what was copied."""
        if self.building.ident is not None:
            self.building.join()
        living.end(self.shared)
        Databases(self.shared.name).end()
        shutil.rmtree(self.shared, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """Do once what is for the whole run: count browser tests, share one house."""
    told = getattr(config, "workerinput", None)
    if told:
        config.stash[SHARED] = Path(told["shared"])
        return
    config.stash[SHARED] = living.folder()
    config.pluginmanager.register(OneHouse(config.stash[SHARED]))
    if BROWSER_NEEDED:
        config.pluginmanager.register(BrowserCount())
