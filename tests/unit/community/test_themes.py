"""A search that found nothing is kept as a theme, never as its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.community import themes


@pytest.mark.parametrize(
    ("words", "theme"),
    [
        ("choir", "singing"),
        ("somewhere to sing", "singing"),
        ("knitting group", "sewing and knitting"),
        ("chair yoga", "yoga and tai chi"),
        ("5 a side football", "football"),
        ("dementia cafe", "memory and dementia"),
        ("running", "running"),
        ("Aunt Mary", themes.SOMETHING_ELSE),
        ("WN7 1AA", themes.SOMETHING_ELSE),
        ("  ", ""),
        ("123", ""),
    ],
)
def test_theme_of(words, theme):
    assert themes.theme_of(words) == theme


@pytest.mark.parametrize("word", ["artichoke", "catholic", "menu", "runcorn"])
def test_a_word_that_only_begins_alike_is_something_else(word):
    assert themes.theme_of(word) == themes.SOMETHING_ELSE


@given(st.text())
def test_nothing_but_our_own_themes_comes_out(words):
    assert themes.theme_of(words) in {"", themes.SOMETHING_ELSE, *themes.THEMES}


def test_a_theme_fits_its_column():
    assert max(map(len, themes.THEMES)) <= 40
