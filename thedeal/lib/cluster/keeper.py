"""The process that keeps one server: starts it, restarts it, and stops it last.

``python -m thedeal.lib.cluster.keeper STATE`` is started by ``Cluster.start`` and
belongs to no terminal. It lives while somebody holds the users' lock, whoever
started it, and then stops the server cleanly. Killed itself, it takes the server
along (Linux), and the next start recovers. It must never signal a process that
``processes`` has not proven to be the server it keeps.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from thedeal.lib.cluster import locks
from thedeal.lib.cluster.folders import Folders, binaries
from thedeal.lib.cluster.processes import Server
from thedeal.lib.cluster.users import Runner, find_runner

POLL_S = 0.2
IDLE_S = 1.5  # how long nobody may use the server before it stops
STOP_S = 90  # how long a clean stop may take before we give up waiting
SHORTEST_WAIT_S, LONGEST_WAIT_S = 0.2, 3.0
LOG_BYTES = 10_000_000
PR_SET_PDEATHSIG = 1

# fsync and full pages are given on the command line, where no file can undo them.
# Values of rows stay out of the log: no statements, parameters or details.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "full_page_writes": "on",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "logging_collector": "off",
    "log_destination": "stderr",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


class Keeper:
    """Keeps one server until nobody uses it."""

    def __init__(self, folders: Folders, runner: Runner) -> None:
        self.folders = folders
        self.runner = runner
        self.server = Server(data=folders.data, uid=runner.uid)
        self.program = (binaries(folders, runner) / "postgres").resolve()
        self.child: subprocess.Popen[bytes] | None = None
        self.told_to_stop = False

    def run(self) -> None:
        """Keep the server until nobody uses it or the system says stop."""
        wait_s, next_try, idle_since = SHORTEST_WAIT_S, 0.0, None
        while not self.told_to_stop:
            now = time.monotonic()
            if self.is_up():
                wait_s = SHORTEST_WAIT_S
            elif now >= next_try:
                self.launch()
                wait_s = min(wait_s * 1.5, LONGEST_WAIT_S)
                next_try = now + wait_s
            in_use = self.is_used()
            idle_since = None if in_use else idle_since or now
            if idle_since and now - idle_since >= IDLE_S and self.close():
                return
            time.sleep(POLL_S)
        self.stop()

    def is_up(self) -> bool:
        """Whether the server's process lives."""
        if self.child is not None:
            if self.child.poll() is None:
                return True
            self.child = None
        return self.server.running() is not None

    def launch(self) -> None:
        """Start the server's process, as the unprivileged user."""
        self.server.clear_stale_pid()
        with self.folders.log.open("ab") as log:
            self.child = subprocess.Popen(  # type: ignore[call-overload] # noqa: S603 # our own program; the options are a dictionary
                [str(self.program), "-D", str(self.folders.data), *self.options()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folders.data,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
                start_new_session=True,
                preexec_fn=die_with_parent,
                **self.runner.process_options(),
            )
        assert self.child is not None  # noqa: S101 # for the type checker
        self.server.remember(self.child.pid)

    def options(self) -> list[str]:
        """Give the settings that hold at every start."""
        given = SETTINGS | {"unix_socket_directories": str(self.folders.socket)}
        return [part for key in given for part in ("-c", f"{key}={given[key]}")]

    def is_used(self) -> bool:
        """Whether somebody holds the users' lock."""
        handle = locks.hold(self.folders.lock("users"), wait=False)
        if handle is not None:
            os.close(handle)
        return handle is None

    def close(self) -> bool:
        """Stop the server with the door shut; say whether it was shut in time."""
        handle = locks.hold(self.folders.lock("users"), wait=False)
        if handle is None:
            return False
        self.stop()
        return True  # the lock goes with this process

    def stop(self) -> None:
        """Ask the server, if proven ours, to stop cleanly, and wait for it."""
        found = self.server.running()
        if found is None or not self.server.is_ours(found):
            return
        os.kill(found.pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_S
        while self.is_up() and time.monotonic() < deadline:
            time.sleep(POLL_S / 4)


def die_with_parent() -> None:
    """Have the system stop this server cleanly when its keeper dies (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def main(state: Path) -> None:
    """Keep the server of this state, unless another keeper does."""
    folders = Folders(state)
    if locks.hold(folders.lock("keeper"), wait=False) is None:
        return
    if os.fork():  # the lock stays with the child, which belongs to nobody's terminal
        return
    _shorten(folders.log)
    keeper = Keeper(folders, find_runner(folders.data))

    def stop(_signal: int, _frame: FrameType | None) -> None:
        keeper.told_to_stop = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    keeper.run()


def _shorten(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
