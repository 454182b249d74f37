"""Matching on words alone, slips of the finger forgiven."""

import numpy as np
import pytest
from doorstep.words import WordIndex, likeness, stems
from hypothesis import given
from hypothesis import strategies as st

TEXTS = ["A choir for anyone", "Crown green bowls", "Pottery and painting", ""]


@pytest.mark.parametrize(
    ("words", "best"),
    [("bowling on the green", 1), ("potery", 2), ("choirs", 0), ("paintng", 2)],
)
def test_best_text_is_found_by_its_words_and_through_typos(words, best):
    scores = WordIndex.of(TEXTS).scores(words)
    assert int(np.argmax(scores)) == best
    assert scores[best] > 0


@pytest.mark.parametrize("words", ["", "xyzzy", "I want to go"])
def test_words_that_say_nothing_score_nothing(words):
    assert WordIndex.of(TEXTS).scores(words).tolist() == [0, 0, 0, 0]


def test_no_texts_score_nothing():
    assert WordIndex.of([]).scores("choir").shape == (0,)


def test_bm25_by_pencil():
    # two texts of one word each, the word in one: idf = ln(1 + 1.5 / 1.5) = ln 2
    score = float(WordIndex.of(["choir", "bowls"]).scores("choir")[0])
    total = np.log(2) * 1 * 2.2 / (1 + 1.2)
    assert score == pytest.approx(total / (total + 4), rel=1e-5)


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_likeness_is_even_handed_and_whole_only_for_the_same(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert all(stems(text))
    assert np.isfinite(WordIndex.of([text]).scores(text)).all()
