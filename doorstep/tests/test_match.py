"""The match: firm rules, weighed ones, and variety."""

import datetime as dt

import numpy as np
import pytest
from doorstep.catalogue import Catalogue
from doorstep.hours import free_hours
from doorstep.listings import Known, Room
from doorstep.match import (
    Asked,
    BadQuestionError,
    minutes_by_venue,
    understand,
)
from doorstep.meaning import load_model
from doorstep.rules import RULES, NotForMe, Weights
from doorstep.sessions import Timetable
from doorstep.walks import Reach
from hypothesis import given
from hypothesis import strategies as st
from the_larks import (
    CHOIR,
    ENGLAND,
    EVENINGS,
    GRIEF,
    NOW,
    answer,
    catalogue_of,
    changed,
    keys,
)


def test_hard_need_known_no_is_out_and_not_known_comes_last_with_a_number():
    yes = changed(key="yes", kind="", group="a")
    no = changed(key="no", kind="", group="b", access={"step_free": Known.NO})
    unknown = changed(key="unknown", kind="", group="c", access={}, venue=1)
    found = answer(
        catalogue_of(unknown, no, yes), needs=frozenset({"step_free"})
    ).matches
    assert [x.key for x in found] == ["yes", "unknown"]
    assert found[1].cautions[0] == (
        "Ask first about step-free all the way in: nobody has told us, ring 01632 960000."
    )


@pytest.mark.parametrize(
    ("changes", "asked", "fate"),
    [
        ({"cost_pence": 50}, {"must_be_free": True}, "out"),
        ({"cost_pence": None}, {"must_be_free": True}, "last"),
        ({"languages": ("en",)}, {"language": "pl"}, "out"),
        ({"languages": ()}, {"language": "pl"}, "last"),
        ({"languages": ("en", "pl")}, {"language": "pl"}, "shown"),
        ({"youngest": 50}, {"age": 49}, "out"),
        ({"oldest": 11}, {"age": 12}, "out"),
        ({"youngest": 50}, {"age": 50}, "shown"),
        ({"youngest": 50}, {}, "shown"),
        ({"room": Room.FULL}, {}, "last"),
        ({"timetables": ()}, {"free": free_hours("Tue 9-12")}, "last"),
        ({"timetables": (EVENINGS,)}, {"free": free_hours("Tue 9-12")}, "out"),
        ({}, {"free": free_hours("Tue 11:00-12:00")}, "shown"),
        ({}, {"free": free_hours("Tue 11:15-12:00")}, "out"),
        ({"venue": 2}, {}, "out"),
        ({"venue": -1}, {}, "last"),
        ({"venue": -1, "is_online": True}, {}, "shown"),
        ({}, {"limit_minutes": 5}, "out"),
    ],
)
def test_firm_rule_leaves_out_or_puts_last(changes, asked, fate):
    found = answer(catalogue_of(changed(**changes)), **asked).matches
    assert ["last" if one.comes_last else "shown" for one in found] == (
        [] if fate == "out" else [fate]
    )


def test_an_activity_with_no_place_comes_last_and_one_only_online_needs_none():
    nowhere = changed(key="nowhere", group="a", venue=-1)
    online = changed(key="online", group="b", venue=-1, is_online=True)
    first, last = answer(catalogue_of(nowhere, online)).matches
    assert (first.key, last.key) == ("online", "nowhere")
    assert "From home: online or by phone" in first.reasons
    assert last.comes_last
    assert any(each.startswith("We do not know where it is") for each in last.cautions)


def test_never_ten_choirs():
    choirs = [changed(key=f"choir{n}", group=f"g{n}") for n in range(10)]
    band = changed(
        key="band",
        kind="music",
        group="b",
        description="A brass band. We sing carols.",
        activity="Band",
    )
    found = keys(catalogue_of(*choirs, band))
    assert len([key for key in found if key.startswith("choir")]) == 2
    assert "band" in found


def test_two_wishes_each_find_their_own():
    baking = changed(
        key="cafe", activity="Community cafe", kind="food", group="Cafe",
        description="A friendly cafe in the church hall.", asks="people who bake",
    )  # fmt: skip
    found = answer(
        catalogue_of(CHOIR, baking), "I used to sing, and I can still bake"
    ).matches
    assert {x.key: x.answers for x in found} == {
        "choir": "I used to sing",
        "cafe": "I can still bake",
    }
    cafe = next(x for x in found if x.key == "cafe")
    assert "They ask for: people who bake. You said: “I can still bake”" in cafe.reasons
    assert cafe.terms["giving"] > 0


@pytest.mark.parametrize(
    ("words", "is_shown"),
    [
        ("My wife enjoys it with me, we want company", False),
        ("I'd like company. My neighbour lost her husband", False),
        ("I lost my wife in March and want company", True),
    ],
)
def test_bereavement_group_only_for_somebody_who_lost_someone(words, is_shown):
    assert ("grief" in keys(catalogue_of(GRIEF, CHOIR), words)) is is_shown


def test_listing_that_a_group_calls_tender_is_not_for_passing_fancy():
    tender = changed(
        key="tender",
        is_tender=True,
        activity="Quiet room",
        kind="",
        description="A harp is sometimes played for those who come.",
    )
    assert (
        keys(catalogue_of(tender), "something to do on a Tuesday, music perhaps") == []
    )


def test_what_somebody_cannot_be_doing_with_stands_lower():
    bingo = changed(
        key="bingo",
        activity="Bingo",
        description="Bingo every week",
        kind="b",
        group="b",
    )
    walks = changed(
        key="walks", activity="Walks", description="A weekly walk", kind="w", group="w"
    )
    found = answer(
        catalogue_of(bingo, walks), "I can't be doing with bingo. I like to get out"
    ).matches
    assert found[0].key == "walks"
    assert all(x.terms["avoided"] < 0 for x in found if x.key == "bingo")


def test_not_for_me_takes_it_out_and_changes_one_named_term():
    near = changed(key="near", venue=1, group="n")
    catalogue = catalogue_of(CHOIR, near)
    found = answer(catalogue, not_for_me=(("choir", NotForMe.TOO_FAR),)).matches
    assert [x.key for x in found] == ["near"]
    before = answer(catalogue).matches
    walk = {x.key: x.terms["walk"] for x in before}["near"]
    assert found[0].terms["walk"] == pytest.approx(2 * walk, abs=1e-3)


@pytest.mark.parametrize("why", list(NotForMe))
def test_each_reason_changes_exactly_one_weight(why):
    before, after = Weights().array(), Weights().after(why).array()
    assert (before != after).sum() == 1
    assert len(RULES) == len(before)


def test_what_is_like_something_that_mattered_stands_higher_and_says_so():
    songs = changed(
        key="songs",
        activity="Songs we know",
        description="A singing group: come and sing old songs. No auditions.",
        kind="s",
        group="s",
        venue=1,
    )
    cards = changed(
        key="cards",
        activity="Cards",
        description="Whist and dominoes for anybody",
        kind="c",
        group="c",
        venue=1,
    )
    catalogue = catalogue_of(CHOIR, cards, songs)
    plain = {x.key: x for x in answer(catalogue, "").matches}
    found = answer(catalogue, "", mattered=("choir", "a listing that has gone")).matches
    by_key = {x.key: x for x in found}
    added = {key: x.terms["mattered"] for key, x in by_key.items()}
    assert added["choir"] > added["songs"] > added["cards"] >= 0
    assert all(x.terms["mattered"] == 0 for x in plain.values())
    assert [x.key for x in found] == ["choir", "songs", "cards"]
    assert "You went before, and it mattered to you" in by_key["choir"].reasons
    assert "Like Tuesday choir, which mattered to you" in by_key["songs"].reasons
    assert not any("mattered" in reason for reason in by_key["cards"].reasons)


def test_listing_that_never_happens_is_in_no_answer_and_says_why():
    over = changed(
        timetables=(
            Timetable(starts_on=dt.date(2020, 1, 1), at=dt.time(10), minutes=60),
        )
    )
    catalogue = catalogue_of(over)
    assert keys(catalogue) == []
    assert catalogue.why_never("choir") == "It finished on 1 January 2020."


@pytest.mark.parametrize("said", ["bsl", "BSL", "bfi", "British Sign Language"])
@pytest.mark.parametrize("listed", ["bsl", "bfi"])
def test_a_language_is_one_language_by_whatever_name(said, listed):
    deaf = changed(languages=(listed,))
    (found,) = answer(catalogue_of(deaf), language=said).matches
    assert "British Sign Language is signed" in found.reasons
    (unsure,) = answer(catalogue_of(changed(languages=())), language=said).matches
    assert unsure.comes_last
    assert unsure.cautions == (
        "Ask first whether British Sign Language is signed, ring 01632 960000.",
    )


def test_empty_catalogue_answers_nothing():
    empty = Catalogue.of([], now=NOW, calendar=ENGLAND)
    assert keys(empty) == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"limit_minutes": 0}, "how far you can walk"),
        ({"needs": frozenset({"lift"})}, "We do not keep lift"),
        ({"language": "klingon"}, "no language we know"),
        ({"age": -5}, "an age in whole years"),
        ({"how_many": 0}, "a list of 1 to 100"),
        ({"age": -5, "how_many": 0}, "years.*list"),
    ],
)
def test_question_that_cannot_be_answered_is_refused(asked, sentence):
    with pytest.raises(BadQuestionError, match=sentence):
        Asked(**asked)


def test_venue_without_a_walk_is_refused():
    with pytest.raises(BadQuestionError, match="walk was not given"):
        answer(catalogue_of(changed(venue=7)))


def test_reach_becomes_minutes_by_venue():
    reach = Reach(np.array([2], np.int32), np.array([4], np.float32), is_estimate=False)
    assert minutes_by_venue(reach, 3).tolist() == [np.inf, np.inf, 4]


SOME = [
    changed(
        key=f"k{n}", kind=f"k{n % 3}", group=f"g{n % 4}", venue=n % 2, activity=name
    )
    for n, name in enumerate(["Choir", "Bowls", "Choir", "Pottery", "Walks", "Choir"])
]


@given(st.permutations(SOME))
def test_order_of_the_listings_does_not_matter(listings):
    assert keys(catalogue_of(*listings)) == keys(catalogue_of(*SOME))


def test_meaning_is_the_cosine_of_what_was_said():
    """Half of the best wish, and half of all wanted: their mean, shortened."""
    model = load_model()
    (found,) = answer(catalogue_of(CHOIR), "Tuesday choir").matches
    said = model.vectors(["tuesday choir", "choir, choral society, singing"])
    mean = said.mean(axis=0)
    mean /= np.linalg.norm(mean) ** 0.5
    there = model.vector(CHOIR.text)
    assert found.terms["meaning"] == pytest.approx(
        (mean @ there + max(said @ there)) / 2, abs=0.01
    )


def test_of_a_conversation_that_grows_only_what_was_added_is_read():
    model, read = load_model(), []

    class Counting:
        def vectors(self, texts):
            read.append(set(texts))
            return model.vectors(texts)

    said = "I'd love a brew with somebody. My knees are bad."
    understand(said, Counting())
    understand(f"{said} I miss singing in the choir.", Counting())
    before, after = read
    assert before <= after
    assert max(map(len, after - before)) < len(said), "a sentence, not all of it anew"


def test_a_listing_whose_meaning_was_not_read_yet_is_found_by_its_words():
    others = [
        changed(key=str(n), activity="Bowls", description="On the green", group=str(n))
        for n in range(60)
    ]
    unread = Catalogue.of([CHOIR, *others], now=NOW, calendar=ENGLAND)
    assert keys(unread, "I miss singing in a choir") == ["choir"]


def test_one_thing_named_is_first_what_is_called_by_it():
    chess = changed(
        key="chess", activity="Chess at the window", description="Boards set out."
    )
    games = changed(
        key="games",
        activity="Dominoes and cards",
        description="Dominoes, crib and whist for no money, with much teasing.",
        group="The Capstan",
    )
    both = catalogue_of(chess, games, CHOIR)
    assert keys(both, "chess", minutes=(9.0,)) == ["chess", "games"]
    assert keys(both, "Chess!", minutes=(9.0,)) == ["chess", "games"]
    assert understand("I would like to play chess with my brother", None).named == ""
