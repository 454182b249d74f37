"""The private environment and its locked packages.

pip checks every package against the hashes in ``requirements.lock``, from whatever
index the machine's own pip is set to use.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from thedeal.lib.setup.telling import step

OLDEST_PYTHON = (3, 11)
INSTALLED_BYTES = 2_600_000_000  # what the packages take, and room to unpack them
NETWORK_WORDS = (
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "No route to host",
    "Network is unreachable",
    "Connection refused",
    "NameResolutionError",
    "ConnectTimeoutError",
    "Could not find a version that satisfies",
)


class SetupError(Exception):
    """What stands in the way, and what to do about it, in a sentence."""


def venv_python(root: Path) -> Path:
    """Give the private environment's Python."""
    return root / ".deal" / "venv" / "bin" / "python"


def ensure(root: Path) -> bool:
    """Make the environment match the lock; say whether there was anything to do."""
    stamp = root / ".deal" / "venv" / ".packages"
    wanted = wanted_stamp(root)
    if _read(stamp) == wanted and _works(venv_python(root)):
        return False
    _check_space(root)
    if not _works(venv_python(root)):
        with step("Making a private Python environment in .deal/venv"):
            _make(root)
    with step(
        "Installing the locked packages (1.9 GB; a minute or two the first time)"
    ):
        _install(root)
    stamp.write_text(wanted)
    return True


def wanted_stamp(root: Path) -> str:
    """Give what the stamp says when the environment matches the lock."""
    lock = (root / "requirements.lock").read_bytes()
    return hashlib.sha256(lock).hexdigest()


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""


def _works(python: Path) -> bool:
    check = f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        done = subprocess.run(  # noqa: S603 # the private environment's own Python
            [str(python), "-I", "-c", check], capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _check_space(root: Path) -> None:
    free = shutil.disk_usage(root).free
    if free < INSTALLED_BYTES and not _read(root / ".deal" / "venv" / ".packages"):
        raise SetupError(
            f"The disk is too full: {free / 1e9:.1f} GB are free in {root}, and the "
            f"packages need {INSTALLED_BYTES / 1e9:.1f} GB."
        )


def _make(root: Path) -> None:
    folder = root / ".deal" / "venv"
    base = Path(getattr(sys, "_base_executable", sys.executable))
    done = _run([str(base), "-m", "venv", "--clear", str(folder)])
    if done.returncode == 0:
        return
    said = done.stdout + done.stderr
    if "ensurepip" in said or "No module named venv" in said:
        raise SetupError(
            f"{base} has no venv and pip with it. On Debian and Ubuntu: apt install "
            "python3-venv. Then start again."
        )
    raise SetupError(f"The private environment could not be made: {said.strip()}")


def _install(root: Path) -> None:
    python = str(venv_python(root))
    if _run([python, "-m", "pip", "--version"]).returncode:
        _run([python, "-m", "ensurepip"])
    # the lock names everything; asked for what those need as well, an older pip looks
    # for the newest `coverage[toml]` and refuses it, as it has no hash here
    done = _run(
        [
            *(python, "-m", "pip", "install", "--quiet", "--no-deps"),
            "--require-hashes",
            *("--no-input", "--disable-pip-version-check", "--no-warn-script-location"),
            *("--root-user-action", "ignore", "-r", str(root / "requirements.lock")),
        ]
    )
    if done.returncode:
        raise SetupError(_explain(done.stdout + done.stderr))


def _explain(said: str) -> str:
    if "No space left on device" in said:
        return "The disk is full. Free about 3 GB and start again."
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in said:
        return (
            "A package is not the one that the lock file names, so nothing was "
            f"installed. Somebody may have changed it on the way: {said.strip()[-500:]}"
        )
    if any(words in said for words in NETWORK_WORDS):
        return (
            "The packages could not be fetched. The first start needs a network "
            "(later ones do not). Check the connection, or set pip's own settings "
            f"(PIP_INDEX_URL, pip.conf), and start again. pip said: {_last(said)}"
        )
    return f"The packages could not be installed. pip said: {said.strip()[-1500:]}"


def _last(said: str) -> str:
    lines = [line for line in said.splitlines() if line.startswith("ERROR")]
    return lines[-1] if lines else said.strip()[-200:]


def _run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.run(  # noqa: S603 # this Python, or the private one
        command, capture_output=True, text=True, check=False, env=clean
    )
