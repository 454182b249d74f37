"""From a first sentence to an agreed, printed deal, as a worker would on a Monday."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.steps import (
    WORDS,
    agree_on_the_turned_screen,
    choose_a_deal,
    keep_singing,
    meet,
    promise_both_ways,
    singing,
    talk,
)

LATE = re.compile(r"/js/(site|htmx)[^/]*\.js")  # what may come after quick hands


@pytest.mark.parametrize(("called", "width"), [("Edith", 1280), ("Rowena", 375)])
def test_from_a_first_sentence_to_an_agreed_printed_deal(
    contexts: dict[str, BrowserContext],
    called: str,
    width: int,
    picture: Callable[[Page, str], None],
):
    page = contexts["worker"].new_page()
    try:
        page.set_viewport_size({"width": width, "height": 900})
        meet(page, called)
        talk(page)
        picture(page, f"talking-{width}")
        keep_singing(page)
        choose_a_deal(page)
        promise_both_ways(page)
        agree_on_the_turned_screen(page, called)
        picture(page, f"deal-{width}")
        paper = page.get_by_role("link", name=re.compile("On paper")).first
        printed = page.request.get(str(paper.get_attribute("href")))
        assert printed.headers["content-type"] == "application/pdf"
        assert printed.body().startswith(b"%PDF")
    finally:
        page.close()


def test_words_typed_before_the_scripts_came_are_saved_and_answered(
    contexts: dict[str, BrowserContext],
):
    page = contexts["worker"].new_page()
    try:
        meet(page, "Agnes")
        page.route(LATE, lambda _: None)  # held
        page.reload(wait_until="commit")
        page.locator("[name=words]").fill(WORDS)
        page.unroute(LATE)  # and they come
        expect(singing(page)).to_contain_text("You said: “I used to sing”")
        page.reload()
        expect(page.locator("[name=words]")).to_have_value(WORDS)
    finally:
        page.close()
