"""Did it work: planted effects come back, nothing planted stays nothing."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.unit.money.made_people import MEAN, REPEAT_CORRELATION, made
from thedeal.money.evaluation import enough, matching
from thedeal.money.evaluation.before_after import (
    BeforeAfter,
    Everyone,
    Withheld,
    before_and_after,
)
from thedeal.money.evaluation.did_it_work import Answer, _range, did_it_work
from thedeal.money.evaluation.differences import difference_in_differences
from thedeal.money.evaluation.grade import Design, maryland
from thedeal.money.evaluation.people import EvaluationError, people
from thedeal.money.parameters import Parameter

UNIT = "points of 10"
ALPHA = 0.05


def parameter(key, value, **changes):
    return Parameter(
        key=key, title=key, value=value, unit=UNIT, source="planted", **changes
    )


EVERYONE = Everyone(
    mean=parameter("mean", MEAN),
    repeat_correlation=parameter("r", REPEAT_CORRELATION, low=0.5, high=0.7),
)


def ask(group, **changes):
    return did_it_work(group, **{"worthwhile": 1.0, "unit": UNIT, **changes})


def test_a_planted_effect_is_recovered():
    effects = [ask(made(effect=1.0, count=600, seed=s)).estimate for s in range(12)]
    mean = np.mean([e.effect for e in effects])
    # one estimate's error is about 0.25, so twelve's mean is within 0.25 at 3.4 sigma
    assert mean == pytest.approx(1.0, abs=0.25)
    assert sum(e.low <= 1.0 <= e.high for e in effects) >= 10


def alarms(tries, *, count):
    """Count how often nothing planted is called an effect."""
    found = [ask(made(effect=0, count=count, seed=s)) for s in range(tries)]
    return sum(not answer.estimate.could_be_nothing for answer in found)


def expected_alarms(tries):
    """Give the bounds that chance alone crosses once in ten thousand such tests."""
    return stats.binom.ppf([0.00005, 0.99995], tries, ALPHA)


def test_with_nothing_planted_false_alarms_stay_at_the_nominal_rate():
    low, high = expected_alarms(150)
    assert low <= alarms(150, count=400) <= high


@pytest.mark.slow
def test_with_nothing_planted_false_alarms_in_two_thousand_trials():
    low, high = expected_alarms(2000)
    assert low <= alarms(2000, count=400) <= high


def test_before_and_after_alone_is_fooled_and_says_so():
    fooled = [
        before_and_after(
            made(effect=0, count=600, seed=s), everyone=EVERYONE, unit=UNIT
        )
        for s in range(20)
    ]
    assert sum(not f.low <= 0 <= f.high for f in fooled) >= 15  # nothing was planted
    left = np.mean([f.beyond_expected for f in fooled])
    assert left == pytest.approx(0, abs=0.12)  # 20 means of about 160: error 0.03
    assert all(f.grade == 1 for f in fooled)
    assert "was expected with no help at all" in fooled[0].explained


def test_regression_to_the_mean_by_pencil():
    # forty people at 4, two points below everyone; r = 0.6, so 0.8 comes by itself
    group = people(
        keys=[str(i) for i in range(40)],
        took_part=[True] * 40,
        before=[4.0] * 40,
        after=[4.7, 5.3] * 20,
    )
    everyone = Everyone(
        mean=parameter("m", 6.0), repeat_correlation=parameter("r", 0.6)
    )
    said = before_and_after(group, everyone=everyone, unit=UNIT)
    assert isinstance(said, BeforeAfter)
    assert said.change == pytest.approx(1.0)
    assert said.expected_by_itself == pytest.approx(0.8)
    assert said.beyond_expected == pytest.approx(0.2)
    assert "unverified" in said.explained


def test_few_people_with_two_readings_show_nothing():
    group = people(
        keys=[str(i) for i in range(40)],
        took_part=[True] * 40,
        before=[4.0] * 40,
        after=[5.0] * 29 + [float("nan")] * 11,
    )
    said = before_and_after(group, everyone=EVERYONE, unit=UNIT)
    assert isinstance(said, Withheld)
    assert "Nothing is shown" in said.reasons[0]


def test_too_thin_shows_nothing():
    said = ask(made(effect=5, count=60), worthwhile=0.5)
    assert isinstance(said, Withheld)
    assert "too few people to tell" in said.reasons[0]


def test_fewer_than_eight_show_nothing():
    few = made(effect=5, count=60).chosen(np.arange(60))
    keep = np.r_[np.flatnonzero(few.took_part)[:7], np.flatnonzero(~few.took_part)]
    said = ask(few.chosen(keep))
    assert isinstance(said, Withheld)
    assert "point at somebody" in said.reasons[0]


def test_nobody_at_all_shows_nothing():
    assert isinstance(ask(people(keys=[], took_part=[], before=[], after=[])), Withheld)


def test_everything_needed_stands_beside_the_figure():
    said = ask(made(effect=1.0, count=600))
    assert isinstance(said, Answer)
    assert said.grade == 3
    assert abs(said.balance_before["before"]) > 0.5  # they did differ
    assert max(map(abs, said.balance_after.values())) <= matching.TOO_DIFFERENT
    assert said.estimate.low < said.estimate.effect < said.estimate.high
    assert "cannot rule that out" in said.sentences[-1]


def test_exact_matching_pairs_only_people_of_one_kind():
    pairs = matching.match(made(effect=1.0, count=600), method="exact")
    assert pairs.ours.same == pairs.theirs.same
    assert len(pairs.ours.keys) + pairs.unmatched > 100


def test_nobody_is_used_twice_and_sides_never_mix():
    pairs = matching.match(made(effect=1.0, count=600))
    used = pairs.ours.keys + pairs.theirs.keys
    assert len(set(used)) == len(used)
    assert pairs.ours.took_part.all()
    assert not pairs.theirs.took_part.any()


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_order_of_rows_is_immaterial(seed):
    group = made(effect=1.0, count=200)
    shuffled = group.chosen(np.random.default_rng(seed).permutation(200))
    one, other = ask(group, worthwhile=2), ask(shuffled, worthwhile=2)
    assert other.estimate == one.estimate
    assert other.balance_after == one.balance_after


@settings(max_examples=15)
@given(st.floats(0.01, 1000))
def test_units_are_immaterial(scale):
    group = made(effect=1.0, count=300)
    scaled = people(
        keys=group.keys,
        took_part=group.took_part,
        before=group.before * scale,
        after=group.after * scale,
        traits={"age in months": group.traits[:, 0] * 12},
        same=group.same,
    )
    one = ask(group, worthwhile=2).estimate
    other = ask(scaled, worthwhile=2 * scale).estimate
    # the logistic fit stops within its own tolerance, so scores agree to about 1e-6
    assert other.effect / scale == pytest.approx(one.effect, rel=1e-6)
    assert other.p_value == pytest.approx(one.p_value, rel=1e-4, abs=1e-12)


def test_difference_in_differences_by_pencil():
    # those who took part rise by 2, 3 and 4; those like them by 1 each: effect 2
    def side(changes, took_part):
        return people(
            keys=[f"{took_part}{i}" for i in range(3)],
            took_part=[took_part] * 3,
            before=[5.0] * 3,
            after=[5.0 + c for c in changes],
        )

    pairs = matching.Matched(
        ours=side([2, 3, 4], True),
        theirs=side([1, 1, 1], False),
        unmatched=0,
        method="exact",
        balance_before={},
        balance_after={},
    )
    estimate = difference_in_differences(pairs, alpha=ALPHA)
    assert estimate.effect == pytest.approx(2.0)
    # clustered by pair: sqrt((1 + 0 + 1) / 9) x sqrt(3/2 x 5/4), t with 2 freedoms
    error = np.sqrt(2 / 9 * 3 / 2 * 5 / 4)
    reach = stats.t.ppf(0.975, 2) * error
    assert estimate.high - estimate.effect == pytest.approx(reach)


def test_power_agrees_with_statsmodels():
    from statsmodels.stats.power import TTestIndPower

    reach = enough.detectable(
        sd_change=2.0, count=50, other_count=70, rules=enough.Rules()
    )
    power = TTestIndPower().power(reach / 2.0, 50, 0.05, ratio=70 / 50)
    assert power == pytest.approx(0.8, abs=0.005)  # ours is the usual approximation


@given(st.integers(2, 500), st.integers(2, 500), st.integers(1, 100))
def test_more_people_see_smaller_differences(count, other, more):
    rules = enough.Rules()
    few = enough.detectable(sd_change=1, count=count, other_count=other, rules=rules)
    many = enough.detectable(
        sd_change=1, count=count + more, other_count=other, rules=rules
    )
    assert many <= few


@pytest.mark.parametrize(
    ("design", "grade"),
    [
        ({"has_after": False}, 0),
        ({"has_before": False}, 0),
        ({}, 1),
        ({"has_comparison": True}, 2),
        ({"has_comparison": True, "comparison_has_before": True}, 2),
        (
            {
                "has_comparison": True,
                "comparison_has_before": True,
                "is_balanced": True,
            },
            3,
        ),
        (
            {
                "has_comparison": True,
                "comparison_has_before": True,
                "chance_decided_by": "the waiting list",
            },
            4,
        ),
        (
            {
                "has_comparison": True,
                "comparison_has_before": True,
                "lot_drawn_by": "draw 12",
            },
            5,
        ),
        ({"lot_drawn_by": "a lot with nobody to compare"}, 1),
    ],
)
def test_grade_follows_from_what_was_done(design, grade):
    assert (
        maryland(Design(**{"has_before": True, "has_after": True, **design})) == grade
    )


def test_groups_that_cannot_be_made_alike_are_weak_evidence():
    group = made(effect=1.0, count=200, choosing=0)
    moved = people(
        keys=group.keys,
        took_part=group.took_part,
        before=group.before + 3 * group.took_part,
        after=group.after + 3 * group.took_part,
    )
    said = ask(moved, method="exact", worthwhile=5)
    assert isinstance(said, Answer)
    assert said.grade == 2
    assert any("did not begin alike enough" in s for s in said.sentences)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"keys": ["a", "a"]}, "twice"),
        ({"before": [1.0]}, "line up"),
        ({"traits": {"age": [1.0, float("nan")]}}, "trait is missing"),
    ],
)
def test_people_that_do_not_line_up_are_refused(changes, sentence):
    given = {
        "keys": ["a", "b"],
        "took_part": [True, False],
        "before": [1.0, 2.0],
        "after": [1.0, 2.0],
    }
    with pytest.raises(EvaluationError, match=sentence):
        people(**{**given, **changes})


def test_a_difference_worth_nothing_is_refused():
    with pytest.raises(EvaluationError, match="would matter"):
        ask(made(effect=0), worthwhile=0)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ((-347.43, -236.15), "236.15 and 347.43 lower"),
        ((1.5, 2.0), "1.50 and 2.00 higher"),
        ((-3.0, 1.0), "1.00 higher and 3.00 lower"),
    ],
)
def test_a_range_is_said_as_people_say_it(ends, said):
    low, high = ends
    assert _range(SimpleNamespace(low=low, high=high)) == said
