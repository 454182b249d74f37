"""What pages are tried on: the real borough with the made-up directory, built once for
all the tests of a file."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.factories import cast as casting
from thedeal.community.selectors import catalogue
from thedeal.demo.actions.borough import build_borough
from thedeal.demo.actions.directory import build_directory


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        casting.build()
        build_borough(tell=lambda _line: None)
        build_directory(tell=lambda _line: None)
        yield
        transaction.set_rollback(True)
    # the next file's pages must not be answered from a borough that is gone
    catalogue._version.cache_clear()


@pytest.fixture
def full_borough(_built: None, db: None) -> None:
    """Give the borough with its directory; what a test changes, only it sees."""
