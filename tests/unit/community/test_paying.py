"""What something costs, in words that leave no amount out."""

import pytest

from thedeal.community.paying import said, within


@pytest.mark.parametrize(
    ("pence", "words", "expected"),
    [
        (None, "", ""),
        (0, "", "Free"),
        (250, "", "£2.50"),
        (None, "ring for a price", "Ring for a price"),
        (0, "bring a sandwich", "Bring a sandwich"),
        (100, "an hour", "£1 an hour"),
        (1500, "per tent", "£15 per tent"),
        (300, "materials", "£3, materials"),
        (50, "50p for a brew", "50p for a brew"),
        (200, "£2 or what you have", "£2 or what you have"),
    ],
)
def test_the_amount_is_never_left_out(pence: int | None, words: str, expected: str):
    assert said(pence, words) == expected


def test_within_a_sentence_it_has_no_capital():
    assert (within(0, ""), within(None, "ring us")) == ("free", "ring us")
