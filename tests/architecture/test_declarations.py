"""Settings, jobs and definitions: what is declared is used, and the other way round."""

import ast
import re
import subprocess
import sys

from procrastinate.contrib.django import app

from tests.architecture.sources import (
    ENGINE,
    ROOT,
    THEDEAL,
    modules,
    name_of,
    pardoned,
    templates,
)
from thedeal.lib import definitions, queue
from thedeal.lib.running import settings_sample

SETTING = re.compile(r"\b(THEDEAL_[A-Z_]+|DATABASE_URL)\b")
QUEUES_OWN = ("builtin:", "procrastinate.")
LOGINS, KEYS = (
    ("OWNER", "STAFF", "PUBLIC", "WORKER", "BACKUP"),
    ("SECRET", "FIELD", "AUDIT"),
)
# put together in lib.cluster.connections: f"THEDEAL_{name}"
PUT_TOGETHER = {
    *(f"THEDEAL_{login}_URL" for login in LOGINS),
    *(f"THEDEAL_{key}_KEY" for key in KEYS),
}


def _sample() -> set[str]:
    read = settings_sample.read()
    return {setting.name for listed in read.values() for setting in listed}


def _strings() -> set[str]:
    """Give every text in the code, and the fixed start of each f-string."""
    found = set()
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_setting_that_is_read_is_explained():
    texts = [path.read_text(encoding="utf-8") for path in modules()]
    texts.append((ROOT / "deal").read_text(encoding="utf-8"))
    texts += [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob(".ci/*"))]
    read = {name for text in texts for name in SETTING.findall(text)}
    assert {name for name in read if not name.endswith("_")} - _sample() == set(), (
        "Explain it in dotenv-sample, with its default."
    )


def test_every_setting_that_is_explained_is_read():
    folders = (THEDEAL, ENGINE, ROOT / ".ci", ROOT / "tests")
    texts = [(ROOT / "deal").read_text(encoding="utf-8")]
    texts += [
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in {".py", ""}
    ]
    read = {name for text in texts for name in SETTING.findall(text)}
    assert _sample() - read - PUT_TOGETHER == set(), "Nothing reads it."


def _deferred() -> dict[str, str]:
    """Give each job that is put in the queue by name, with where."""
    found = {}
    for path, tree in modules(engine=False).items():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) in {"queue.defer", "defer"}
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found[str(node.args[0].value)] = name_of(path)
    return found


def _jobs() -> set[str]:
    """Give the jobs of our rooms, without the queue's own."""
    return {name for name in queue.names() if not name.startswith(QUEUES_OWN)}


def test_every_job_that_is_put_in_the_queue_is_there():
    missing = {k: v for k, v in _deferred().items() if k not in queue.names()}
    assert missing == {}, "Register it in its room's jobs module (lib.queue)."


def test_every_job_is_started_by_something():
    scheduled = {
        task.task.name for task in app.periodic_registry.periodic_tasks.values()
    }
    idle = _jobs() - scheduled - set(_deferred()) - _strings_deferred()
    assert idle - pardoned("idle jobs") == set(), (
        "Nothing defers it, no clock starts it."
    )


def _strings_deferred() -> set[str]:
    """Give names that are deferred through a constant or a table of names."""
    jobs = {
        path for path in modules() if path.name == "jobs.py" or "jobs" in path.parts
    }
    return {
        node.value
        for path, tree in modules(engine=False).items()
        if path not in jobs
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_job_is_named_for_its_room():
    odd = [n for n in _jobs() if not (THEDEAL / n.partition(".")[0]).is_dir()]
    assert odd == []


def test_every_definition_is_used_by_something():
    said = _strings() | {text for text in templates().values()}
    everything = "\n".join(said)
    unused = [
        key
        for key in definitions.everything()
        if not any(way in everything for way in _ways_to(key))
    ]
    assert set(unused) - pardoned("unused definitions") == set(), (
        "No code or page asks for these."
    )


def _ways_to(key: str) -> list[str]:
    """Give the texts by which code finds an entry: its key, or what it starts with.

    A whole file's entries may be read by the start of their keys ("money/choices."),
    and some by the file's own name and the entry's.
    """
    file, _, entry = key.rpartition(".")
    ways = [key, f"{file}."]
    if "." in file:  # "retention.money.ledger" is asked for as "money.ledger"
        ways.append(key.partition(".")[2])
    for end in range(len(entry), 3, -1):
        ways.append(f"{file}.{entry[:end]}")
    return ways


def test_the_lock_names_all_that_its_packages_need():
    """Set-up installs the lock and looks for nothing more; so it must be whole."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"./deal lock writes it again. {done.stdout}"
