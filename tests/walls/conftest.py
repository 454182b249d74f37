"""The sweeps of who may see what, against the running product with its real logins."""

from pathlib import Path

import pytest

from tests.factories.live import House

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that --quick leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("live")


@pytest.fixture(scope="session")
def users(live: House) -> dict[str, str]:
    """Give the id of each of the cast, by the name before the @ of their address."""
    with live.connect("all") as connection:
        rows = connection.execute(
            "select split_part(email, '@', 1), id from accounts_user"
        )
        return {name: str(pk) for name, pk in rows}


@pytest.fixture(autouse=True)
def _beside_others(beside_others: None) -> None:
    """Take turns at the running product with the tests of another process."""
