"""Scores against the outside tests T1 to T4 and T12 of the practice notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.lib import definitions
from thedeal.residents import measures


def definition(name):
    return definitions.get(f"measures/instruments.{name}").value


def one(found, part):
    return next(s for s in found if s.part == part)


@pytest.mark.parametrize(
    ("item", "answer", "band"),
    [
        ("satisfaction", 4, "low"),
        ("satisfaction", 5, "medium"),
        ("satisfaction", 7, "high"),
        ("satisfaction", 9, "very high"),
        ("anxious", 1, "very low"),
        ("anxious", 2, "low"),
        ("anxious", 5, "medium"),
        ("anxious", 6, "high"),
    ],
)
def test_ons4_bands(item, answer, band):
    found = measures.score("ons4", definition("ons4"), {item: answer})
    assert one(found, item).band == band


def test_ons4_has_no_sum():
    found = measures.score("ons4", definition("ons4"), {"happy": 3})
    assert [s.part for s in found] == ["satisfaction", "worthwhile", "happy", "anxious"]
    assert one(found, "satisfaction").value is None


@pytest.mark.parametrize("answer", [-1, 11, "lots"])
def test_ons4_refuses_what_is_not_on_the_scale(answer):
    with pytest.raises(measures.AnswerError, match="from 0 to 10"):
        measures.score("ons4", definition("ons4"), {"happy": answer})


@pytest.mark.parametrize(("each", "total"), [(1, 3), (2, 6), (3, 9)])
def test_loneliness_sums_the_three(each, total):
    answers = dict.fromkeys(("companionship", "left_out", "isolated"), each)
    found = measures.score("loneliness", definition("loneliness"), answers)
    assert one(found, "indirect").value == total
    assert one(found, "indirect").band == ("6 or more" if total >= 6 else "under 6")


def test_loneliness_with_a_blank_has_no_sum():
    found = measures.score(
        "loneliness",
        definition("loneliness"),
        {"companionship": "Often", "left_out": "Often", "lonely": "Never"},
    )
    assert one(found, "indirect").value is None
    assert one(found, "direct").value == 1


def test_loneliness_refuses_words_that_are_not_answers():
    with pytest.raises(measures.AnswerError, match="is not an answer"):
        measures.score("loneliness", definition("loneliness"), {"lonely": "Sometimes"})


def djg(emotional, social):
    names = [f"emotional_{n}" for n in (1, 2, 3)] + [f"social_{n}" for n in (1, 2, 3)]
    answers = dict(zip(names, [*emotional, *social], strict=True))
    return measures.score("djg6", definition("djg6"), answers, is_registered=True)


def test_djg6_not_lonely():
    assert one(djg(["no"] * 3, ["yes"] * 3), "total").value == 0


def test_djg6_the_middle_answer_always_counts():
    found = djg(["more or less"] * 3, ["more or less"] * 3)
    assert one(found, "total").value == 6
    assert one(found, "total").band == "severe"
    assert one(found, "social").value == 3


def test_djg6_mixed():
    found = djg(["yes", "no", "no"], ["yes", "yes", "no"])
    assert one(found, "total").value == 2
    assert one(found, "total").band == "moderate"
    assert [one(found, p).value for p in ("emotional", "social")] == [1, 1]


def test_djg6_one_missing_spoils_a_part_two_the_total():
    one_missing = djg([None, "no", "no"], ["yes", "yes", "yes"])
    assert one(one_missing, "emotional").value is None
    assert one(one_missing, "total").value == 0
    assert one(djg([None, None, "no"], ["yes"] * 3), "total").value is None


def test_djg6_refuses_other_words():
    with pytest.raises(measures.AnswerError):
        djg(["perhaps", "no", "no"], ["yes"] * 3)


SEVEN = ("one", "two", "three", "four", "five", "six", "seven")


@pytest.mark.parametrize(
    ("each", "metric"), [(1, 7.00), (3, 19.25), (4, 25.03), (5, 35.00)]
)
def test_swemwbs_metric(each, metric):
    found = measures.score(
        "swemwbs", definition("swemwbs"), dict.fromkeys(SEVEN, each), is_registered=True
    )
    assert found[0].value == metric


@pytest.mark.parametrize(
    ("raw", "band"), [(21, "low"), (22, "medium"), (30, "medium"), (31, "high")]
)
def test_swemwbs_bands_are_on_the_metric_scale(raw, band):
    spread = [raw // 7 + (n < raw % 7) for n in range(7)]
    answers = dict(zip(SEVEN, spread, strict=True))
    found = measures.score(
        "swemwbs", definition("swemwbs"), answers, is_registered=True
    )
    assert found[0].band == band


def test_swemwbs_is_locked_until_registered():
    with pytest.raises(measures.LockedError, match="University of Warwick"):
        measures.score("swemwbs", definition("swemwbs"), {})


def test_swemwbs_needs_all_seven():
    found = measures.score(
        "swemwbs", definition("swemwbs"), {"one": 3}, is_registered=True
    )
    assert found[0].value is None


@given(st.lists(st.integers(1, 5), min_size=7, max_size=7))
def test_swemwbs_metric_rises_with_the_raw_sum(answers):
    table = definition("swemwbs")["metric"]
    assert sorted(table.values()) == [table[raw] for raw in sorted(table)]
    found = measures.score(
        "swemwbs",
        definition("swemwbs"),
        dict(zip(SEVEN, answers, strict=True)),
        is_registered=True,
    )
    assert found[0].value == table[sum(answers)]


def test_a_goal_changes_by_last_minus_first():
    assert measures.goal_change([2, 5, 7]) == 5
    assert measures.goal_change([2]) is None


@pytest.mark.parametrize("number", ["9434765919", "991 200 3888", "900-000-0009"])
def test_nhs_number_valid(number):
    assert measures.is_nhs_number(number)


@pytest.mark.parametrize("number", ["9434765918", "943476591", "94347659٣9", "abc"])
def test_nhs_number_invalid(number):
    assert not measures.is_nhs_number(number)
