"""Proves that a PID is really this server, before anyone believes or signals it.

PIDs are used again by the system, so a number in a file proves nothing. Proof is: a
live process, of the server's user, whose program is our ``postgres``, whose data
folder is ours and, where we started it, whose start time is the one we wrote down.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FIELDS_AFTER_NAME = 2  # /proc/PID/stat: the state is the third field
STARTED = 22  # and the start, in ticks since the machine started, the 22nd


@dataclass(frozen=True)
class Process:
    """What the system says about one live process."""

    pid: int
    uid: int
    started: str
    program: str
    arguments: tuple[str, ...]
    folder: str | None


@dataclass(frozen=True)
class Server:
    """The server we look for."""

    data: Path
    uid: int

    @property
    def pid_file(self) -> Path:
        """Where PostgreSQL writes its PID."""
        return self.data / "postmaster.pid"

    @property
    def record(self) -> Path:
        """Where we write which process we started."""
        return self.data.parent / "server.json"

    def remember(self, pid: int) -> None:
        """Write down the process that we started."""
        found = look(pid)
        if found:
            self.record.write_text(json.dumps(_record(found)))

    def is_this(self, found: Process) -> bool:
        """Whether a process is a server on our data folder, whoever started it."""
        named = str(self.data) in found.arguments
        right_program = Path(found.program).name == "postgres"
        right_folder = found.folder in (None, str(self.data))
        return found.uid == self.uid and right_program and named and right_folder

    def is_ours(self, found: Process) -> bool:
        """Whether it is the very process that we started."""
        try:
            record = json.loads(self.record.read_text())
        except (OSError, ValueError):
            return False
        return bool(record == _record(found)) and self.is_this(found)

    def running(self) -> Process | None:
        """Give the live server on our data folder, or None."""
        pid = self._pid_in_file()
        found = look(pid) if pid else None
        return found if found and self.is_this(found) else None

    def clear_stale_pid(self) -> bool:
        """Remove a PID file whose number now belongs to something else.

        PostgreSQL itself clears the file of a dead process, but refuses to start
        where the number was given to another process of the same user.
        """
        pid = self._pid_in_file()
        found = look(pid) if pid else None
        if found is None or self.is_this(found):
            return False
        self.pid_file.unlink(missing_ok=True)
        return True

    def _pid_in_file(self) -> int | None:
        try:
            first = self.pid_file.read_text().split("\n", 1)[0]
            return abs(int(first)) or None
        except (OSError, ValueError):
            return None


def _record(found: Process) -> dict[str, object]:
    return {"pid": found.pid, "started": found.started, "program": found.program}


def look(pid: int) -> Process | None:
    """Give what is known of a live process, or None where there is none."""
    if sys.platform == "linux":
        return _look_in_proc(Path("/proc") / str(pid))
    return _look_with_ps(pid)


def _look_in_proc(entry: Path) -> Process | None:
    try:
        after_name = (entry / "stat").read_text().rpartition(")")[2].split()
        arguments = (entry / "cmdline").read_bytes().split(b"\0")[:-1]
        uid = entry.stat().st_uid
    except OSError:
        return None
    if after_name[0] in "ZX" or not arguments:  # dead, and only waiting to be counted
        return None
    words = tuple(os.fsdecode(word) for word in arguments)
    return Process(
        pid=int(entry.name),
        uid=uid,
        started=after_name[STARTED - FIELDS_AFTER_NAME - 1],
        program=_link(entry / "exe") or words[0],
        arguments=words,
        folder=_link(entry / "cwd"),
    )


def _link(link: Path) -> str | None:
    """Give where a link leads; None where we may not ask, as root in some containers."""
    try:
        return str(link.readlink()).removesuffix(" (deleted)")
    except OSError:
        return None


def _look_with_ps(pid: int) -> Process | None:
    wanted = ["-o", "state=", "-o", "uid=", "-o", "lstart=", "-o", "command="]
    answer = subprocess.run(  # noqa: S603 # fixed words and a number
        ["/bin/ps", "-ww", *wanted, "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "C"},
    ).stdout.split()
    if len(answer) < 8 or answer[0].startswith("Z"):
        return None
    state, uid, *rest = answer
    command = " ".join(rest[5:])
    program, _, arguments = command.partition(" -D ")
    data = arguments.partition(" -c ")[0]
    return Process(
        pid=pid,
        uid=int(uid),
        started=" ".join(rest[:5]),
        program=program,
        arguments=(program, "-D", data),
        folder=None,
    )
