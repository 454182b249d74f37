"""What is said of a postcode: found, or a sentence with which one can go on."""

import datetime as dt

import pytest

from thedeal.places.postcode_words import sentence_for
from thedeal.places.selectors import Answer, PostcodeAnswer

SAID = {
    Answer.FOUND: "",
    Answer.EMPTY: "Type a postcode, such as WN7 1AB.",
    Answer.PART: "WN7 1AB is the first half. Type all of the postcode.",
    Answer.MALFORMED: "That is not how a postcode is written. Did you mean WN7 1AD?",
    Answer.UNKNOWN: "We do not know WN7 1AB. Did you mean WN7 1AD? It may be new, or another council's.",
    Answer.TERMINATED: "Royal Mail stopped using WN7 1AB in May 2019. "
    "Try your newer one, or a neighbour's.",
    Answer.ELSEWHERE: "WN7 1AB is in Ribbleside Council's area, which has its own "
    "council.",
    Answer.NOWHERE: "WN7 1AB is in none of our neighbourhoods.",
}


@pytest.mark.parametrize("answer", list(Answer))
def test_each_answer_has_its_sentence(answer):
    found = PostcodeAnswer(
        answer=answer,
        postcode="WN7 1AB",
        other_council="Ribbleside Council",
        terminated_on=dt.date(2019, 5, 1),
        suggestions=("WN7 1AD",),
    )
    assert sentence_for(found) == SAID[answer]


def test_a_postcode_that_ended_on_no_known_day_ended_in_the_past():
    found = PostcodeAnswer(answer=Answer.TERMINATED, postcode="WN7 1AB")
    assert "in the past" in sentence_for(found)
