"""``./deal docs``: writes the generated documents; ``stale`` says which are old.

Each is written from what the code itself declares (``documents``), so that none can
rot unseen: ``./deal check`` compares.
"""

import difflib
import os
from collections.abc import Callable
from pathlib import Path

from thedeal.lib import cluster
from thedeal.lib.running import manage
from thedeal.lib.setup.telling import say

REFERENCE = "docs/reference"
MAP = "docs/architecture.md"
START, END = "<!-- rooms -->", "<!-- end of rooms -->"


def run(_arguments: list[str]) -> int:
    """Write what is out of date; give 0."""
    for path, text in _wanted().items():
        if _read(path) != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            say(f"Written: {path.relative_to(manage.ROOT)}")
    return 0


def stale() -> list[str]:
    """Give a sentence, with the first lines that differ, for each old document."""
    found = []
    for path, text in _wanted().items():
        if (now := _read(path)) != text:
            name = str(path.relative_to(manage.ROOT))
            lines = difflib.unified_diff(
                now.splitlines(),
                text.splitlines(),
                name,
                "./deal docs",
                n=0,
                lineterm="",
            )
            found.append("\n".join([f"{name} is out of date:", *list(lines)[:12]]))
    return found


def _wanted() -> dict[Path, str]:
    documents = _documents()
    found = {
        manage.ROOT / REFERENCE / f"{name}.md": f"{write().rstrip()}\n"
        for name, write in documents.items()
    }
    plan = manage.ROOT / MAP
    before, _, rest = _read(plan).partition(START)
    _, _, after = rest.partition(END)
    table = _rooms()
    found[plan] = f"{before}{START}\n\n{table}\n\n{END}{after}"
    return found


def _documents() -> dict[str, Callable[[], str]]:
    """Give the writers by name of document, once Django knows every room."""
    manage.connections_ready(cluster.Cluster(tell=say))
    os.environ.update(manage.environment("owner"))
    import django

    django.setup()
    from thedeal.lib.running import documents

    return documents.DOCUMENTS


def _rooms() -> str:
    from thedeal.lib.running import documents

    return documents.rooms()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
