"""How a match is told: its reasons, its cautions, and what is said above the list."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from doorstep.listings import Room, Trust
from doorstep.match import (
    WORDS_ALONE,
    Asked,
    match,
    understand,
)
from the_larks import (
    CHOIR,
    GRIEF,
    MONDAYS,
    NOW,
    TUESDAYS,
    answer,
    catalogue_of,
    changed,
    keys,
)


def test_match_is_told_as_a_person_would():
    (found,) = answer(catalogue_of(CHOIR), needs=frozenset({"step_free"})).matches
    assert found.reasons == (
        "6 minutes' walk",
        "Tuesday at 10am, next on 24 November",
        "Free",
        "You said: “I miss singing”",
        "Step-free all the way in",
        "Room for more",
        "Answers within a day",
    )
    assert found.cautions == ()
    assert found.as_json() == {
        "activity": "Tuesday choir",
        "group": "The Larks",
        "venue": "",
        "walk_minutes": 6,
        "walk_is_estimate": False,
        "next_session": "2026-11-24T10:00:00+00:00",
        "cost": "Free",
        "reasons": list(found.reasons),
        "cautions": [],
    }


def test_cautions_say_what_nobody_knows():
    bare = changed(
        timetables=(), room=Room.FULL, telephone="", answers_in_days=9,
        trust=Trust(checked_on=dt.date(2026, 5, 3), needs_safeguarding=True),
        description="Singing and worship for Christians",
    )  # fmt: skip
    assert answer(catalogue_of(bare)).matches[0].cautions == (
        "It is full just now: ask about a waiting list.",
        "No set time: ask when.",
        "It is for Christians.",
        "Not checked since May.",
        "Nobody has seen its safeguarding policy yet.",
        "They can take 9 days to answer.",
    )


@pytest.mark.parametrize(
    ("walk", "is_estimate", "words", "minutes"),
    [
        (6.0, False, "5 to 10 minutes' walk", 10),
        (6.0, True, "About 5 to 10 minutes' walk", 10),
        (0.2, False, "Within 5 minutes' walk", 5),
        (4.9, True, "Within about 5 minutes' walk", 5),
    ],
)
def test_blurred_place_is_told_in_bands(walk, is_estimate, words, minutes):
    told = match(
        catalogue_of(changed(is_blurred=True)), Asked(), understand("", None),
        minutes=np.array([walk], np.float32), is_estimate=is_estimate, now=NOW,
    )  # fmt: skip
    assert told.matches[0].reasons[0] == words
    assert told.matches[0].as_json()["walk_minutes"] == minutes


@pytest.mark.parametrize("is_blurred", [True, False])
def test_who_goes_by_wheelchair_is_told_of_no_walk(is_blurred):
    told = match(
        catalogue_of(changed(is_blurred=is_blurred)), Asked(by_wheelchair=True),
        understand("", None), minutes=np.array([7], np.float32), is_estimate=True,
        now=NOW,
    )  # fmt: skip
    said = "About 5 to 10 minutes" if is_blurred else "About 7 minutes"
    assert told.matches[0].reasons[0] == f"{said} by wheelchair"


def test_times_and_costs_are_said_as_people_say_them():
    noon = changed(
        timetables=(replace(TUESDAYS, at=dt.time(12)),),
        cost_pence=300, cost_words="£3.00 with soup",
    )  # fmt: skip
    (found,) = answer(catalogue_of(noon)).matches
    assert "Tuesday at midday, next on 24 November" in found.reasons
    assert "£3 with soup" in found.reasons


def test_what_is_not_quite_what_was_said_does_not_quote_it():
    (found,) = answer(
        catalogue_of(
            changed(
                activity="Walking netball",
                description="A slow game in the hall.",
                asks="Somebody to keep score",
            )
        ),
        "I used to play football",
    ).matches
    assert found.is_loose
    assert not any("You said" in reason for reason in found.reasons)


def test_where_nothing_was_said_nothing_is_other_than_what_was_said():
    (found,) = answer(catalogue_of(CHOIR), "").matches
    assert not found.is_loose
    assert "Not quite what you said." not in (*found.reasons, *found.cautions)


def test_without_the_model_words_alone_answer_and_say_so():
    said = understand("I mis singin in a chior", None)
    others = [
        changed(key=str(n), activity="Bowls", description="On the green", group=str(n))
        for n in range(60)
    ]
    told = match(
        catalogue_of(CHOIR, GRIEF, *others), Asked(), said,
        minutes=np.zeros(1, np.float32), is_estimate=True, now=NOW,
    )  # fmt: skip
    assert [x.key for x in told.matches] == ["choir"]
    assert told.notes == (WORDS_ALONE,)


def test_no_words_give_the_nearest():
    near = changed(key="near", venue=1, group="n", kind="")
    assert keys(catalogue_of(CHOIR, near), "") == ["near", "choir"]


def test_nothing_fits_is_said():
    told = answer(
        catalogue_of(CHOIR), "quantum chromodynamics lectures", limit_minutes=1
    )
    assert told.matches == ()
    assert told.notes[0].startswith("Nothing we know of fits")


def test_a_day_that_was_named_stands_higher_and_another_day_says_so():
    choir = changed(activity="Choir")
    mondays = changed(key="mondays", group="m", timetables=(MONDAYS,), activity="Choir")
    said = "I'd love to sing on a Tuesday"
    hers, other = answer(catalogue_of(mondays, choir), said).matches
    assert (hers.key, other.key) == ("choir", "mondays")
    assert "Not when you said." not in hers.cautions
    assert "Not when you said." in other.cautions
    both = changed(key="both", timetables=(MONDAYS, TUESDAYS))
    (found,) = answer(catalogue_of(both), said).matches
    assert any("Tuesday" in reason for reason in found.reasons[:2])
    for none_named in ("I'd love to sing", "I'd love to sing, but not on a Tuesday"):
        assert not any(
            "when you said" in caution
            for match in answer(catalogue_of(mondays, choir), none_named).matches
            for caution in match.cautions
        )
