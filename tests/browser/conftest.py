"""Every test here drives Chromium, against the running product."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.addresses import walk
from tests.browser.judging import axe
from tests.factories.live import House
from thedeal.lib.running.manage import ROOT

HERE = Path(__file__).parent
SETTLED_MS = 300
WHOLE = ("talking", "deal")  # the pictures of what one scrolls through
expect.set_options(timeout=20_000)  # a busy machine is no fault of a page's


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


@pytest.fixture(scope="session")
def led(live: House, sessions: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Give who is led to which page by its links, by the name of its address."""
    found: dict[str, tuple[str, str]] = json.loads(
        live.once("led", lambda: json.dumps(walk(live, sessions)))
    )
    return found


@pytest.fixture(scope="session")
def contexts(
    browser: Browser, live: House, sessions: dict[str, str]
) -> dict[str, BrowserContext]:
    """Give a window for each of the standing cast, opened when first asked for."""
    return Windows(browser, live, sessions)


class Windows(dict[str, BrowserContext]):
    """One window for each of the cast, signed in; "nobody" is not."""

    def __init__(self, browser: Browser, live: House, sessions: dict[str, str]) -> None:
        super().__init__()
        self.browser, self.live, self.sessions = browser, live, sessions

    def __missing__(self, who: str) -> BrowserContext:
        made = self.browser.new_context(base_url=self.live.address)
        if who != "nobody":
            made.add_cookies([self._cookie(who)])
        self[who] = made
        return made

    def _cookie(self, who: str) -> Any:
        host = urlsplit(self.live.address).hostname
        value = self.sessions[who]
        return {"name": "session", "value": value, "domain": host, "path": "/"}


@pytest.fixture(scope="session")
def judged(contexts: dict[str, BrowserContext]) -> dict[str, Page]:
    """Give a page for each of the standing cast, with axe in whatever it opens.

    A new page for each address, handed axe's half a megabyte, takes longer than judging.
    """
    return Judged(contexts)


class Judged(dict[str, Page]):
    """One page for each of the cast, opened when first asked for."""

    def __init__(self, contexts: dict[str, BrowserContext]) -> None:
        super().__init__()
        self.contexts = contexts

    def __missing__(self, who: str) -> Page:
        made = self.contexts[who].new_page()
        made.add_init_script(axe())
        self[who] = made
        return made


@pytest.fixture
def picture(pytestconfig: pytest.Config) -> Callable[[Page, str], None]:
    """Take a picture of a page; keep it in docs/pictures where the run was asked to."""

    def taken(page: Page, name: str) -> None:
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_timeout(SETTLED_MS)  # what fades in has done so
        seen = page.screenshot(full_page=name.startswith(WHOLE))
        if pytestconfig.getoption("--take-pictures"):
            (ROOT / "docs" / "pictures" / f"{name}.png").write_bytes(seen)

    return taken


@pytest.fixture(autouse=True)
def _beside_others(beside_others: None) -> None:
    """Take turns at the running product with the tests of another process."""
