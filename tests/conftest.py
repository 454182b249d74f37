"""What every test may ask for: a clock that stands still, and the standing cast.

No test reaches another machine (``--allow-hosts`` in pyproject.toml). Fixtures of
the running product are in ``tests/walls/conftest.py`` and ``tests/README.md``.
"""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from tests.factories import cast as casting

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at noon on 23 November 2026; ``clock.shift(…)`` moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(db: None) -> casting.Cast:
    """Give the standing cast: ``cast.worker``, ``cast.other_authority``, …"""
    return casting.build()


@pytest.fixture
def signed_in(cast: casting.Cast) -> Callable[[str], Client]:
    """Give a test client for one of the cast: ``signed_in("worker")``."""

    def client(who: str) -> Client:
        return casting.client_for(None if who == "nobody" else getattr(cast, who))

    return client
