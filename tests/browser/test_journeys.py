"""Journeys through the product in a real browser, with the house's own policy on."""

import re

from playwright.sync_api import Page, expect


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
    page.get_by_role("button", name=re.compile("Sign out")).first.click()
    page.goto("/desk/")
    expect(page).to_have_url(re.compile("/account/login"))
