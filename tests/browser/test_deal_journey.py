"""From a first sentence to an agreed, printed deal, as a worker would on a Monday."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

WORDS = "I used to sing, and I can still bake. It's quiet since Harry went."
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
        _meet(page, called)
        _talk(page)
        picture(page, f"talking-{width}")
        _keep_singing(page)
        _choose_a_deal(page)
        _promise_both_ways(page)
        _agree_on_the_turned_screen(page, called)
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
        _meet(page, "Agnes")
        page.route(LATE, lambda _: None)  # held
        page.reload(wait_until="commit")
        page.locator("[name=words]").fill(WORDS)
        page.unroute(LATE)  # and they come
        expect(_singing(page)).to_contain_text("You said: “I used to sing”")
        page.reload()
        expect(page.locator("[name=words]")).to_have_value(WORDS)
    finally:
        page.close()


def _meet(page: Page, called: str, *, email: str = "") -> None:
    page.goto("/desk/people/new/")
    page.locator("[name=called]").fill(called)
    if email:
        folded = page.locator("details", has=page.locator("[name=email]"))
        folded.locator("summary").first.click()
        page.locator("[name=email]").fill(email)
    page.locator("[name=postcode]").fill("WN7 1AB")
    page.get_by_role("button", name="Start a conversation").click()
    page.wait_for_url("**/talks/*/")


def _talk(page: Page) -> None:
    """Her words are saved by themselves, and what fits them appears beside them."""
    page.locator("[name=words]").fill(WORDS)
    expect(page.locator("[data-autosave-text]")).to_have_text("Saved")
    expect(_singing(page)).to_contain_text("You said: “I used to sing”")


def _singing(page: Page) -> Locator:
    return page.locator("#near article", has_text="Tuesday singing")


def _keep_singing(page: Page) -> None:
    _singing(page).get_by_role("button", name=re.compile("Keep")).click()
    expect(page.locator("#near")).to_contain_text("Kept")


def _choose_a_deal(page: Page) -> None:
    page.get_by_role("button", name="What happens next").click()
    page.locator('[name=next_step][value="make a deal"]').check()
    page.locator("[name=chosen_by_them]").check()
    page.locator("main button[type=submit]").first.click()


def _promise_both_ways(page: Page) -> None:
    for side, what in (
        ("ours", "Meet you at the library door on Tuesday"),
        ("yours", "Try Tuesday singing twice, and bring a cake"),
    ):
        form = page.locator("form", has=page.locator(f"#what-{side}"))
        form.locator("[name=what]").fill(what)
        form.get_by_role("button", name="Add it").click()
        expect(page.locator("main")).to_contain_text(what)


def _agree_on_the_turned_screen(page: Page, called: str) -> None:
    page.get_by_role("button", name="Turn the screen round").click()
    page.locator("[name=their_mark]").fill(called)
    page.get_by_role("button", name="Yes, that is our deal").click()
    expect(page.locator("main")).to_contain_text("Agreed")
