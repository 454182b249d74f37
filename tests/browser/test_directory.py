"""The directory by keyboard alone, and with no script at all."""

import re
from io import BytesIO
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from thedeal.public.views.shortlist import MOST, written


def test_a_search_a_chip_and_a_shortlist_by_keyboard(page: Page):
    page.goto("/activities/")
    page.get_by_label("What are you after?").focus()
    page.keyboard.type("singing")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]q=singing"))
    expect(page.get_by_role("heading", level=2).first).to_contain_text("to join")
    keep = page.get_by_role("button", name=re.compile("^Keep for your shortlist"))
    keep.first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]q=singing"))
    page.get_by_role("link", name="Your shortlist (1)").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your shortlist")
    page.get_by_role("link", name="Print it in large type").focus()
    page.keyboard.press("Enter")
    expect(page.locator(":root")).to_have_attribute("data-paper", "large")


def test_a_listing_is_added_without_script(browser: Browser, base_url: str):
    page = browser.new_context(java_script_enabled=False, base_url=base_url).new_page()
    page.goto("/add/")
    page.get_by_label("Name of the group").fill("A bench without script")
    page.get_by_role("button", name="Send it", exact=True).click()
    expect(page.locator("main")).to_contain_text("Somebody looks at it before")
    page.context.close()


def test_pages_fit_a_narrow_screen(page: Page):
    page.set_viewport_size({"width": 320, "height": 700})
    for path in ("/activities/", "/add/", "/embed/search/", "/shortlist/"):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, path


def test_a_full_shortlist_goes_home_on_one_page(page: Page):
    page.goto("/activities/")
    ids = [
        one.get_attribute("value") or ""
        for one in page.locator("button[name=add]").all()[:MOST]
    ]
    assert len(ids) == MOST
    page.goto(f"/shortlist/print/?k={written(map(UUID, ids))}")
    expect(page.locator(".takeaway")).to_have_count(MOST)
    paper = PdfReader(BytesIO(page.pdf(format="A4")))
    assert len(paper.pages) == 1


@pytest.mark.parametrize(
    "called", [re.compile(r"^\d+ groups?$"), "Things to join, by neighbourhood"]
)
def test_how_fresh_it_is_does_not_scroll_sideways_on_a_phone(page: Page, called):
    page.goto("/demo/")
    page.get_by_role("button", name="Be Kath", exact=True).click()
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto("/desk/directory/freshness/")
    listed = page.get_by_role("region", name=called)
    wide = listed.evaluate("it => it.scrollWidth - it.clientWidth")
    assert wide == 0
    expect(listed.get_by_role("row").nth(1)).to_be_visible()
    expect(listed.get_by_role("row").last).to_be_visible()
