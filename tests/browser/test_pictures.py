"""Takes the pictures in docs/pictures from the running product, when asked to.

./deal test tests/browser/test_pictures.py tests/browser/test_deal_journey.py --take-pictures
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

PICTURES = {
    "first": ("nobody", "/"),
    "gap": ("nobody", "/the-gap/"),
    "money": ("finance_officer", "/board/money/"),
}
SIZE = {"width": 1280, "height": 800}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_of_a_page_that_opens(
    contexts: dict[str, BrowserContext], name: str, picture: Callable[[Page, str], None]
):
    who, path = PICTURES[name]
    page = contexts[who].new_page()
    try:
        page.set_viewport_size(SIZE)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        picture(page, name)
    finally:
        page.close()
