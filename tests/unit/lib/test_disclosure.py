"""Small numbers: the rule, its edges, and the attack that it must withstand."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.lib import disclosure


def test_zero_is_shown():
    assert str(disclosure.count(0)) == "0"


@pytest.mark.parametrize("people", range(1, 8))
def test_one_to_seven_are_hidden(people):
    assert str(disclosure.count(people)) == "*"


@pytest.mark.parametrize(
    ("people", "shown"), [(8, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1003, 1005)]
)
def test_others_are_rounded_to_five(people, shown):
    assert disclosure.count(people).people == shown


def test_below_zero_is_refused():
    with pytest.raises(ValueError, match="below 0"):
        disclosure.count(-1)


@given(st.integers(min_value=8, max_value=10**7))
def test_rounding_moves_a_count_by_two_at_most(people):
    shown = disclosure.count(people).people
    assert shown is not None
    assert shown % 5 == 0
    assert abs(shown - people) <= 2


@given(st.lists(st.integers(min_value=0, max_value=500), min_size=1, max_size=12))
def test_a_total_is_rounded_on_its_own(cells):
    shown, total = disclosure.counts(cells)
    assert total == disclosure.count(sum(cells))
    assert len(shown) == len(cells)


def test_subtracting_from_the_total_recovers_almost_nothing():
    """The attack of the measurements behind ADR 6, on 5,000 made-up tables."""
    rng = random.Random(7)
    hidden = recovered = 0
    for _ in range(5000):
        cells = [int(rng.expovariate(1 / 20)) for _ in range(6)]
        shown, total = disclosure.counts(cells)
        gaps = [i for i, cell in enumerate(shown) if cell.people is None]
        hidden += len(gaps)
        if len(gaps) == 1 and total.people is not None:
            guess = total.people - sum(c.people or 0 for c in shown)
            recovered += guess == cells[gaps[0]] and _only_answer(cells, gaps[0])
    assert recovered / hidden <= 0.001


def _only_answer(cells, gap):
    """Say whether no other hidden value could have given the same table."""
    others = []
    for value in range(1, 8):
        table = [*cells]
        table[gap] = value
        if disclosure.counts(table) == disclosure.counts(cells):
            others.append(value)
    return others == [cells[gap]]


def test_a_mean_needs_eight_people():
    assert disclosure.mean([5.0] * 7) is None
    assert disclosure.mean([5.0] * 8) == 5.0


def test_money_needs_ten_people_and_no_giant():
    assert disclosure.money([100.0] * 9) is None
    assert disclosure.money([100.0] * 10) == 1000
    assert disclosure.money([100.0] * 10 + [5000.0]) is None


def test_a_share_comes_from_published_counts():
    assert disclosure.share(3, 100) is None
    assert disclosure.share(50, 100) == 0.5
    assert disclosure.share(5, 0) is None
