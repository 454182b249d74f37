"""``./deal doctor``: what is wrong on this machine, and what to do about it.

Looks and changes nothing. Each finding is one line, and each trouble says the next
thing to do. Gives 1 where anything is wrong; what is only worth knowing is no trouble.
"""

import platform
from collections.abc import Iterable
from dataclasses import dataclass

from thedeal.lib import cluster
from thedeal.lib.running import house, manage, supervisor, tests
from thedeal.lib.setup.telling import say

WELL, KNOW, WRONG = "✓", "·", "✗"
Findings = Iterable["Finding"]


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is not well."""

    state: str
    sentence: str
    do: str = ""


def run(_arguments: list[str]) -> int:
    """Look at everything; give 1 where something is wrong."""
    findings = _tell(machine())
    try:
        with manage.opened():
            findings += _tell(database())
            findings += _inside()
    except (cluster.ClusterError, manage.CommandError) as error:
        findings += _tell([Finding(WRONG, str(error))])
    wrong = sum(found.state == WRONG for found in findings)
    say()
    say(f"{wrong} to mend." if wrong else "All is well.")
    return 1 if wrong else 0


def machine() -> Findings:
    """Look at the machine itself."""
    yield Finding(WELL, f"Python {platform.python_version()} on {platform.platform()}")
    if browser := tests.chromium():
        yield Finding(WELL, f"Browser tests can run: {browser}")
    else:
        yield Finding(KNOW, "No Chromium: browser tests are left out", tests.NO_BROWSER)
    state = cluster.state_dir()
    if supervisor.is_running(state):
        yield Finding(WELL, f"Running at {supervisor.recorded_address(state)}")
    else:
        yield Finding(KNOW, "Not running now: ./deal demo or ./deal serve starts it")


def database() -> Findings:
    """Look at the database from outside."""
    with house.connect() as connection:
        version = connection.info.server_version // 10_000
    yield Finding(WELL, f"PostgreSQL {version} answers")
    found = house.read()
    if found is None:
        yield Finding(KNOW, "The database is empty: nothing was set up yet")
        return
    yield Finding(WELL, f"The database is {house.WORDS[found.kind]}")
    house.check_not_newer()
    if not _is_current(found):
        yield Finding(
            KNOW,
            "The code changed since the database was last brought up to date, so the "
            "doctor does not look inside",
            "./deal demo or ./deal serve brings it up to date at its next start.",
        )


def _is_current(found: house.House) -> bool:
    return found.schema_stamp in ("", house.schema_stamp())


def _inside() -> list[Finding]:
    """Look at the jobs, the letters, the trail and the definitions, as a worker."""
    found = house.read()
    if found is None or not _is_current(found):
        return []  # the code would ask for columns that are not there yet
    try:
        is_demo = {"THEDEAL_DEMO": "1"} if found.kind == house.DEMO else {}
        manage.show("look_inside", extra=is_demo)
    except manage.CommandError:
        return [Finding(WRONG, "Something inside is wrong: see the lines above")]
    return []


def _tell(findings: Findings) -> list[Finding]:
    told = list(findings)
    for found in told:
        say(f"{found.state} {found.sentence}")
        if found.do and found.state != WELL:
            say(f"    {found.do}")
    return told
