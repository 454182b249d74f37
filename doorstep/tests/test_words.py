"""Matching on words alone, slips of the finger forgiven."""

import numpy as np
import pytest
from doorstep.spelling import LIKE_ENOUGH, SHORTEST, Spelling, trigrams
from doorstep.words import WordIndex, stems
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


def likeness(one, other):
    """The share of the trigrams of two words that are in both, one pair at a time."""
    first, second = trigrams(one), trigrams(other)
    return len(first & second) / len(first | second)


WORDS = st.text(alphabet="abcé", min_size=1, max_size=8)


@given(st.lists(WORDS, unique=True, max_size=8), WORDS)
def test_the_word_meant_is_the_one_most_like_it_of_all(known, word):
    found = Spelling.of(known).nearest(word)
    likest = max(((likeness(word, k), n) for n, k in enumerate(known)), default=(0, 0))
    if len(word) < SHORTEST or likest[0] < LIKE_ENOUGH:
        assert found is None
    else:
        assert found == (likest[1], pytest.approx(likest[0]))


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    assert all(stems(text))
    assert np.isfinite(WordIndex.of([text]).scores(text)).all()
