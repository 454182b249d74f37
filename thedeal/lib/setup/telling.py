"""Speaks to the person at the keyboard: plain lines, one for each slow step."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

SLOW_S = 1.0


def say(text: str = "") -> None:
    """Write one line to the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Write one line to the terminal's error stream."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what begins, and how long it took where that was over a second."""
    say(f"· {text} …")
    started = time.monotonic()
    yield
    took_s = time.monotonic() - started
    if took_s > SLOW_S:
        say(f"  took {took_s:.0f} s")
