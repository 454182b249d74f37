"""The word that a slip of the fingers meant."""

import pytest

from thedeal.community.vocabulary import Vocabulary

KNOWN = Vocabulary(
    ["knitting, writing & singing", "no audition: needles, 20 walks", "bread Café"]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kniting", "knitting"),
        ("Sining", "singing"),
        ("needels", "needles"),
        ("auditon", "audition"),
        ("cafe", "café"),
        ("walsk", "walks"),
    ],
)
def test_a_slip_is_mended(typed, meant):
    assert KNOWN.nearest(typed) == meant


@pytest.mark.parametrize("typed", ["swimming", "xyz", "no", "", "20", "zzzzzzzz"])
def test_what_is_like_nothing_is_left(typed):
    assert KNOWN.nearest(typed) == ""


def test_short_words_and_numbers_are_not_offered():
    assert "20" not in KNOWN.words and "no" not in KNOWN.words


def test_nothing_known_is_like_nothing():
    assert Vocabulary([]).nearest("singing") == ""
