"""``./deal check``: all that CI runs, in CI's order; it changes nothing.

One line for each step, with its time; what failed is said again at the end.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from thedeal.lib.running import docs, lock, manage, tests
from thedeal.lib.setup.telling import say

LONGEST_OUTPUT = 12_000  # characters of a failed step that are shown


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that is checked; ``check`` gives what is wrong, "" for nothing."""

    name: str
    check: Callable[[], str]
    repair: str = ""


def run(arguments: list[str]) -> int:
    """Check everything; give 0 when nothing is wrong."""
    database = manage.open_database()
    try:
        wrong = [failed for step in steps() if (failed := _do(step))]
        say("Tests")
        if tests.run(arguments):
            wrong.append("Tests: see above.")
    finally:
        database.stop(wait=False)
    say()
    say("Not right:" if wrong else "All is right.")
    for sentence in wrong:
        say(f"  {sentence}")
    return 1 if wrong else 0


def steps() -> list[Step]:
    """Give all steps but the tests, in order."""
    return [
        Step(name="Lock file", check=lambda: "\n".join(lock.problems())),
        Step(
            name="Format",
            check=lambda: _tool("ruff", "format", "--check", "."),
            repair="./deal fix",
        ),
        Step(
            name="Lint", check=lambda: _tool("ruff", "check", "."), repair="./deal fix"
        ),
        Step(name="Types", check=lambda: _tool("mypy")),
        Step(name="Import rules", check=lambda: _tool("lint-imports", "--no-logo")),
        Step(
            name="Migrations",
            check=lambda: _django("makemigrations", "--check", "--dry-run"),
            repair="./deal makemigrations ROOM --name what_it_does",
        ),
        Step(
            name="Generated documents",
            check=lambda: "\n".join(docs.stale()),
            repair="./deal docs",
        ),
    ]


def _do(step: Step) -> str:
    """Do one step, say how it went, and give what to say of it at the end."""
    started = time.monotonic()
    wrong = step.check()
    took_s = time.monotonic() - started
    say(f"{'✗' if wrong else '✓'} {step.name} ({took_s:.1f} s)")
    if not wrong:
        return ""
    say(wrong[-LONGEST_OUTPUT:])
    return (
        f"{step.name}: {f'{step.repair} may mend it.' if step.repair else 'see above.'}"
    )


def _tool(name: str, *words: str) -> str:
    return _said([str(Path(sys.executable).with_name(name)), *words], dict(os.environ))


def _django(*words: str) -> str:
    return _said(manage.django(*words), manage.environment("owner"))


def _said(command: list[str], env: dict[str, str]) -> str:
    """Run a tool; give what it said where it failed, "" where it did not."""
    done = subprocess.run(  # noqa: S603 # tools of the private environment
        command, env=env, cwd=manage.ROOT, capture_output=True, text=True, check=False
    )
    if not done.returncode:
        return ""
    return (done.stdout + done.stderr).strip() or f"It ended with {done.returncode}."
