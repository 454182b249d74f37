"""What is heard in somebody's words, judged on passages that were marked by hand."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from thedeal.deals.hearing import Heard, Proposal, proposals

PASSAGES = Path(__file__).parents[2] / "data" / "deals" / "passages.yaml"
JUDGED: dict[str, list[dict[str, Any]]] = yaml.safe_load(PASSAGES.read_text("utf-8"))


def is_marked(proposal: Proposal, marks: dict[str, list[str]]) -> bool:
    words = proposal.words.lower()
    return any(has in words for has in marks.get(proposal.kind.value, []))


def judge(passages: list[dict[str, Any]]) -> tuple[int, int, int, int, list[str]]:
    """Give how many were right, proposed, found and marked, and what was wrong."""
    right = proposed = found = marked = 0
    wrong = []
    for passage in passages:
        heard = proposals(passage["said"])
        good = [p for p in heard if is_marked(p, passage["marks"])]
        wrong += [f"{p.kind.value}: {p.words}" for p in heard if p not in good]
        right, proposed = right + len(good), proposed + len(heard)
        for kind, words in passage["marks"].items():
            marked += len(words)
            found += sum(
                any(p.kind.value == kind and has in p.words.lower() for p in heard)
                for has in words
            )
    return right, proposed, found, marked, wrong


def test_there_are_enough_passages_and_half_are_held_back():
    shaped, held = JUDGED["shaped"], JUDGED["held"]
    assert len(shaped) + len(held) >= 100
    assert len(held) >= len(shaped)
    said = [p["said"] for p in shaped + held]
    assert len(set(said)) == len(said)
    kinds = {kind for p in shaped + held for kind in p["marks"]}
    assert kinds == {kind.value for kind in Heard}


@pytest.mark.parametrize(
    ("half", "precision_floor", "recall_floor"),
    [("shaped", 0.97, 0.97), ("held", 0.85, 0.8)],
)
def test_precision(half, precision_floor, recall_floor, capsys):
    right, proposed, found, marked, wrong = judge(JUDGED[half])
    with capsys.disabled():
        print(  # noqa: T201 # the figures are for whoever runs it
            f"\nheard ({half}): precision {right}/{proposed} = {right / proposed:.2f}, "
            f"recall {found}/{marked} = {found / marked:.2f}"
        )
    assert right / proposed >= precision_floor, wrong
    assert found / marked >= recall_floor


DOING = st.sampled_from(
    ["sing", "bake bread", "fix bikes", "play the piano", "drive", "knit", "dance"]
)
NEGATED = st.sampled_from(
    [
        "I can't {}.",
        "I cannot {} now.",
        "I never {}.",
        "I could never {}.",
        "I won't {}.",
    ]
)
OF_OTHERS = st.sampled_from(
    [
        "My sister can {}.",
        "My wife loves to {}.",
        "He says I can {}.",
        "They told me I could {}.",
        "Our Paul likes to {}.",
        "Can I {}?",
        "If I could {} I would.",
        "“I love to {},” she said.",
    ]
)


@given(doing=DOING, frame=NEGATED)
def test_a_negation_is_never_a_strength_or_a_wish(doing, frame):
    kinds = {p.kind for p in proposals(frame.format(doing))}
    assert kinds <= {Heard.AVOID, Heard.NEVER}


@given(doing=DOING, frame=OF_OTHERS)
def test_other_people_s_words_questions_and_ifs_are_never_taken(doing, frame):
    assert proposals(frame.format(doing)) == []


@given(st.text(max_size=300))
def test_any_text_is_heard_without_a_word_that_was_not_said(words):
    straight = words.replace("’", "'").replace("‘", "'")
    for proposal in proposals(words):
        assert proposal.words in straight
