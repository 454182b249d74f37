"""A person opens their own page on a small telephone, with a code from a message."""

import re

from playwright.sync_api import Page, expect

from tests.browser.judging import axe, overflow_px, wrong_in
from tests.browser.test_journeys import code_sent_to
from tests.factories.live import House

NARROW = {"width": 375, "height": 740}


def test_a_person_comes_in_by_a_code_and_reads_their_deal(page: Page, live: House):
    page.set_viewport_size(NARROW)
    page.goto("/")
    page.get_by_role("link", name="My own page").click()
    page.get_by_label(re.compile("email address or mobile")).fill("joan@home.example")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Type your code")
    code = code_sent_to(
        page.context.new_page(), live, "joan@home.example", under="Your code"
    )
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Open my page").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Joan")
    page.get_by_role("link", name="Open the deal").click()
    main = page.locator("main")
    expect(main).to_contain_text("Walk in with you to the first two Tuesdays")
    expect(main).to_contain_text("Bring something you baked")
    for path in ("/mine/", "/mine/who/", page.url):
        page.goto(path)
        page.evaluate(axe())
        assert wrong_in(page) == {}, path
        assert overflow_px(page) <= 1, path
