"""Every letter typed in a conversation comes to the server, or is said not to have.

Tabs that close, answers that never come, two windows, somebody else at the keyboard,
and a session that ended: what was typed is saved, or still there to be sent.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.factories.live import House

SAVE = re.compile(r"/desk/talks/[0-9a-f-]{36}/save/")
TALK = re.compile(r"/desk/talks/[0-9a-f-]{36}/$")
WORDS = "She sings when she bakes"
MORE = ", and on Sundays she rings her sister"
RETRY_MS = 5000  # as autosave.js waits before it tries again
HIDE = """() => {
  Object.defineProperty(document, "hidden", { value: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def as_cookie(live: House, sessions: dict[str, str], who: str) -> Any:
    """Give the session of one of the cast, to sign a window in with."""
    host = urlsplit(live.address).hostname
    return {"name": "session", "value": sessions[who], "domain": host, "path": "/"}


@pytest.fixture
def windows(
    browser: Browser, live: House, sessions: dict[str, str]
) -> Iterator[BrowserContext]:
    """Give a browser of its own, signed in as the worker, with no page kept on it."""
    made = browser.new_context(base_url=live.address, service_workers="block")
    made.add_cookies([as_cookie(live, sessions, "worker")])
    yield made
    made.close()


@pytest.fixture
def plain(
    browser: Browser, live: House, sessions: dict[str, str]
) -> Iterator[BrowserContext]:
    """Give one without JavaScript."""
    made = browser.new_context(base_url=live.address, java_script_enabled=False)
    made.add_cookies([as_cookie(live, sessions, "worker")])
    yield made
    made.close()


def talking(context: BrowserContext, *, postcode: str = "") -> Page:
    """Give the page of a new conversation with somebody met just now."""
    page = context.new_page()
    page.goto("/desk/people/new/")
    page.locator("[name=postcode]").fill(postcode)
    page.locator("[name=is_anonymous]").check()
    page.get_by_role("button", name="Start a conversation").click()
    expect(page).to_have_url(TALK)
    return page


def box(page: Page) -> Any:
    """Give the box for their words."""
    return page.locator("[name=words]")


def wait_to_try_again(page: Page) -> None:
    """Move the page's clock, which runs as any does, on to where it tries again."""
    page.clock.fast_forward(RETRY_MS)


def said(page: Page) -> Any:
    """Give the line that says whether all is safe."""
    return page.locator("[data-autosave]")


def saved(context: BrowserContext, page: Page) -> str:
    """Give the words as a new window reads them from the server."""
    fresh = context.new_page()
    try:
        fresh.goto(page.url)
        return str(box(fresh).input_value())
    finally:
        fresh.close()


def test_as_much_as_a_conversation_holds_is_saved(windows: BrowserContext):
    page = talking(windows)
    long = "She sang in the choir at St Mary’s. " * 2500  # beyond what outlives a page
    box(page).fill(long.strip())
    expect(said(page)).to_have_text("Saved")
    assert saved(windows, page) == long.strip()


def test_more_than_it_holds_is_said_plainly_and_stays(windows: BrowserContext):
    page = talking(windows)
    box(page).fill("Sing. " * 20000)
    expect(said(page)).to_contain_text("more than one conversation holds")
    assert box(page).input_value() == "Sing. " * 20000


def test_typing_on_and_on_is_saved_without_a_pause(windows: BrowserContext):
    page = talking(windows)
    with page.expect_response(SAVE):
        box(page).press_sequentially("la " * 40, delay=40)  # five seconds, no pause


def test_leaving_at_once_leaves_nothing_behind(windows: BrowserContext):
    page = talking(windows)
    page.on("dialog", lambda asked: asked.accept())
    box(page).fill(WORDS)
    page.goto("/desk/")
    page.go_back()
    expect(box(page)).to_have_value(WORDS)
    assert saved(windows, page) == WORDS


@pytest.mark.parametrize(
    ("role", "name", "leads_to"),
    [
        ("button", "What happens next", "What happens next"),
        ("link", "People", "People"),
    ],
)
def test_a_way_on_pressed_at_once_waits_for_the_words(
    windows: BrowserContext, role: Any, name: str, leads_to: str
):
    page = talking(windows)
    asked: list[str] = []
    page.on("dialog", lambda box: (asked.append(box.type), box.accept()))
    box(page).fill(WORDS)
    page.get_by_role(role, name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(leads_to)
    assert asked == []
    page.go_back()
    expect(box(page)).to_have_value(WORDS)


def test_without_scripts_a_button_beside_the_words_keeps_them_first(
    plain: BrowserContext,
):
    page = talking(plain, postcode="WN7 1AX")
    here = page.url
    box(page).fill("I love singing in a choir")
    page.get_by_role("button", name="Save", exact=True).click()
    for name in ("Keep it", "They take the number away"):
        more = box(page).input_value() + MORE
        box(page).fill(more)
        page.get_by_role("button", name=name).first.click()
        page.goto(here)
        expect(box(page)).to_have_value(more)
    expect(page.get_by_role("heading", name="Kept")).to_be_visible()


def test_a_phone_put_away_saves_at_once(windows: BrowserContext):
    page = talking(windows)
    box(page).fill(WORDS)
    with page.expect_response(SAVE):
        page.evaluate(HIDE)
    assert saved(windows, page) == WORDS


def test_an_answer_lost_on_the_way_is_no_conflict(windows: BrowserContext):
    page = talking(windows)
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(str(route.fetch().status))  # the server saved it
        route.abort()

    page.route(SAVE, lose)
    box(page).fill(WORDS)
    expect(said(page)).to_contain_text("Not saved yet")
    page.unroute(SAVE)
    box(page).press_sequentially(MORE)
    expect(said(page)).to_have_text("Saved")
    assert set(lost) == {"200"}
    assert saved(windows, page) == WORDS + MORE


def test_two_windows_lose_neither_text_and_leaving_asks(windows: BrowserContext):
    page = talking(windows)
    other = windows.new_page()
    other.goto(page.url)
    box(other).fill("He walks the dog")
    expect(said(other)).to_have_text("Saved")
    box(page).fill(WORDS)
    expect(said(page)).to_contain_text("Changed in another window")
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda box: box.dismiss())
        page.evaluate("() => { setTimeout(() => location.assign('/desk/'), 0); }")
    assert asked.value.type == "beforeunload"
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("another window")
    expect(page.locator("main")).to_contain_text("He walks the dog")
    expect(box(page)).to_have_value(WORDS)
    box(page).fill(f"He walks the dog. {WORDS}")
    page.get_by_role("button", name="Save what stands here").click()
    expect(page).to_have_url(TALK)
    assert saved(windows, page) == f"He walks the dog. {WORDS}"
    expect(page.locator("main")).to_contain_text("Earlier in this conversation")


def test_two_that_save_in_one_moment_are_both_there_to_be_read(
    windows: BrowserContext,
):
    page = talking(windows)
    answers = page.evaluate(
        """async () => {
          const form = document.querySelector("#talk");
          const send = async (words) => {
            const body = new FormData(form);
            body.set("words", words);
            const headers = { "X-Requested-With": "autosave" };
            const said = await fetch(form.action, { method: "POST", body, headers });
            return [said.status, (await said.json()).theirs?.words ?? words];
          };
          return Promise.all(["the laptop", "the phone"].map(send));
        }"""
    )
    assert sorted(status for status, _ in answers) == [200, 409]
    assert answers[0][1] == answers[1][1] == saved(windows, page)


def test_somebody_else_at_the_keyboard_saves_nothing_as_theirs(
    windows: BrowserContext, live: House, sessions: dict[str, str]
):
    windows.clock.install()
    page = talking(windows)
    box(page).fill("He walks the dog")
    expect(said(page)).to_have_text("Saved")
    windows.clear_cookies()
    windows.add_cookies([as_cookie(live, sessions, "team_lead")])
    box(page).fill(WORDS)
    expect(said(page)).to_contain_text("Somebody else is signed in here now")
    windows.add_cookies([as_cookie(live, sessions, "worker")])
    wait_to_try_again(page)
    expect(said(page)).to_have_text("Saved")
    assert saved(windows, page) == WORDS


def test_save_with_a_session_that_ended_leaves_the_page_as_it_is(
    windows: BrowserContext, live: House, sessions: dict[str, str]
):
    windows.clock.install()
    page = talking(windows)
    windows.clear_cookies()
    box(page).fill(WORDS)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(said(page)).to_contain_text("You are signed out")
    expect(page).to_have_url(TALK)
    expect(box(page)).to_have_value(WORDS)
    windows.add_cookies([as_cookie(live, sessions, "worker")])
    wait_to_try_again(page)
    expect(said(page)).to_have_text("Saved")
    assert saved(windows, page) == WORDS


def test_without_script_a_session_that_ended_shows_what_was_typed(
    plain: BrowserContext, live: House, sessions: dict[str, str]
):
    page = talking(plain)
    plain.clear_cookies(name="session")
    box(page).fill(WORDS)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("You were signed out")
    expect(box(page)).to_have_value(WORDS)
    plain.add_cookies([as_cookie(live, sessions, "worker")])
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_url(TALK)
    expect(box(page)).to_have_value(WORDS)


def test_without_script_a_page_open_too_long_is_sent_once_more(
    plain: BrowserContext, live: House, sessions: dict[str, str]
):
    page = talking(plain)
    box(page).fill(WORDS)
    plain.clear_cookies()  # whoever signs in again has another token
    plain.add_cookies([as_cookie(live, sessions, "worker")])
    plain.new_page().goto("/desk/people/new/")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Send it once more")
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_url(TALK)
    expect(box(page)).to_have_value(WORDS)


def test_a_server_that_is_gone_is_a_reason_to_choose_a_pin_there_and_then(
    windows: BrowserContext,
):
    windows.clock.install()
    page = talking(windows)
    page.route(SAVE, lambda route: route.abort())
    box(page).fill(WORDS)
    expect(said(page)).to_contain_text("choose a PIN on this page")
    page.get_by_label("A PIN of six characters").fill("tuesday8")
    page.get_by_role("button", name="Keep what I write").click()
    expect(said(page)).to_contain_text("kept on this device, locked")
    page.unroute(SAVE)
    wait_to_try_again(page)
    expect(said(page)).to_have_text("Saved")
    assert saved(windows, page) == WORDS
