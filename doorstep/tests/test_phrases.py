"""Phrases found in one reading, and slips of the finger put right."""

import pytest
from doorstep.phrases import Phrases, spelt_out, words_of
from doorstep.slips import Slips, is_one_slip
from hypothesis import given
from hypothesis import strategies as st

from doorstep import themes

LETTERS = st.text("abcdefgh", min_size=5, max_size=9)


def groups(lists, text):
    return set(Phrases.of(lists).groups(words_of(text)))


@pytest.mark.parametrize(
    ("phrase", "text", "is_found"),
    [
        ("choir", "The Choir, Tuesdays", True),
        ("choir", "choirs", False),
        ("choir*", "choirs", True),
        ("women", "the women's table", True),
        ("am dram", "am-dram on Fridays", True),
        ("can't hear", "I can’t hear you", True),
        ("learning disab*", "adults with learning disabilities", True),
        ("learning disab*", "learning about disabilities", False),
        ("50 +", "for the 50+", True),
        ("lost my wife", "I lost my", False),
    ],
)
def test_phrase_is_found_as_whole_words(phrase, text, is_found):
    assert (groups([[phrase]], text) == {0}) is is_found


def test_each_list_is_told_apart():
    assert groups([["sing"], ["bake", "cook*"], ["walk"]], "I sing and cooked") == {
        0,
        1,
    }


def test_sets_are_spelt_out():
    sets = {"my": ["my", "our"], "kin": ["mum", "dad"]}
    found = list(spelt_out(["lost {my} {kin}"], sets))
    assert found == ["lost my mum", "lost my dad", "lost our mum", "lost our dad"]


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8))
def test_a_phrase_is_found_where_a_plain_search_finds_it(words):
    phrase = ["b", "c"]
    plainly = any(words[i : i + 2] == phrase for i in range(len(words)))
    assert bool(groups([["b c"]], " ".join(words))) is plainly


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chior", "choir"),
        ("gardning", "gardening"),
        ("swiming", "swimming"),
        ("footbal", "football"),
        ("toffee", "toffee"),
        ("autistic", "autistic"),
        ("talking", "talking"),
        ("Tyldesley", "Tyldesley"),
    ],
)
def test_only_a_slip_is_put_right(typed, meant):
    assert themes.mended(typed) == meant


@given(LETTERS, st.integers(0, 8))
def test_a_letter_left_out_is_one_slip_and_is_put_right(word, at):
    short = word[: at % len(word)] + word[at % len(word) + 1 :]
    assert is_one_slip(short, word)
    assert is_one_slip(word, short)
    if len(short) >= 5 and short[0] == word[0]:
        assert Slips.of([], [word]).mended(short) == word


@given(LETTERS)
def test_a_word_that_is_english_stays_as_it_is(word):
    assert Slips.of([word], [word[:-1] + "z"]).mended(word) == word
