"""``./deal lock``: writes requirements.lock; and says whether it fits pyproject.toml.

The check needs no network: every line of pyproject.toml must have a version in the
lock that satisfies it, every package a hash, and nothing may name a host. It must
never choose versions by itself: that is ``./deal lock``'s work, asked for by a person.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from thedeal.lib.running.manage import ROOT, CommandError
from thedeal.lib.setup.telling import say

LOCK = ROOT / "requirements.lock"
PINNED = re.compile(r"^(?P<name>[\w.-]+)(?:\[[^]]*\])?==(?P<version>[^ ;\\]+)")
HOST = re.compile(r"https?://|@ |^--", re.MULTILINE)
COMPILE = (
    *("pip", "compile", "pyproject.toml", "--group", "dev", "--universal"),
    *("--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links", "-o", "requirements.lock"),
)


def run(arguments: list[str]) -> int:
    """Write the lock again; words after it are uv's own ("--upgrade")."""
    clean = {k: v for k, v in os.environ.items() if k != "PIP_FIND_LINKS"}
    done = subprocess.run(  # noqa: S603 # the private environment's own uv
        [str(Path(sys.executable).with_name("uv")), *COMPILE, *arguments],
        env=clean | {"UV_NO_CONFIG": "1"},
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        raise CommandError("requirements.lock could not be written: see above.")
    say("requirements.lock is written. The next ./deal installs what changed.")
    return 0


def problems(*, project: str | None = None, lock: str | None = None) -> list[str]:
    """Give what is wrong with the lock, one sentence each; none where it is right."""
    project = project or (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lock = lock or LOCK.read_text(encoding="utf-8")
    locked = _locked(lock)
    found = [
        sentence
        for line in asked_for(project)
        for sentence in _unmet(Requirement(line), locked)
    ]
    if HOST.search(lock):
        found.append("requirements.lock names a host; ./deal lock writes none.")
    found += [f"{name} has no hash in the lock." for name in _without_hash(lock)]
    return found


def asked_for(project: str) -> list[str]:
    """Give every requirement of pyproject.toml, the developers' too."""
    read = tomllib.loads(project)
    return [*read["project"]["dependencies"], *read["dependency-groups"]["dev"]]


def _locked(lock: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lock.splitlines():
        if match := PINNED.match(line):
            name = canonicalize_name(match["name"])
            found.setdefault(name, []).append(match["version"])
    return found


def _unmet(wanted: Requirement, locked: dict[str, list[str]]) -> list[str]:
    versions = locked.get(canonicalize_name(wanted.name), [])
    if versions and all(
        wanted.specifier.contains(v, prereleases=True) for v in versions
    ):
        return []
    return [f"The lock does not have {wanted}. Run ./deal lock."]


def _without_hash(lock: str) -> list[str]:
    packages = re.split(r"\n(?=[\w.-]+(?:\[[^]]*\])?==)", "\n" + lock)
    return [
        package.split("==")[0].strip()
        for package in packages
        if "==" in package and "--hash=sha256:" not in package
    ]
