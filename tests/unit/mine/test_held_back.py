"""The rule of what a person's own page holds back, in one place."""

import pytest

from thedeal.mine import held_back
from thedeal.mine.held_back import Kind
from thedeal.mine.on_paper import _pairs, said


@pytest.mark.parametrize(
    ("label", "row", "why"),
    [
        ("deals.LawDoor", {"door": "safeguarding"}, Kind.SAFETY),
        ("deals.DoorHappening", {"door": "safeguarding"}, Kind.SAFETY),
        ("deals.LawDoor", {"door": "needs assessment"}, None),
        ("deals.DoorHappening", {"door": "advocate"}, None),
        ("deals.FieldNote", {"is_in_confidence": True}, Kind.CONFIDENCE),
        ("deals.FieldNote", {"is_in_confidence": False}, None),
        ("deals.Promise", {"what": "Walk with you"}, None),
    ],
)
def test_each_row_is_theirs_unless_the_rule_says_why(label, row, why):
    assert held_back.of_row(label, row) is why


def test_of_a_draft_only_their_own_words_are_given():
    content = {"words": "I sing", "felt": "sad", "saw_heard": "son", "exact_words": "x"}
    assert held_back.own_words(content) == "I sing"
    assert held_back.own_words({"felt": "sad"}) == ""


def test_everybody_is_told_the_same():
    assert held_back.said_to_everybody() == [kind.value for kind in Kind]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-11-23", "23 November 2026"),
        ("2025-11-23T10:30:00+00:00", "Sunday 23 November 2025, 10:30am"),
        (False, "no"),
        (3, "3"),
        ({"id": "x", "by_when": "2026-12-01"}, "By: 1 December 2026"),
        (["tea", "cards"], "tea; cards"),
        ("plain words", "plain words"),
    ],
)
def test_what_is_in_the_file_is_said_in_words_on_paper(value, words):
    assert said(value) == words


def test_paper_leaves_out_counters_and_a_no_that_nobody_asked_and_no_other_no():
    row = {
        "id": "x",
        "n_ours": 2,
        "latitude": 53.5,
        "is_carer": False,
        "may": False,
        "helps": ["large_type"],
        "content": [{"what": "Sing", "promise": "x"}, {"what": "Bake"}],
    }
    told = dict(_pairs(row))
    assert told == {
        "May": "no",
        "What helps you": "large type",
        "What it said, 1": "What: Sing",
        "What it said, 2": "What: Bake",
    }
