"""From the text of a letter, on a small telephone, to what its link is for."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.judging import axe, overflow_px, wrong_in
from tests.browser.steps import (
    WORDS,
    choose_a_deal,
    keep_singing,
    meet,
    promise_both_ways,
    talk,
)
from tests.factories.live import House

NARROW = {"width": 375, "height": 740}
LINK = re.compile(r"https?://\S+")
CODE = re.compile(r"\b\d{6}\b")
# a folder to look at what was seen, where one is named
PICTURES = os.environ.get("THEDEAL_PICTURES", "")


@pytest.fixture
def phone(browser: Browser, live: House) -> Iterator[Page]:
    """Give a telephone on which nobody ever signed in."""
    window = browser.new_context(base_url=live.address, viewport=NARROW)
    yield window.new_page()
    window.close()


@pytest.fixture
def desk(contexts: dict[str, BrowserContext]) -> Iterator[Page]:
    """Give the worker's own page."""
    page = contexts["worker"].new_page()
    yield page
    page.close()


def letter(live: House, kind: str, to: str, *, days: int = 0) -> str:
    """Do the jobs that wait and give the words of the newest letter of a kind."""
    asked = ("tests.factories.outbox", kind, to, str(days))
    return live.module(*asked, login="worker")


def links_in(words: str) -> list[str]:
    """Give the links of a letter in their order, as paths of the product at hand."""
    return [urlsplit(found).path for found in LINK.findall(words)]


def look(page: Page, name: str) -> None:
    """Let a page be in order for a reader of any kind, and keep a picture if asked."""
    page.evaluate(axe())
    assert wrong_in(page) == {}, name
    assert overflow_px(page) <= 1, name
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def send_a_deal(desk: Page, called: str, email: str) -> None:
    """Let the worker write a deal with somebody new, and send it."""
    meet(desk, called, email=email)
    talk(desk)
    keep_singing(desk)
    choose_a_deal(desk)
    promise_both_ways(desk)
    desk.get_by_role("button", name=re.compile("Send it by email")).click()
    expect(desk.locator("body")).to_contain_text(f"It is on its way to {called}")


def introduce(desk: Page, called: str, live: House) -> str:
    """Let the worker introduce somebody new to the singing; give whom it is written to."""
    meet(desk, called)
    desk.locator("[name=words]").fill(WORDS)
    singing = desk.locator("#near article", has_text="Tuesday singing")
    singing.get_by_role("button", name=re.compile("Keep")).click()
    desk.locator("#near a", has_text="Introduce them").first.click()
    desk.locator("[name=says]").fill("I sang alto, and I am a bit shy.")
    desk.locator("[name=they_said_yes]").check()
    desk.locator("main button[type=submit]").last.click()
    expect(desk.locator("body")).to_contain_text("is asked, with one tap to answer")
    with live.connect("all") as rows:
        newest = rows.execute(
            'select l."to" from letters_letter l'
            " where kind = 'deals.introduction'"
            " order by created_at desc limit 1"
        ).fetchone()
    assert newest
    return str(newest[0])


def test_a_deal_is_opened_by_its_link_and_a_code_and_agreed(
    desk: Page, phone: Page, live: House
):
    email = "thora@home.example"
    send_a_deal(desk, "Thora", email)
    phone.goto(links_in(letter(live, "deals.deal", email))[1])
    look(phone, "deal-again")
    phone.get_by_role("button", name="Send me a code").click()
    found = CODE.search(letter(live, "residents.page_code", email))
    assert found
    phone.get_by_label("Your code").fill(found[0])
    phone.get_by_role("button", name="Open my page").click()
    expect(phone.locator("main")).to_contain_text("Try Tuesday singing twice")
    look(phone, "deal-to-say-yes")
    phone.get_by_role("button", name=re.compile("Yes")).click()
    expect(phone.locator("body")).to_contain_text("It is agreed")
    phone.goto("/mine/what-we-sent/")
    expect(phone.locator("main")).to_contain_text("a link, which is in the message")
    look(phone, "what-we-sent")


def test_a_deal_is_agreed_by_its_link_and_two_weeks_on_two_taps_say_how_it_went(
    desk: Page, phone: Page, live: House
):
    email = "zelda@home.example"
    send_a_deal(desk, "Zelda", email)
    phone.goto(links_in(letter(live, "deals.deal", email))[0])
    look(phone, "deal-by-link")
    phone.get_by_role("button", name="Yes, I agree to this").click()
    expect(phone.locator("main")).to_contain_text("It is agreed")
    look(phone, "deal-thanks")
    phone.goto(links_in(letter(live, "deals.follow_up", email, days=15))[0])
    look(phone, "follow-up")
    phone.get_by_label("You promised something and did not do it").check()
    phone.get_by_role("button", name="I went, and it was all right").click()
    expect(phone.locator("main")).to_contain_text("Thank you for telling us, and sorry")
    desk.goto("/desk/")
    expect(desk.locator("main")).to_contain_text("Zelda")


def test_a_group_says_come_on_tuesday_and_then_that_they_came(
    desk: Page, phone: Page, live: House
):
    to = introduce(desk, "Ulrica", live)
    phone.goto(links_in(letter(live, "deals.introduction", to))[0])
    look(phone, "introduction")
    phone.get_by_role("button", name=re.compile("Yes, come Tuesday")).first.click()
    expect(phone.locator("main")).to_contain_text("Ulrica will be glad")
    phone.goto(links_in(letter(live, "deals.came", to, days=8))[0])
    look(phone, "they-came")
    phone.get_by_role("button", name="They came").click()
    expect(phone.locator("main")).to_contain_text("That is all we needed")
    desk.goto("/desk/")
    expect(desk.locator("main")).to_contain_text("Ulrica")
