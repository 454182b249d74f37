"""Runs web and jobs together, and sees that both stop together.

Each part starts in a session of its own with a mark of this run in its environment;
the system ends it when this process dies (Linux), and what was left behind by a
killed run is found by the mark at the next start. It must never signal a process
without the mark.
"""

import contextlib
import ctypes
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from thedeal.lib.cluster import locks
from thedeal.lib.cluster.processes import look
from thedeal.lib.running.manage import CommandError

MARK = "THEDEAL_RUN"
POLL_S = 0.2
STOP_S = 15.0
STEADY_S = 60.0  # a part that lived this long may fall once more from the start
MOST_FALLS = 5
LOG_BYTES = 10_000_000
PR_SET_PDEATHSIG = 1


@dataclass(kw_only=True)
class Part:
    """One program that must be up."""

    name: str
    command: list[str]
    environment: dict[str, str]
    child: "subprocess.Popen[bytes] | None" = None
    started_s: float = 0.0
    next_try_s: float = 0.0
    falls: int = 0


@dataclass(kw_only=True)
class Supervisor:
    """Keeps parts up until told to stop. One at a time per state folder."""

    state: Path
    parts: list[Part] = field(default_factory=list)
    to_files: bool = True
    run_mark: str = field(default_factory=lambda: secrets.token_hex(16))
    told_to_stop: bool = False
    _lock: int | None = None

    @property
    def record(self) -> Path:
        """Where the run under way is written down."""
        return self.state / "run.json"

    def take(self, *, address: str) -> None:
        """Become the one run here; clear away what a killed run left behind."""
        self._lock = locks.hold(self.state / "run.lock", wait=False)
        if self._lock is None:
            raise CommandError(
                f"The Deal is already running here, on {recorded_address(self.state)}. "
                "Stop that one first (Ctrl-C), or make another clone."
            )
        clear_leftovers(self.state)
        written = {"mark": self.run_mark, "address": address, "pid": os.getpid()}
        fresh = self.record.with_suffix(".new")
        fresh.write_text(json.dumps(written))
        fresh.chmod(0o600)
        fresh.rename(self.record)

    def start(self) -> None:
        """Start every part."""
        for part in self.parts:
            self._launch(part)

    def tend(self) -> None:
        """Keep every part up until told to stop; raise CommandError if one cannot."""
        while not self.told_to_stop:
            for part in self.parts:
                self.look_after(part)
            time.sleep(POLL_S)

    def look_after(self, part: Part) -> None:
        """Start a fallen part again, more slowly each time."""
        now = time.monotonic()
        if part.child is not None and part.child.poll() is None:
            return
        if part.child is not None:
            part.falls = 1 if now - part.started_s > STEADY_S else part.falls + 1
            part.child = None
            part.next_try_s = now + min(2.0**part.falls / 4, 5.0)
            if part.falls >= MOST_FALLS:
                raise CommandError(
                    f"The part “{part.name}” fell {part.falls} times in a row. "
                    f"{self.last_words(part)}"
                )
        if now >= part.next_try_s:
            if part.falls:
                end_marked(self._mark(part))  # workers that outlived their own parent
            self._launch(part)

    def stop(self) -> None:
        """Ask every part to end, wait, and end what did not."""
        for part in self.parts:
            if part.child is not None and part.child.poll() is None:
                part.child.terminate()
        deadline = time.monotonic() + STOP_S
        while time.monotonic() < deadline and any(map(_lives, self.parts)):
            time.sleep(POLL_S / 4)
        end_marked(self.run_mark)
        self.record.unlink(missing_ok=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def last_words(self, part: Part) -> str:
        """Give the end of what a part said."""
        log = self.state / f"{part.name}.log"
        if not self.to_files or not log.exists():
            return "Look above for what it said."
        said = log.read_text(errors="replace").strip()[-1500:]
        return f"The end of {log}:\n{said}"

    def _mark(self, part: Part) -> str:
        return f"{self.run_mark}:{part.name}"

    def _launch(self, part: Part) -> None:
        with self._output(part) as output:
            part.child = subprocess.Popen(  # noqa: S603 # our own programs
                part.command,
                env=part.environment | {MARK: self._mark(part)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        part.started_s = time.monotonic()

    @contextlib.contextmanager
    def _output(self, part: Part) -> Iterator[IO[bytes] | None]:
        if not self.to_files:
            yield None
            return
        path = self.state / f"{part.name}.log"
        if path.exists() and path.stat().st_size > LOG_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("ab") as file:
            path.chmod(0o600)
            yield file


@contextlib.contextmanager
def stopping(supervisor: Supervisor) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM stop this supervisor, cleanly and once."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        supervisor.told_to_stop = True
        if not supervisor.parts:  # still building: what is begun is undone by itself
            raise KeyboardInterrupt

    before = {
        each: signal.signal(each, stop)
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        supervisor.stop()
        for each, handler in before.items():
            signal.signal(each, handler)


def recorded_address(state: Path) -> str:
    """Give the address of the run under way, as far as it is written down."""
    return str(_recorded(state).get("address", "an address not yet known"))


def is_running(state: Path) -> bool:
    """Whether a run is under way on this state folder."""
    if not state.is_dir():
        return False
    handle = locks.hold(state / "run.lock", wait=False)
    if handle is not None:
        os.close(handle)
    return handle is None


def clear_leftovers(state: Path) -> int:
    """End what a killed run left behind; give how many processes that was."""
    mark = str(_recorded(state).get("mark", ""))
    return end_marked(mark) if mark else 0


def end_marked(mark: str, *, wait_s: float = 5.0) -> int:
    """End every process that carries a mark: asked first, then made to."""
    found = list(marked(mark))
    _signal_all(found, signal.SIGTERM)
    deadline = time.monotonic() + wait_s
    while time.monotonic() < deadline and any(look(pid) for pid in found):
        time.sleep(POLL_S / 4)
    _signal_all(list(marked(mark)), signal.SIGKILL)
    return len(found)


def marked(mark: str) -> Iterator[int]:
    """Give the processes whose environment carries a mark (Linux)."""
    wanted = f"{MARK}={mark}".encode()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "environ").read_bytes().split(b"\0")
        except OSError:  # gone, or another user's
            continue
        alone, part = wanted, wanted + b":"
        if any(word == alone or word.startswith(part) for word in words):
            yield int(entry.name)


def _signal_all(found: list[int], what: signal.Signals) -> None:
    for pid in found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, what)


def _lives(part: Part) -> bool:
    return part.child is not None and part.child.poll() is None


def _recorded(state: Path) -> dict[str, object]:
    try:
        found: dict[str, object] = json.loads((state / "run.json").read_text())
    except (OSError, ValueError):
        return {}
    return found


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
