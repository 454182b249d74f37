"""Everybody's list at once is the list that each would have had alone."""

import datetime as dt

import numpy as np
import pytest
from doorstep.asking import Asked, BadQuestionError, understand
from doorstep.catalogue import Catalogue
from doorstep.detour import DetourWalk
from doorstep.everyone import lists_for_everyone
from doorstep.listings import Known, Listing
from doorstep.match import match, minutes_by_venue
from doorstep.meaning import load_model
from doorstep.sessions import LONDON, Calendar

from doorstep import everyone

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=LONDON)
LON, LAT = -2.6, 53.5
OFFERED = [
    ("choir", "A friendly choir for anyone who likes singing"),
    ("brew", "A brew and a natter, all welcome"),
    ("bowls", "Crown green bowls, beginners welcome"),
    ("grief", "A bereavement group for those who lost somebody"),
    ("garden", "A community garden, come and dig"),
]


@pytest.fixture(scope="module")
def catalogue():
    rng = np.random.default_rng(3)
    listings = [
        Listing(
            key=f"{kind}{n}",
            activity=words,
            kind=kind,
            venue=int(rng.integers(-1, 12)),
            cost_pence=[0, 300, None][n % 3],
            access={"step_free": Known(int(rng.integers(0, 3)))},
        )
        for n in range(8)
        for kind, words in OFFERED
    ]
    what = load_model().vectors([x.text for x in listings])
    return Catalogue.of(listings, now=NOW, calendar=Calendar(), what=what)


@pytest.fixture(scope="module")
def walk():
    rng = np.random.default_rng(4)
    return DetourWalk(LON + rng.uniform(0, 0.03, 12), LAT + rng.uniform(0, 0.02, 12))


def test_each_list_is_that_of_one_who_asks_alone(catalogue, walk, monkeypatch):
    monkeypatch.setattr(everyone, "AT_ONCE", 7)
    rng, model = np.random.default_rng(5), load_model()
    questions = [
        (Asked(how_many=4), understand("I miss singing, and I can garden", model)),
        (Asked(how_many=6, must_be_free=True), understand("", model)),
        (
            Asked(
                limit_minutes=15,
                needs=frozenset({"step_free"}),
                mattered=(catalogue.listings[3].key,),
            ),
            understand("bowls, I can't be doing with choirs", model),
        ),
    ]
    lons, lats = LON + rng.uniform(0, 0.03, 40), LAT + rng.uniform(0, 0.02, 40)
    number = rng.integers(0, 3, 40)
    told = lists_for_everyone(
        catalogue,
        walk,
        lons=lons,
        lats=lats,
        questions=questions,
        question=number,
        today=NOW.date(),
    )
    for person in range(40):
        asked, understood = questions[number[person]]
        minutes = minutes_by_venue(walk.from_place(lons[person], lats[person]), 12)
        alone = match(
            catalogue, asked, understood, minutes=minutes, is_estimate=True, now=NOW
        )
        given = told.row[person][told.row[person] >= 0]
        keys = [catalogue.listings[row].key for row in given]
        assert keys == [found.key for found in alone.matches]
        assert (told.row[person][len(keys) :] == -1).all()


def test_nobody_is_an_answer_and_a_strange_question_is_refused(catalogue, walk):
    def ask(people, number):
        return lists_for_everyone(
            catalogue,
            walk,
            lons=[LON] * people,
            lats=[LAT] * people,
            questions=[(Asked(), understand("", None))],
            question=number,
            today=NOW.date(),
        )

    assert ask(0, []).row.shape == (0, 6)
    for number in ([1], [-1], [0, 0], []):
        with pytest.raises(BadQuestionError):
            ask(1, number)
