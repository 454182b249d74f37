"""Discounting against the published worked figures and against pencil."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.money.appraisal import rule_sets
from thedeal.money.appraisal.discounting import Band, RateTableError, Schedule

PUBLISHED = 5e-7  # the published factors are printed to six places


@pytest.fixture
def standard(entries):
    return rule_sets.schedule(entries, name="standard-2003")


@pytest.mark.parametrize(
    ("year", "factor"), [(1, 0.966184), (30, 0.356278), (31, 0.345901)]
)
def test_factor_matches_the_published_table(standard, year, factor):
    assert standard.factors(year + 1)[year] == pytest.approx(factor, abs=PUBLISHED)


def test_factor_of_year_ten_matches_to_the_four_places_published(standard):
    assert standard.factors(11)[10] == pytest.approx(0.7089, abs=5e-5)


def test_year_31_steps_down_at_its_own_rate(standard):
    factors = standard.factors(32)
    assert factors[31] == pytest.approx(factors[30] / 1.03, rel=1e-12)


def test_health_rate_is_slower(entries):
    health = rule_sets.schedule(entries, name="health-2003")
    assert health.factors(2)[1] == pytest.approx(0.9852, abs=5e-5)


@pytest.mark.parametrize(("years", "worth"), [(5, 4.515052), (30, 18.392045)])
def test_annuity_matches_the_published_figure(standard, years, worth):
    assert standard.annuity(years) == pytest.approx(worth, abs=PUBLISHED)


@pytest.mark.parametrize(
    ("amounts", "worth"),
    [([-100] + [30] * 5, 35.451571), ([-100, 50, 50, 50], 40.081849)],
)
def test_net_present_value_matches_the_published_figure(standard, amounts, worth):
    assert standard.present_value(amounts) == pytest.approx(worth, abs=PUBLISHED)


def test_factors_against_a_slow_loop(standard):
    slow = [1.0]
    for year in range(1, 320):
        band = next(
            b
            for b in standard.bands
            if b.first_year <= year and (b.last_year is None or year <= b.last_year)
        )
        slow.append(slow[-1] / (1 + band.rate))
    np.testing.assert_allclose(standard.factors(320), slow, rtol=1e-12)


def test_no_years_are_worth_nothing(standard):
    assert standard.factors(0).shape == (0,)


def test_a_hole_in_the_table_is_refused():
    with pytest.raises(RateTableError, match="hole or an overlap"):
        Schedule(
            name="Broken",
            bands=(
                Band(first_year=0, last_year=30, rate=0.035),
                Band(first_year=32, last_year=None, rate=0.03),
            ),
        )


def test_a_table_that_stops_is_refused():
    with pytest.raises(RateTableError, match="stop at year 30"):
        Schedule(name="Short", bands=(Band(first_year=0, last_year=30, rate=0.035),))


def test_a_rate_written_as_a_percentage_is_refused():
    with pytest.raises(RateTableError, match=r"0\.035"):
        Schedule(name="Percent", bands=(Band(first_year=0, last_year=None, rate=3.5),))


@given(amounts=st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_waiting_a_year_never_makes_money_worth_more(entries, amounts):
    standard = rule_sets.schedule(entries, name="standard-2003")
    now = standard.present_value(amounts)
    later = standard.present_value([0.0, *amounts])
    assert later <= now + 1e-6  # rounding of sums up to sixty million


@given(amounts=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_pence_and_pounds_give_the_same_answer(entries, amounts):
    standard = rule_sets.schedule(entries, name="standard-2003")
    pence = standard.present_value([a * 100 for a in amounts]) / 100
    assert pence == pytest.approx(standard.present_value(amounts), abs=1e-6)
