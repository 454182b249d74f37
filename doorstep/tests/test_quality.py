"""How good the matches are on the half of the judged set that was tuned on: floors.

Only that half: the other stays unread, and `./deal bench quality` counts it.
"""

import judged
import pytest
import rankings
from doorstep.meaning import load_model

LISTINGS = judged.listings()
TUNED_ON = [s for s in judged.statements() if not s.is_held_back]


def figures(way):
    found = [(s, way.ranking(s)) for s in TUNED_ON]
    ndcg = sum(s.ndcg(keys) for s, keys in found) / len(found)
    clean = sum(not s.insults(keys) for s, keys in found) / len(found)
    return ndcg, clean


def test_the_set_is_as_large_as_was_asked_and_half_is_held_back():
    statements = judged.statements()
    assert len(statements) >= 60
    assert len(LISTINGS) >= 200
    assert 2 * len(TUNED_ON) == len(statements)


@pytest.mark.parametrize(
    ("has_model", "ndcg_floor", "clean_floor"),
    [(True, 0.72, 0.94), (False, 0.68, 0.9)],
)
def test_matches_on_the_half_tuned_on(has_model, ndcg_floor, clean_floor):
    ndcg, clean = figures(rankings.Ours(LISTINGS, load_model() if has_model else None))
    assert ndcg >= ndcg_floor
    assert clean >= clean_floor


def test_full_text_and_the_nearest_are_far_behind():
    for way in (rankings.Bm25(LISTINGS), rankings.Nearest(LISTINGS)):
        ndcg, clean = figures(way)
        assert ndcg < 0.5
        assert clean < 0.6
