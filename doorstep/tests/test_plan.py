"""The whole-borough plan: sharing out, and groups that should exist."""

import itertools

import numpy as np
import pytest
from doorstep.cover import HOURS
from doorstep.plan import FEWEST, MOST, BadPlanError, introduce, propose
from doorstep.walks import Reaches
from hypothesis import given
from hypothesis import strategies as st

TUESDAY_TEN = 24 + 10


def reaches_of(minutes, limit=10.0):
    near = np.array(minutes, np.float32) <= limit
    return Reaches(
        indptr=np.concatenate([[0], near.sum(axis=1).cumsum()]).astype(np.int64),
        venue=np.nonzero(near)[1].astype(np.int32),
        minutes=np.array(minutes, np.float32)[near],
        why_not=np.zeros(len(near), np.int8),
        is_estimate=False,
    )


def test_nobody_is_sent_to_a_full_kettle():
    everyone = np.arange(50)
    shared = introduce(everyone, np.zeros(50), np.full(50, 0.9), room=[12])
    assert len(shared.person) == 12


def test_the_second_best_is_taken_where_all_together_are_better_for_it():
    # Ann fits both well, Bob only the choir: so Ann bakes
    rows = [(0, 0, 0.9), (0, 1, 0.8), (1, 0, 0.7)]
    shared = introduce(*zip(*rows, strict=True), room=[1, 1])
    assert list(zip(shared.person, shared.activity, strict=True)) == [(0, 1), (1, 0)]
    assert shared.total_fit == pytest.approx(1.5)


def test_nobody_to_introduce_and_no_room_are_answers():
    assert len(introduce([], [], [], room=[]).person) == 0
    assert len(introduce([0], [0], [0.5], room=[0]).person) == 0


@pytest.mark.parametrize(
    ("rows", "room"),
    [
        (([0], [0, 1], [0.5]), [1, 1]),
        (([0], [0], [0.0]), [1]),
        (([0], [0], [float("nan")]), [1]),
        (([0], [3], [0.5]), [1]),
        (([0], [0], [0.5]), [-1]),
    ],
)
def test_rows_that_cannot_be_are_refused(rows, room):
    with pytest.raises(BadPlanError):
        introduce(*rows, room=room)


@st.composite
def pairs(draw):
    people, activities = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    fits = {
        (p, a): draw(st.integers(1, 100)) / 100
        for p in range(people)
        for a in range(activities)
        if draw(st.booleans())
    }
    return people, fits, [draw(st.integers(0, 2)) for _ in range(activities)]


def best_by_hand(people, fits, rooms):
    """Try everything: each person goes somewhere they fit, or nowhere."""
    each = [[None, *(a for p, a in fits if p == person)] for person in range(people)]
    best = 0.0
    for choice in itertools.product(*each):
        taken = [choice.count(a) for a in range(len(rooms))]
        if all(t <= r for t, r in zip(taken, rooms, strict=True)):
            fit = sum(fits[p, a] for p, a in enumerate(choice) if a is not None)
            best = max(best, fit)
    return best


@given(pairs())
def test_no_other_way_fits_better(given_pairs):
    people, fits, rooms = given_pairs
    who, where = [p for p, _ in fits], [a for _, a in fits]
    shared = introduce(who, where, list(fits.values()), room=rooms)
    assert shared.total_fit == pytest.approx(
        best_by_hand(people, fits, rooms), abs=1e-3
    )
    assert (np.bincount(shared.activity, minlength=len(rooms)) <= rooms).all()
    assert len(set(shared.person.tolist())) == len(shared.person)


def planted(n_people, *, n_sharing):
    """Give a borough in which so many near hub 1 share interest 2 on Tuesday at ten."""
    minutes = np.full((n_people, 3), 60.0)
    minutes[:n_sharing, 1] = np.arange(n_sharing) % 9 + 1
    interests = np.zeros((n_people, 4), bool)
    interests[:, 2] = True
    free = np.zeros((n_people, HOURS), bool)
    free[:n_sharing, TUESDAY_TEN] = True
    return reaches_of(minutes), {"interests": interests, "free": free, "n_hubs": 3}


def test_a_group_that_was_planted_is_found_and_nothing_else():
    reaches, borough = planted(40, n_sharing=7)
    (found,) = propose(reaches, **borough)
    assert (found.hub, found.interest, found.hour) == (1, 2, TUESDAY_TEN)
    assert sorted(found.people) == list(range(7))
    assert found.longest_walk_minutes == 7


def test_five_are_too_few_and_thirty_are_three_groups():
    few, borough = planted(40, n_sharing=FEWEST - 1)
    assert list(propose(few, **borough)) == []
    many, borough = planted(40, n_sharing=30)
    sizes = [len(found.people) for found in propose(many, **borough)]
    assert sizes == [MOST, MOST, FEWEST]


def test_what_is_there_already_or_closed_then_is_not_proposed():
    reaches, borough = planted(40, n_sharing=8)
    there = borough["interests"].copy()
    assert list(propose(reaches, **borough, answered=there)) == []
    closed = np.zeros((3, HOURS), bool)
    assert list(propose(reaches, **borough, hub_open=closed)) == []


@given(st.integers(0, 2**32))
def test_every_proposal_is_one_that_could_begin(seed):
    rng = np.random.default_rng(seed)
    minutes = rng.uniform(1, 25, (80, 3))
    reaches = reaches_of(minutes)
    interests, free = rng.random((80, 2)) < 0.6, rng.random((80, HOURS)) < 0.1
    seen = set()
    for found in propose(reaches, interests=interests, free=free, n_hubs=3):
        assert FEWEST <= len(found.people) <= MOST
        assert len(set(found.people)) == len(found.people)
        for person in found.people:
            assert minutes[person, found.hub] <= 10
            assert interests[person, found.interest] and free[person, found.hour]
            assert (person, found.interest) not in seen
            seen.add((person, found.interest))
