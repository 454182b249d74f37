"""Every test here drives Chromium, against the running product."""

from pathlib import Path

import pytest

from tests.factories.live import House

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that --quick leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            item.add_marker("live")


@pytest.fixture(scope="session")
def base_url(live: House) -> str:
    """Open every address at the running product."""
    return live.address
