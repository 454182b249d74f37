"""A demo of its own for a measure that fills a database: kept from one run to the next.

Started as anybody starts it, with ``./deal demo``, in a state folder inside ours: the
real server, logins and walls. Nothing of the installation beside it is touched.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from thedeal.lib import cluster
from thedeal.lib.running import manage
from thedeal.lib.setup.telling import step

OURS = ("THEDEAL_", "DATABASE_URL")
SAYS = "The Deal is running on "
LONGEST_S = 120


@dataclass(frozen=True, kw_only=True)
class DemoHouse:
    """A running demo: where it answers, and how its own Python is run."""

    address: str
    state: Path

    def environment(self, login: str) -> dict[str, str]:
        """Give the environment of a child that works as one login of this house."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        return clean | {
            "DJANGO_SETTINGS_MODULE": "thedeal.config.settings",
            "THEDEAL_STATE": str(self.state),
            "THEDEAL_LOGIN": login,
            "THEDEAL_DEMO": "1",
        }

    def module(self, *words: str, login: str) -> None:
        """Run a module on this house; raise CalledProcessError if it fails."""
        subprocess.run(  # noqa: S603 # our own Python and modules
            [sys.executable, "-m", *words],
            env=self.environment(login),
            cwd=manage.ROOT,
            check=True,
        )


@contextmanager
def demo_house(name: str) -> Iterator[DemoHouse]:
    """Keep a demo running, built the first time; raise RuntimeError if it cannot."""
    state = cluster.state_dir() / "bench" / name
    state.mkdir(parents=True, exist_ok=True)
    house = DemoHouse(address="", state=state)
    with step("Starting a demo for this measure (minutes, the first time)"):
        process = subprocess.Popen(  # noqa: S603 # our own command
            [str(manage.ROOT / "deal"), "demo", "--no-browser"],
            env=house.environment("staff"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        address = _address(process)
    try:
        yield DemoHouse(address=address, state=state)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=LONGEST_S)


def _address(process: "subprocess.Popen[str]") -> str:
    said = []
    for line in process.stdout or ():
        said.append(line)
        if line.startswith(SAYS):
            return line.removeprefix(SAYS).strip()
    raise RuntimeError(f"The demo did not start: {''.join(said)}")
