"""Every page that opens without an argument, read by axe at two widths.

Each as the first of the cast who may open it. A page must say nothing wrong to axe that
it calls serious or critical by WCAG 2.2 AA, and must not need scrolling sideways on a
small telephone.
"""

from functools import cache
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from tests.factories.live import House
from tests.walls import routes
from thedeal.lib.running.manage import ROOT

AXE = ROOT / ".deal" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WRONG = {"serious", "critical"}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
# who is asked first: whoever is not signed in, then those who may do most
READERS = (
    "nobody",
    "worker",
    "finance_officer",
    "administrator",
    "caldicott_guardian",
    "directory_editor",
    "resident",
)
PAGES = [each.name for each in routes.everything() if not each.arguments]


@cache
def axe() -> str:
    """Give axe's own script, as set-up fetched it."""
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_used_by_everybody(
    live: House,
    sessions: dict[str, str],
    contexts: dict[str, BrowserContext],
    name: str,
):
    path = reverse(name)
    who = _reader(live, sessions, path)
    if who is None:
        pytest.skip("It shows no page of HTML to anybody who just opens it.")
    page = contexts[who].new_page()
    try:
        page.set_viewport_size(WIDE)
        page.goto(path)
        found = _wrong(page)
        page.set_viewport_size(NARROW)
        found |= _wrong(page)
        assert found == {}, f"{path} as {who}"
        assert _overflow_px(page) <= 1, f"{path} as {who} scrolls sideways"
        assert page.title().strip(), path
        assert page.locator("h1").count() == 1, path
    finally:
        page.close()


def _reader(live: House, sessions: dict[str, str], path: str) -> str | None:
    for who in READERS:
        answer = live.get(path, session=sessions.get(who))
        kind = answer.headers.get("content-type", "")
        if answer.status == 200 and kind.startswith("text/html"):
            return who
    return None


def _wrong(page: Page) -> dict[str, list[str]]:
    page.evaluate(axe())
    options = {"runOnly": {"type": "tag", "values": TAGS}}
    result: dict[str, Any] = page.evaluate("o => axe.run(document, o)", options)
    return {
        each["id"]: [" ".join(map(str, node["target"])) for node in each["nodes"]][:5]
        for each in result["violations"]
        if each["impact"] in WRONG
    }


def _overflow_px(page: Page) -> int:
    found: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return found
