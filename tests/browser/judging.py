"""Judges a page as axe does, and whether it must be scrolled sideways."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from thedeal.lib.running.manage import ROOT

AXE = ROOT / ".deal" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WRONG = {"serious", "critical"}


@cache
def axe() -> str:
    """Give axe's own script, as set-up fetched it."""
    return AXE.read_text(encoding="utf-8")


def wrong_in(page: Page) -> dict[str, list[str]]:
    """Give what axe, put in the page before, calls serious or critical, and where."""
    only = {"type": "tag", "values": TAGS}
    options = {"runOnly": only, "resultTypes": ["violations"]}
    result: dict[str, Any] = page.evaluate("o => axe.run(document, o)", options)
    return {
        each["id"]: [" ".join(map(str, node["target"])) for node in each["nodes"]][:5]
        for each in result["violations"]
        if each["impact"] in WRONG
    }


def overflow_px(page: Page) -> int:
    """Give by how many pixels the page must be scrolled sideways."""
    found: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return found
