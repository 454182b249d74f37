"""Demand: nobody is lost, the same seed gives the same path, levers do what they say."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thedeal.lib.definitions import Entry
from thedeal.money.demand import report
from thedeal.money.demand.backtest import back_test
from thedeal.money.demand.projection import project
from thedeal.money.demand.published import back_tests, published
from thedeal.money.demand.rates import read_rates, transition
from thedeal.money.demand.reading import (
    BANDS,
    START,
    Ask,
    read_borough,
    read_levers,
    read_outlook,
)
from thedeal.money.demand.states import DemandError, State

ADULTS = {
    "Leigh": {
        "18 to 34": 9_000.0,
        "35 to 49": 8_000.0,
        "50 to 64": 9_000.0,
        "65 and over": 8_000.0,
    },
    "Hindley": {
        "18 to 34": 8_000.0,
        "35 to 49": 7_000.0,
        "50 to 64": 8_000.0,
        "65 and over": 9_000.0,
    },
}
FEW = Ask(years=4, draws=60, first_year=2026, gap_pounds=5_000_000)


@pytest.fixture(scope="module")
def borough(entries):
    return read_borough(entries, adults=ADULTS)


@pytest.fixture(scope="module")
def rates(entries):
    return read_rates(entries, bands=BANDS)


def test_the_start_holds_everybody_once(borough):
    assert borough.people.sum() == pytest.approx(
        sum(sum(by_band.values()) for by_band in ADULTS.values())
    )
    assert borough.people[..., State.DIED].sum() == 0


def test_nobody_is_lost_or_made(borough, rates):
    path = project(borough, rates, years=12, draws=20, seed=1)
    totals = path.people.sum(axis=(2, 3, 4))
    joined = borough.entrants.sum() * np.arange(13)
    assert np.allclose(totals, (totals[0] + joined[:, None]))


def test_the_same_seed_gives_the_same_path(borough, rates):
    one = project(borough, rates, years=3, draws=10, seed=7)
    other = project(borough, rates, years=3, draws=10, seed=7)
    assert np.array_equal(one.people, other.people)
    third = project(borough, rates, years=3, draws=10, seed=8)
    assert not np.array_equal(one.people, third.people)


@given(
    st.lists(st.floats(0, 3, allow_nan=False), min_size=len(State), max_size=len(State))
)
@settings(max_examples=60)
def test_chances_out_of_a_state_add_up_to_one(hazards):
    hazard = np.zeros((len(State), len(State)))
    hazard[0] = hazards
    hazard[0, 0] = 0
    chance = transition(hazard)
    assert np.allclose(chance.sum(axis=-1), 1)
    assert (chance >= 0).all()


def test_one_move_alone_happens_at_its_own_rate():
    hazard = np.zeros((len(State), len(State)))
    hazard[State.WELL, State.LONELY] = -np.log(1 - 0.3)
    assert transition(hazard)[State.WELL, State.LONELY] == pytest.approx(0.3)


def test_a_lever_moves_its_own_state_and_costs_what_it_says(entries):
    plain = read_outlook(entries, adults=ADULTS, ask=replace(FEW, with_levers=False))
    changed = read_outlook(entries, adults=ADULTS, ask=FEW)
    last = -1
    supported = "supported by community"
    assert (
        changed.people_with_levers[supported][last].central
        > plain.people[supported][last].central
    )
    assert changed.people[supported] == plain.people[supported]
    assert plain.pounds == plain.pounds_with_levers  # no levers: no cost, no saving
    assert plain.chance_closed[last] == 0


def test_no_chance_is_told_of_closing_a_gap_that_nobody_told(entries):
    untold = read_outlook(entries, adults=ADULTS, ask=replace(FEW, gap_pounds=None))
    assert untold.chance_closed == ()
    assert "likely" not in report.as_text(untold)
    with pytest.raises(DemandError, match="No gap was told"):
        untold.chance_by(2026)


def test_every_unsourced_rate_is_marked_in_every_output(entries):
    outlook = read_outlook(entries, adults=ADULTS, ask=FEW)
    unsure = [p for p in outlook.parameters if p.status == "unverified"]
    assert unsure
    assert all(any(p.title in w for w in outlook.warnings) for p in unsure)
    assert f"{len(unsure)} of {len(outlook.parameters)}" in report.as_text(outlook)
    assert unsure[0].key in report.as_json(outlook)


def test_what_the_start_stands_on_is_marked_too(entries):
    outlook = read_outlook(entries, adults=ADULTS, ask=Ask(years=1, draws=20))
    status = {p.key.removeprefix(START): p.status for p in outlook.parameters}
    assert status["turning_18"] == status["female_share"] == "unverified"
    assert status["community_share.65 and over"] == "unverified"
    assert status["lonely_share.65 and over"] == "verified"
    assert status["home_care_people.65 and over"] == "verified"
    assert status["home_care_people.50 to 64"] == "unverified"
    said = " ".join(outlook.warnings)
    assert "UNVERIFIED: Held up by people and groups near home" in said


def test_each_range_holds_its_central_figure(entries):
    outlook = read_outlook(entries, adults=ADULTS, ask=FEW)
    for band in (*outlook.pounds, *outlook.saved, *outlook.people["home care"]):
        assert band.low <= band.central <= band.high


def test_a_lever_whose_range_holds_no_effect_says_it_may_do_nothing(entries):
    unsure = [lever for lever in read_levers(entries) if lever.may_do_nothing]
    warnings = read_outlook(entries, adults=ADULTS, ask=FEW).warnings
    assert unsure
    for lever in unsure:
        assert any(lever.title in w and "may do nothing" in w for w in warnings)


def test_a_rate_table_with_a_hole_is_refused(entries):
    key = "money/demand_rates.well_to_lonely"
    holed: dict[str, Entry] = dict(entries)
    table = {k: v for k, v in entries[key].table.items() if k != "50 to 64"}
    holed[key] = replace(entries[key], table=table)
    with pytest.raises(DemandError, match="hole"):
        read_rates(holed, bands=BANDS)
    without = {k: v for k, v in entries.items() if k != key}
    with pytest.raises(DemandError, match="well to lonely"):
        read_rates(without, bands=BANDS)


def test_a_borough_with_nobody_is_refused(entries):
    with pytest.raises(DemandError, match="Load an area"):
        read_borough(entries, adults={})


def test_the_back_test_says_how_wrong_it_was_and_what_it_cannot_tell(entries):
    found = back_tests(entries, adults=ADULTS, ask=FEW)
    text = found[0].as_text()
    assert "2013/14: happened 1,700" in text
    assert "it will stay as it is" in text
    assert "What the Deal did" in text


def test_the_back_tests_errors_are_those_of_its_own_table():
    said = np.array([[100.0] * 3, [110.0] * 3, [120.0] * 3])
    happened = {2010: 100.0, 2011: 100.0, 2012: 100.0}
    found = back_test(said, first_year=2010, happened=happened, measure="x")
    assert found.mean_error_share == pytest.approx(0.15)
    assert found.no_change_error_share == 0
    assert found.is_worse_than_no_change


def test_published_totals_are_read_as_published():
    assert published("home_care_people_18_plus")[2010] == 1880
    assert published("care_home_weeks_65_plus")[2014] == 58718.72
