"""Which user runs the server: never root, and never one that we would have to make."""

import os
import pwd
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from thedeal.lib.cluster.errors import ClusterError

# The system's own users that may run the server when we are root: the one made for
# it, then one that owns nothing of its own on the usual systems.
CANDIDATES = ("postgres", "daemon", "nobody")


@dataclass(frozen=True)
class Runner:
    """The user that the server runs as."""

    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        """Whether this is somebody else than the user we are."""
        return self.uid != os.geteuid()

    def process_options(self) -> dict[str, object]:
        """Give the options of ``subprocess`` that run a program as this user."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Make a folder that we made this user's."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)


def find_runner(data: Path) -> Runner:
    """Give the user for this data folder; raise ClusterError where there is none.

    An ordinary user runs the server. Root never does: the owner of the data folder
    does, else an unprivileged user that the system already has.
    """
    if os.geteuid() != 0:
        return Runner(os.geteuid(), os.getegid())
    if data.is_dir() and (uid := data.stat().st_uid) != 0:
        return Runner(uid, data.stat().st_gid)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Runner(entry.pw_uid, entry.pw_gid)
    raise ClusterError(
        "The database must not run as root, and this system has none of the users "
        f"{', '.join(CANDIDATES)}. Run ./deal as an ordinary user."
    )


def as_runner(runner: Runner, ask: Callable[[], bool]) -> bool:
    """Answer a question as the runner would: in a child that has become it."""
    if not runner.is_other:
        return ask()
    child = os.fork()
    if child == 0:
        answer = False
        try:
            os.setgroups([])
            os.setgid(runner.gid)
            os.setuid(runner.uid)
            answer = ask()
        finally:
            os._exit(0 if answer else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
