"""What pages are tried on: the real borough with the made-up directory, built once for
a run; each file has a copy that it changes as it likes."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories.databases import Databases, using
from thedeal.community.selectors import catalogue
from thedeal.demo.actions.borough import build_borough
from thedeal.demo.actions.directory import build_directory


@pytest.fixture(scope="module")
def _built(
    databases: Databases, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    with django_db_blocker.unblock():
        own = databases.with_more("borough", make=_build)
        with using(own):
            yield
    # the next file's pages must not be answered from a borough that is gone
    catalogue._version.cache_clear()


def _build() -> None:
    build_borough(tell=lambda _line: None)
    build_directory(tell=lambda _line: None)


@pytest.fixture
def full_borough(_built: None, db: None) -> None:
    """Give the borough with its directory; what a test changes, only it sees."""
