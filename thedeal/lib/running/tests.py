"""``./deal test``: every test, with a database of its own and no network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from thedeal.lib.running import manage
from thedeal.lib.setup.telling import say

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUICK = "not slow and not browser and not live"
NO_BROWSER = (
    "No Chromium here, so the browser tests are left out. On Debian and Ubuntu: "
    "apt install chromium. Elsewhere set THEDEAL_CHROMIUM to one."
)
PROCESSES = 2
# a process for each core is enough: threads of each would wait for the other's
ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def chromium() -> Path | None:
    """Give an installed Chromium, or None."""
    named = os.environ.get("THEDEAL_CHROMIUM")
    for name in [named] if named else BROWSERS:
        if found := shutil.which(name):
            return Path(found)
    return None


def run(arguments: list[str]) -> int:
    """Run the tests; give pytest's answer, 0 when all passed."""
    quick = "--quick" in arguments
    rest = [word for word in arguments if word != "--quick"]
    database = manage.open_database()
    extra = {"THEDEAL_TESTING": "1", **ALONE}
    browser = chromium()
    if browser:
        extra["THEDEAL_CHROMIUM"] = str(browser)
    elif not quick:
        say(NO_BROWSER)
    try:
        return subprocess.run(  # noqa: S603 # our own Python; the words are the user's own
            [sys.executable, "-m", "pytest", *_options(quick, rest), *rest],
            env=manage.environment("tests", extra),
            cwd=manage.ROOT,
            check=False,
        ).returncode
    except KeyboardInterrupt:
        return 130
    finally:
        database.stop(wait=False)


def _options(quick: bool, rest: list[str]) -> list[str]:
    options = ["-m", QUICK] if quick else []
    chosen = any(not word.startswith("-") for word in rest)
    if not chosen and "-n" not in rest:  # all of them: use the cores
        options += [
            "-n",
            str(min(PROCESSES, os.cpu_count() or 1)),
            "--dist",
            "loadscope",
            "--no-loadscope-reorder",
        ]
    return options
