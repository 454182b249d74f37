"""Figures in the words of the gap: named, filled in, never typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.money.gap_words import GapWordsError, check_no_pounds_typed, fill

AMOUNTS = {"closed": "£5 million", "Street lights": "£1.4 million"}


def test_a_named_figure_is_filled_in():
    told = fill(
        "We closed [closed]; [ Street lights ] of it by lamps.", amounts=AMOUNTS
    )
    assert told == "We closed £5 million; £1.4 million of it by lamps."


def test_a_name_that_is_no_signed_line_is_refused():
    with pytest.raises(GapWordsError, match=r"\[Waste\] is not a figure"):
        fill("It saves [Waste].", amounts=AMOUNTS)


@pytest.mark.parametrize(
    "typed", ["£5 million", "£350,000", "1.1 million", "Saves £ 3", "20 pounds a week"]
)
def test_pounds_typed_by_hand_are_refused(typed):
    with pytest.raises(GapWordsError, match="typed by hand"):
        check_no_pounds_typed(f"It is worth {typed} to us.")


@pytest.mark.parametrize(
    "said",
    ["Nine people had nowhere to go for 6 weeks.", "It saves [closed].", "In 2026"],
)
def test_other_numbers_may_be_written(said):
    check_no_pounds_typed(said)


@given(st.text(alphabet=st.characters(exclude_characters="[]")))
def test_words_that_name_nothing_stay_as_they_are(said):
    assert fill(said, amounts=AMOUNTS) == said
