"""Journeys through the product in a real browser, with the house's own policy on."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.factories.live import House

TRIES = 30
PAGES = 10
CODE = re.compile(r"\b(\d{6})\b")


def test_a_visitor_reads_the_gap(page: Page):
    page.goto("/the-gap/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("£")


def test_a_worker_signs_in_at_the_demo_and_out_again(page: Page):
    page.goto("/demo/")
    page.get_by_role("button", name="Be Amina", exact=True).click()
    expect(page.locator("main")).to_be_visible()
    expect(page).not_to_have_url(re.compile("/demo/"))
    page.goto("/account/")
    expect(page.locator("body")).to_contain_text("Amina Yusuf")
    with page.expect_navigation():  # what waits on this device is asked for first
        page.get_by_role("button", name=re.compile("Sign out")).first.click()
    page.goto("/desk/")
    expect(page).to_have_url(re.compile("/account/login"))


def code_sent_to(letters: Page, live: House, address: str, *, under: str) -> str:
    """Do the jobs until a letter under this subject came; give the newest's code.

    On every page, because what is urgent goes first and the letters that waited all
    along come above it; and again and again, because another test's worker may be at
    the same queue.
    """
    for _ in range(TRIES):
        live.do_jobs()
        for number in range(1, PAGES + 1):
            letters.goto(f"/demo/letters/?page={number}")
            theirs = letters.locator("article", has_text=address)
            for letter in theirs.filter(has_text=under).all():
                if found := CODE.search(letter.locator(".letter-words").inner_text()):
                    return found[1]
        letters.wait_for_timeout(1_000)
    raise AssertionError(f"No letter “{under}” with a code came to {address}.")


def test_a_resident_signs_in_by_a_code_in_a_letter(page: Page, live: House):
    page.goto("/account/login/code/")
    page.get_by_label(re.compile("email", re.IGNORECASE)).fill("joan@home.example")
    page.get_by_role("button", name=re.compile("code", re.IGNORECASE)).first.click()
    expect(page).to_have_url(re.compile("/login/code/confirm/"))
    code = code_sent_to(
        page.context.new_page(), live, "joan@home.example", under="Sign-in code"
    )
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(code)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page).not_to_have_url(re.compile("/confirm/"))
    page.goto("/account/")
    expect(page.locator("main")).to_contain_text("Joan Critchley")


def test_the_first_thing_by_keyboard_is_a_way_past_the_menu(page: Page):
    for path in ("/", "/the-gap/", "/account/login/"):
        page.goto(path)
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        expect(focused).to_have_attribute("href", re.compile("^#"))


def test_a_page_asks_nobody_else_for_anything(page: Page, live: House):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/the-gap/", "/account/login/", "/demo/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((live.address, "data:"))] == []


def test_the_desk_is_read_without_javascript(
    contexts: dict[str, BrowserContext], live: House
):
    signed_in = contexts["worker"]
    assert signed_in.browser is not None
    plain = signed_in.browser.new_context(
        java_script_enabled=False, storage_state=signed_in.storage_state()
    )
    try:
        page = plain.new_page()
        page.goto(f"{live.address}/desk/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Amina")
    finally:
        plain.close()
