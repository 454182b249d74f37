"""What the money tests share: the shipped definitions, read once."""

from collections.abc import Mapping

import pytest

from thedeal.lib import definitions
from thedeal.lib.definitions import Entry


@pytest.fixture(scope="session")
def entries() -> Mapping[str, Entry]:
    return definitions.everything()
