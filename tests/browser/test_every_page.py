"""Every page there is, read by axe at two widths, those about one thing too.

Each as a reader who may open it: found by following links, so a page about somebody or
something shows what the demo made; what no link leads to is asked for with a row that
was planted. A page must say nothing wrong to axe that it calls serious or critical by
WCAG 2.2 AA, and must not need scrolling sideways on a small telephone.
"""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import READERS, is_page
from tests.browser.judging import overflow_px, wrong_in
from tests.factories.live import House
from tests.walls import routes

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
PAGES = routes.everything()
# a reader must come by a link to each of these, with something of the demo's on it
LED_TO = {
    "board:line",
    "board:support",
    "desk:deal",
    "desk:listing",
    "desk:person",
    "desk:talk",
    "mine:deal",
    "public:activity",
    "public:group",
    "public:neighbourhood",
}


def test_links_lead_to_the_pages_about_one_thing(led: dict[str, tuple[str, str]]):
    assert LED_TO - set(led) == set()


@pytest.mark.parametrize("route", PAGES, ids=lambda each: each.name)
def test_a_page_can_be_used_by_everybody(
    live: House,
    sessions: dict[str, str],
    judged: dict[str, Page],
    led: dict[str, tuple[str, str]],
    planted: dict[str, Any],
    route: routes.Route,
):
    found = led.get(route.name) or _planted(live, sessions, route, planted)
    if found is None:
        pytest.skip("It shows no page of HTML to anybody who just opens it.")
    who, path = found
    page = judged[who]
    page.set_viewport_size(WIDE)
    page.goto(path)
    wrong = wrong_in(page)
    page.set_viewport_size(NARROW)
    wrong |= wrong_in(page)
    assert wrong == {}, f"{path} as {who}"
    assert overflow_px(page) <= 1, f"{path} as {who} scrolls sideways"
    assert page.title().strip(), path
    assert page.locator("h1").count() == 1, path


def _planted(
    live: House, sessions: dict[str, str], route: routes.Route, planted: dict[str, Any]
) -> tuple[str, str] | None:
    path, _is_ours = routes.address(route, planted)
    for who in READERS:
        answer = live.get(path, session=sessions.get(who))
        if answer.status == 200:
            return (who, path) if is_page(answer.headers) else None
    return None
