"""Who changed and who did not, as rows: pencil-sized, and a planted effect found."""

import datetime as dt
import math

import numpy as np
import pytest

from thedeal.money.evaluation.both_ways import both_ways
from thedeal.money.outcomes import Known, Read, own_answers

DAY = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 11, 23)
SINCE = dt.date(2025, 9, 1)


def read(person, days, value):
    return Read(person=person, on=DAY + dt.timedelta(days=days), value=value)


def rows(readings, began, today=TODAY):
    known = {one.person: Known(since=SINCE) for one in readings}
    return own_answers(readings, known, began, today=today)


def test_the_last_answer_before_and_the_first_once_settled_are_taken():
    readings = [
        *(read("a", -200, 1), read("a", -90, 2), read("a", -3, 3)),
        *(read("a", 10, 8), read("a", 40, 6), read("a", 90, 9)),
        *(read("b", -20, 4), read("b", 60, 5)),
    ]
    found = rows(readings, {"a": DAY})
    assert found.keys == ("a", "b")
    assert list(found.took_part) == [True, False]
    assert list(found.before) == [3, 4]
    assert list(found.after) == [6, 5]


def test_who_was_never_asked_before_is_left_out_and_after_is_missing():
    readings = [read("a", 40, 6), read("b", -20, 4), read("c", -5, 2)]
    found = rows(readings, {"a": DAY, "c": DAY})
    assert found.keys == ("b", "c")
    assert math.isnan(found.after[1])


def test_nobody_is_judged_before_half_a_year_has_passed():
    readings = [read("a", -5, 2), read("a", 40, 6)]
    assert rows(readings, {"a": DAY}, today=DAY + dt.timedelta(weeks=25)).keys == ()


def test_where_nobody_changed_there_is_nobody_to_show():
    assert rows([read("a", -5, 2)], {}).keys == ()


def made(*, effect, count=160, seed=7):
    chance = np.random.default_rng(seed)
    readings, began = [], {}
    for number in range(2 * count):
        who, changed = f"p{number:04}", number % 2 == 0
        steady = chance.normal(5, 1)
        readings.append(read(who, -7, steady + chance.normal(0, 0.7)))
        after = steady + chance.normal(0, 0.7) + (effect if changed else 0)
        readings.append(read(who, 60, after))
        if changed:
            began[who] = DAY
    return rows(readings, began)


def test_a_planted_change_is_found_and_told_with_what_came_by_itself():
    told = both_ways(made(effect=-1.0), worthwhile=0.5, unit="points")
    estimate = told["compared"]["estimate"]
    assert estimate["low"] < -1.0 < estimate["high"]
    assert told["compared"]["grade"] == 3
    alone = told["before_after"]
    assert alone["grade"] == 1
    assert abs(alone["expected_by_itself"]) < 0.2
    assert "Without people to compare with" in alone["explained"]


def test_nothing_planted_could_be_nothing():
    told = both_ways(made(effect=0.0), worthwhile=0.5, unit="points")
    assert (
        told["compared"]["estimate"]["low"] < 0 < told["compared"]["estimate"]["high"]
    )


@pytest.mark.parametrize("count", [3, 12])
def test_too_few_are_shown_nothing_of(count):
    told = both_ways(made(effect=-3.0, count=count), worthwhile=0.1, unit="points")
    assert told["compared"] is None
    assert told["before_after"] is None
    assert told["reasons"]
