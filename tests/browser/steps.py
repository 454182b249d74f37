"""The steps of a worker's journey, from a first sentence to an agreed deal."""

import re

from playwright.sync_api import Locator, Page, expect

WORDS = "I used to sing, and I can still bake. It's quiet since Harry went."


def meet(page: Page, called: str, *, email: str = "") -> None:
    """Start a conversation with somebody new, in Leigh."""
    page.goto("/desk/people/new/")
    page.locator("[name=called]").fill(called)
    if email:
        folded = page.locator("details", has=page.locator("[name=email]"))
        folded.locator("summary").first.click()
        page.locator("[name=email]").fill(email)
    page.locator("[name=postcode]").fill("WN7 1AB")
    page.get_by_role("button", name="Start a conversation").click()
    page.wait_for_url("**/talks/*/")


def talk(page: Page) -> None:
    """Her words are saved by themselves, and what fits them appears beside them."""
    page.locator("[name=words]").fill(WORDS)
    expect(page.locator("[data-autosave-text]")).to_have_text("Saved")
    expect(singing(page)).to_contain_text("You said: “I used to sing”")


def singing(page: Page) -> Locator:
    """Give the singers' card beside their words."""
    return page.locator("#near article", has_text="Tuesday singing")


def keep_singing(page: Page) -> None:
    """Keep the singers for them."""
    singing(page).get_by_role("button", name=re.compile("Keep")).click()
    expect(page.locator("#near")).to_contain_text("Kept")


def choose_a_deal(page: Page) -> None:
    """End the conversation: they chose to make a deal."""
    page.get_by_role("button", name="What happens next").click()
    page.locator('[name=next_step][value="make a deal"]').check()
    page.locator("[name=chosen_by_them]").check()
    page.locator("main button[type=submit]").first.click()


def promise_both_ways(page: Page) -> None:
    """Promise something on either side."""
    for side, what in (
        ("ours", "Meet you at the library door on Tuesday"),
        ("yours", "Try Tuesday singing twice, and bring a cake"),
    ):
        form = page.locator("form", has=page.locator(f"#what-{side}"))
        form.locator("[name=what]").fill(what)
        form.get_by_role("button", name="Add it").click()
        expect(page.locator("main")).to_contain_text(what)


def agree_on_the_turned_screen(page: Page, called: str) -> None:
    """Let them read it and make their mark."""
    page.get_by_role("button", name="Turn the screen round").click()
    page.locator("[name=their_mark]").fill(called)
    page.get_by_role("button", name="Yes, that is our deal").click()
    expect(page.locator("main")).to_contain_text("Agreed")
