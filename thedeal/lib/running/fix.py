"""``./deal fix``: repairs what a machine can: lint, format, generated documents."""

import subprocess
import sys
from pathlib import Path

from thedeal.lib.running import docs, manage


def run(_arguments: list[str]) -> int:
    """Repair; give 0 where nothing is left that a linter minds."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    left = 0
    for words in (("check", "--fix", "."), ("format", ".")):
        left |= subprocess.run(  # noqa: S603 # a tool of the private environment
            [ruff, *words], cwd=manage.ROOT, check=False
        ).returncode
    return left | docs.run([])
