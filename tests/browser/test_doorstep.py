"""What is on somebody's doorstep, asked in a real browser."""

import re

from playwright.sync_api import Browser, Page, expect

WORDS = "I used to sing, and I can still bake"


def ask(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your postcode").fill("WN7 1AB")
    page.get_by_label("What matters to you?").fill(WORDS)
    page.get_by_role("button", name="See what is near").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("On your doorstep")


def test_results_follow_the_filters_and_words_stay_out_of_the_address(page: Page):
    ask(page)
    expect(page.locator("#near-map")).to_be_visible()
    page.locator("#asking").evaluate("form => { form.dataset.seen = 'yes' }")
    with page.expect_response(re.compile("/near/")) as answer:
        page.get_by_label("30 min").check()
    assert answer.value.request.method == "POST"
    expect(page.locator("#near-map .map__ring-label").last).to_have_text(
        "about 30 minutes"
    )
    # the page was not loaded anew, and says what was found to who cannot see it
    assert page.locator("#asking").get_attribute("data-seen") == "yes"
    expect(page.locator("#found-count")).to_contain_text("that fit")
    assert page.url.endswith("/near/")
    assert page.get_by_label("What matters to you?").input_value() == WORDS


def test_another_postcode_changes_the_whole_page(page: Page):
    ask(page)
    expect(page.locator("#around")).to_contain_text("Your neighbourhood: Leigh")
    page.get_by_label("Postcode").fill("WN1 1NN")
    page.get_by_label("Postcode").blur()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wigan")
    expect(page.locator("#around")).to_contain_text("Your neighbourhood: Wigan")
    expect(page.locator("#around")).not_to_contain_text("Your neighbourhood: Leigh")


def test_a_keyboard_passes_the_map_in_a_few_steps(page: Page):
    ask(page)
    expect(page.locator("#near-map path").first).to_be_attached()
    page.locator("#found article a").first.wait_for()
    reached = "path.leaflet-interactive:not([tabindex='-1'])"
    expect(page.locator(f"#near-map {reached}")).to_have_count(0)


def test_the_same_without_script(browser: Browser, base_url: str):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    ask(page)
    page.get_by_label("30 min").check()
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_label("30 min")).to_be_checked()
    expect(page.locator("#found article").first).to_be_visible()
    expect(page.locator("#near-map")).to_be_hidden()
    page.get_by_role("button", name="Make a link to share").click()
    shared = page.get_by_label("A link to this neighbourhood").input_value()
    assert shared.startswith(f"{base_url}/near/?in=")
    assert "sing" not in shared
    context.close()
