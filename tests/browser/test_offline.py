"""A conversation with no signal: written, read again, sent, wiped; and never lost."""

import re
from collections.abc import Iterator
from time import sleep
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.factories.live import House

PIN = "tuesday8"
WORDS = "She sings when she bakes"
TALK = re.compile(r"/desk/talks/[0-9a-f-]{36}/")
SLOWER_THAN_IT_ASKS_S = 4  # the device's page looks for a signal every three seconds
WAITING = """async () => {
  const asked = indexedDB.open("the-deal-device", 1);
  const made = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const all = made.transaction("words").objectStore("words").getAll();
  await new Promise((done) => { all.onsuccess = done; });
  const text = all.result.map(({ sealed, ...open }) =>
    JSON.stringify(open) + new TextDecoder("latin1").decode(sealed.words));
  made.close();
  return text;
}"""


@pytest.fixture
def cookie(live: House, sessions: dict[str, str]) -> Any:
    """Give the worker's session, to sign a window in again with."""
    host = urlsplit(live.address).hostname
    return {"name": "session", "value": sessions["worker"], "domain": host, "path": "/"}


@pytest.fixture
def phone(browser: Browser, live: House, cookie: Any) -> Iterator[BrowserContext]:
    """Give a phone of its own, signed in as the worker, with nothing kept on it."""
    made = browser.new_context(
        base_url=live.address, viewport={"width": 375, "height": 800}
    )
    made.add_cookies([cookie])
    yield made
    made.close()


@pytest.fixture
def laptop(browser: Browser, live: House, cookie: Any) -> Iterator[BrowserContext]:
    """Give another machine of the same worker's, which has a signal throughout."""
    made = browser.new_context(base_url=live.address)
    made.add_cookies([cookie])
    yield made
    made.close()


@pytest.fixture
def talking(phone: BrowserContext) -> Page:
    """Give a new conversation's page, on a phone whose PIN was chosen."""
    page = phone.new_page()
    page.goto("/desk/people/")
    somebody = "main a[href^='/desk/people/']:not([href*='/teams/']):not(.govuk-button)"
    page.locator(somebody).first.click()
    page.get_by_role("button", name="Start a conversation").click()
    expect(page).to_have_url(TALK)
    page.get_by_text("Going where there is no signal?").click()
    page.get_by_label("A PIN of six characters").fill(PIN)
    page.get_by_role("button", name="Keep what I write").click()
    expect(page.locator("[data-offline-ready]")).to_be_visible()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    return page


def unlock(page: Page, pin: str = PIN) -> None:
    """Type a PIN where the device asks for one."""
    page.get_by_label("Your PIN for this device").fill(pin)
    page.get_by_role("button", name="Open", exact=True).click()


def test_what_is_written_with_no_signal_is_read_again_sent_and_wiped(
    phone: BrowserContext, talking: Page
):
    phone.set_offline(True)
    talking.get_by_label("Their words").fill(WORDS)
    expect(talking.locator("[data-autosave]")).to_contain_text("kept on this device")
    (kept,) = talking.evaluate(WAITING)
    assert "sings" not in kept
    talking.reload()
    expect(talking.get_by_role("heading", level=1)).to_have_text("On this device")
    unlock(talking)
    box = talking.get_by_label("Their words")
    expect(box).to_have_value(WORDS)
    box.fill(f"{WORDS}, on Sundays")
    expect(talking.locator("[data-said]")).to_contain_text("not sent yet")
    phone.set_offline(False)
    talking.wait_for_url(TALK)
    expect(talking.get_by_role("heading", level=1)).to_contain_text("Talking with")
    expect(talking.get_by_label("Their words")).to_have_value(f"{WORDS}, on Sundays")
    assert talking.evaluate(WAITING) == []


def test_where_nothing_waits_the_conversation_opens_with_the_signal(
    phone: BrowserContext, talking: Page
):
    phone.set_offline(True)
    talking.reload()
    expect(talking.get_by_role("heading", level=1)).to_have_text("On this device")
    asked = []

    def slowly(route: Route) -> None:
        asked.append(route.request.url)
        sleep(SLOWER_THAN_IT_ASKS_S)
        route.continue_()

    phone.route(TALK, slowly)
    phone.set_offline(False)
    expect(talking.get_by_role("heading", level=1)).to_contain_text("Talking with")
    assert len([url for url in asked if url == talking.url]) == 1


def test_nothing_stays_on_the_device_of_what_the_server_has(talking: Page):
    talking.get_by_label("Their words").fill(WORDS)
    expect(talking.locator("[data-autosave]")).to_contain_text("Saved")
    talking.wait_for_function(f"async () => (await ({WAITING})()).length === 0")
    shell = talking.evaluate(
        """async () => {
          const found = await caches.match("/desk/talks/device/");
          return found.text();
        }"""
    )
    assert "Amina" not in shell
    assert "csrfmiddlewaretoken" not in shell


def test_signed_out_keeps_the_words_and_asks_before_it(
    phone: BrowserContext, talking: Page, cookie: Any
):
    phone.clear_cookies()
    talking.get_by_label("Their words").fill(WORDS)
    expect(talking.locator("[data-autosave]")).to_contain_text("You are signed out")
    with talking.expect_event("dialog") as asked:
        talking.on("dialog", lambda box: box.dismiss())
        talking.get_by_role("button", name="Sign out").first.click()
    assert "not sent yet" in asked.value.message
    expect(talking).to_have_url(TALK)
    phone.add_cookies([cookie])
    expect(talking.locator("[data-autosave]")).to_contain_text("Saved")
    talking.wait_for_function(f"async () => (await ({WAITING})()).length === 0")


def test_two_who_wrote_at_once_are_shown_side_by_side(
    phone: BrowserContext, laptop: BrowserContext, talking: Page
):
    other = laptop.new_page()
    other.goto(talking.url)
    phone.set_offline(True)
    talking.get_by_label("Their words").fill(WORDS)
    expect(talking.locator("[data-autosave]")).to_contain_text("kept on this device")
    other.get_by_label("Their words").fill("He walks the dog")
    expect(other.locator("[data-autosave]")).to_contain_text("Saved")
    talking.reload()
    unlock(talking)
    expect(talking.get_by_label("Their words")).to_have_value(WORDS)
    phone.set_offline(False)
    talking.get_by_role("button", name="Send", exact=True).click()
    theirs = talking.locator("[data-theirs]")
    expect(theirs).to_contain_text("He walks the dog")
    expect(talking.get_by_label("Their words")).to_have_value(WORDS)
    talking.get_by_role("button", name="Put both together").click()
    talking.get_by_role("button", name="Send", exact=True).click()
    talking.wait_for_url(TALK)
    both = talking.get_by_label("Their words")
    expect(both).to_have_value(f"He walks the dog\n\n{WORDS}")


def test_ten_wrong_pins_wipe_the_device(phone: BrowserContext, talking: Page):
    phone.set_offline(True)
    talking.get_by_label("Their words").fill(WORDS)
    expect(talking.locator("[data-autosave]")).to_contain_text("kept on this device")
    talking.goto("/desk/talks/device/")
    for left in range(9, 0, -1):
        unlock(talking, "wrong one")
        expect(talking.locator("[data-said]")).to_contain_text(f"{left} tr")
    unlock(talking, "wrong one")
    expect(talking.locator("[data-said]")).to_contain_text("wiped")
    assert talking.evaluate(WAITING) == []


def test_somebody_met_with_no_signal_is_sorted_later(
    phone: BrowserContext, talking: Page
):
    phone.set_offline(True)
    talking.goto("/desk/talks/device/")
    unlock(talking)
    talking.get_by_role("button", name="Begin a conversation").click()
    talking.get_by_label("What they like to be called").fill("Bev")
    talking.get_by_label("Their words").fill("Bingo, and company")
    expect(talking.locator("[data-said]")).to_contain_text("not sent yet")
    phone.set_offline(False)
    team = talking.get_by_label("Which team is this for?")
    talking.wait_for_function(
        """() => location.pathname !== "/desk/talks/device/"
             || document.querySelector("#id_team").options.length""",
        timeout=60_000,
    )
    if team.is_visible():
        team.select_option(index=1)
        talking.get_by_role("button", name="Send", exact=True).click()
    talking.wait_for_url(TALK)
    expect(talking.get_by_label("Their words")).to_have_value("Bingo, and company")
