"""``./deal bench WHAT``: measures us beside a peer in one run, and prints ratios.

Each measure is a script under ``bench/``, run as it stands; it says what it compares,
on what data, and what it could not compare here.
"""

import subprocess
import sys

from thedeal.lib.running import manage
from thedeal.lib.setup.telling import say

FOLDER = manage.ROOT / "bench"


def run(arguments: list[str]) -> int:
    """Run one measure; give its exit code."""
    known = sorted(path.parent.name for path in FOLDER.glob("*/__main__.py"))
    name, *rest = arguments or [""]
    if name not in known:
        say(f"Say what to measure: ./deal bench {' | '.join(known)}")
        return 2
    with manage.opened():
        return subprocess.run(  # noqa: S603 # our own Python and scripts
            [sys.executable, "-m", f"bench.{name}", *rest],
            env=manage.environment("owner"),
            cwd=manage.ROOT,
            check=False,
        ).returncode
