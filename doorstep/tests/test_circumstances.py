"""A group for people in particular circumstances is shown only to who raised them."""

import datetime as dt

import numpy as np
import pytest
from doorstep.catalogue import Catalogue
from doorstep.listings import BadListingError, Listing
from doorstep.match import NOTHING_WANTED, ONLY_NEARLY, Asked, match, understand
from doorstep.meaning import load_model
from doorstep.sessions import LONDON, english_calendar
from hypothesis import given
from hypothesis import strategies as st

from doorstep import subjects

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=LONDON)
APART = [s for s in subjects.SUBJECTS if s.is_tender or s.is_apart]
PLAIN = [
    "I like singing",
    "I want a natter and a brew",
    "My wife enjoys the choir with me",
    "my neighbour goes to one and loves it",
    "somewhere to sing of a Tuesday",
]


def answer(words, *listings, model=None, **asked):
    what = None if model is None else model.vectors([x.text for x in listings])
    catalogue = Catalogue.of(
        listings, now=NOW, calendar=english_calendar(2026, 2028), what=what
    )
    minutes = np.full(max(1, catalogue.n_venues), 5, np.float32)
    return match(
        catalogue, Asked(how_many=10, **asked), understand(words, model),
        minutes=minutes, is_estimate=False, now=NOW,
    )  # fmt: skip


def keys(*args, **asked):
    return [found.key for found in answer(*args, **asked).matches]


def of(key, activity, description="", **more):
    return Listing(key=key, activity=activity, description=description, venue=0, **more)


def test_a_group_may_say_itself_whom_it_is_for():
    drop_in = "Come the two of you or on your own. There's dominoes and a quiz going."
    lane = of("lane", "Drop-in", drop_in, whom=("memory",))
    wanted = "somewhere for dominoes and a quiz"
    assert keys(wanted, of("club", "Drop-in", drop_in)) == ["club"]
    assert keys(wanted, lane) == []
    assert keys(f"{wanted}. My memory is going", lane) == ["lane"]
    with pytest.raises(BadListingError, match="We know no moon"):
        of("odd", "Drop-in", whom=("moon",))


CHOIR = of("choir", "Singing", "A choir for a natter and a brew.")


@given(
    subject=st.sampled_from(APART), words=st.sampled_from(PLAIN), at=st.integers(0, 3)
)
def test_nobody_is_shown_a_group_for_what_they_did_not_raise(subject, words, at):
    phrase = subject.listed[at % len(subject.listed)].rstrip("*")
    theirs = of("theirs", "Singing together", f"A choir for {phrase} and a brew.")
    if not subjects.about(theirs.text) & subjects.bit(subject.name):
        return  # the phrase stands beside one that says it is not for them alone
    assert "theirs" not in keys(words, CHOIR, theirs)


@pytest.mark.parametrize(
    ("words", "description", "is_shown"),
    [
        ("Lost my husband, I'd like to sing", "A choir for bereaved people.", True),
        ("I'm deaf, I'd like to sing", "A choir for deaf people.", True),
        ("I've cancer and feel low, I'd like to sing", "Singing for anxiety and cancer.", True),
        ("I've cancer, I'd like to sing", "Singing, with counselling, for cancer.", True),
        ("my daughter's wed, I'd like to sing", "Singing for children.", False),
        ("my grandson is 6, singing for him", "Singing for children.", True),
        ("my lad is 9, he'd love to sing", "Singing for adults.", False),
        ("I'm 80 and I'd like to sing", "Singing, ages 11-25.", False),
        ("I'm a bloke, I'd like to sing", "Singing for women.", False),
        ("I'm a widow, I'd like to sing", "A choir for women.", True),
    ],
)  # fmt: skip
def test_who_is_shown_what(words, description, is_shown):
    assert ("theirs" in keys(words, of("theirs", "Singing", description))) is is_shown


def test_a_long_list_that_only_touches_on_children_is_for_everybody():
    much = (
        "A place for the whole street: singing on Mondays, a cafe, a library of tools, "
    )
    much += "painting, a repair table, history talks, an orchard, a quiz, a band and "
    much += "rooms to hire, and once a month something for children."
    assert keys("I like singing", of("hall", "The Hall", much)) == ["hall"]


def test_who_would_give_is_shown_what_asks_for_helpers_and_no_food_parcel():
    helps = of(
        "helps", "Food bank", "Sorting and cooking.", asks="Help with the cooking"
    )
    needs = of("needs", "Food bank", "Emergency food and cooking.")
    words = "I could cook for people at a food bank"
    assert keys(words, helps, needs) == ["helps"]
    assert set(keys("We've no food in", helps, needs)) == {"helps", "needs"}


def test_what_is_avoided_is_left_out_though_it_is_near_in_meaning():
    bingo = of("bingo", "Bingo and a natter")
    assert keys("I want a natter but I can't be doing with bingo", CHOIR, bingo) == [
        "choir"
    ]


def test_a_slip_of_the_finger_finds_it_without_the_model():
    found = answer("looking for a chior", CHOIR)
    assert [x.key for x in found.matches] == ["choir"]
    assert found.notes[0].startswith("We matched on words alone")


def test_where_nothing_is_wanted_the_answer_says_so():
    assert NOTHING_WANTED in answer("I can't be doing with bingo", CHOIR).notes


def test_only_near_misses_are_said_to_be_so():
    found = answer(
        "I want a brass band", of("choir", "Singing", "For all."), model=load_model()
    )
    assert not found.matches or ONLY_NEARLY in found.notes


@given(st.sampled_from(PLAIN))
def test_the_same_words_have_the_same_answer(words):
    many = [CHOIR, of("b", "Brew and natter"), of("c", "Choir practice")]
    assert keys(words, *many) == keys(words, *many)
