"""Additionality, optimism, prices and unit costs, against pencil and publication."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.money import unit_costs
from thedeal.money.appraisal import additionality, bias, rule_sets
from thedeal.money.appraisal.reading import wellby_at
from thedeal.money.parameters import Parameter, ParameterError, from_case, from_entry
from thedeal.money.prices import Deflator, PriceBaseError, first_year


@pytest.fixture
def deflator(entries):
    entry = entries["money/deflators.gdp"]
    return Deflator(title=entry.title, index=entry.table)


@pytest.mark.parametrize(
    ("name", "net"), [("central", 0.54), ("health-and-wellbeing", 0.666)]
)
def test_central_additionality_matches_the_compiler(entries, name, net):
    table = entries[f"money/additionality.{name}"].table
    shares = {part: spread["central"] for part, spread in table.items()}
    assert additionality.net_of(1.0, **shares) == pytest.approx(net, abs=1e-12)


@given(
    st.permutations(additionality.PARTS),
    st.lists(st.floats(0, 1), min_size=4, max_size=4),
)
def test_additionality_order_is_immaterial(order, shares):
    by_part = dict(zip(additionality.PARTS, shares, strict=True))
    shuffled = {part: by_part[part] for part in order}
    one = additionality.net_of(100.0, **by_part)
    assert additionality.net_of(100.0, **shuffled) == pytest.approx(one, abs=1e-9)


def test_a_share_above_one_is_refused():
    with pytest.raises(ParameterError, match="between 0 and 1"):
        additionality.net_of(1.0, deadweight=1.2)


def test_capital_bias_half_mitigated():
    assert bias.capital_factor(0.20, mitigated=0.5) == pytest.approx(1.10)
    assert bias.capital_factor(0.51, mitigated=0.5) == pytest.approx(1.255)


@given(st.floats(0, 3), st.floats(0, 1), st.floats(0, 1))
def test_more_mitigation_never_costs_more(upper, one, other):
    less, more = sorted((one, other))
    assert bias.capital_factor(upper, mitigated=more) <= bias.capital_factor(
        upper, mitigated=less
    )


def test_ladder_corrects_worse_evidence_more(entries):
    entry = entries["money/optimism.gm-2014"]
    ladder = bias.read_ladder(
        "gm", title=entry.title, table=entry.table, status=entry.status
    )
    assert [ladder.benefit_factor(g) for g in range(1, 7)] == pytest.approx(
        [1, 0.95, 0.9, 0.85, 0.75, 0.6]
    )
    assert ladder.cost_factor(6) == pytest.approx(1.4)
    assert ladder.status == "unverified"
    with pytest.raises(ParameterError, match="no grade 7"):
        ladder.benefit_factor(7)


def test_ladder_with_a_missing_rung_is_refused():
    rows = [{"grade": g, "benefit_off": 0.1, "cost_on": 0.1} for g in (1, 3)]
    with pytest.raises(ParameterError, match="rung"):
        bias.read_ladder("x", title="Broken", table=rows, status="unverified")


def test_a_claim_is_as_weak_as_its_weakest_part():
    assert bias.worst_grade(people_data=1, evidence=5, age_of_data=2) == 5


def test_prices_from_2013_14_to_2024_lie_in_the_known_range(deflator):
    assert 1.350 <= deflator.rebase(1.0, base="2013/14", to=2024) <= 1.361


def test_a_price_base_with_no_index_is_refused(deflator):
    with pytest.raises(PriceBaseError, match="no price index for 2031"):
        deflator.of(2031)


def test_a_deflator_with_a_hole_is_refused():
    with pytest.raises(PriceBaseError, match="hole"):
        Deflator(title="Broken", index={2019: 81.0, 2021: 86.0})


@pytest.mark.parametrize("wrong", ["2013/15", "13/14", "2013/", "2013-2", "next year"])
def test_a_mistyped_financial_year_is_refused(wrong):
    with pytest.raises(PriceBaseError, match="2013/14"):
        first_year(wrong)


def test_the_turn_of_a_century_is_a_financial_year():
    assert first_year("1999/00") == 1999


@given(
    st.floats(0.01, 1e7),
    st.sampled_from([1995, "2013/14", 2019, 2024]),
    st.sampled_from([2000, "2009/10", 2023]),
)
def test_rebasing_there_and_back_changes_nothing(entries, pounds, one, other):
    entry = entries["money/deflators.gdp"]
    deflator = Deflator(title=entry.title, index=entry.table)
    there = deflator.rebase(pounds, base=one, to=other)
    back = deflator.rebase(there, base=other, to=one)
    assert back == pytest.approx(pounds, rel=1e-12)


def test_published_wellby_example(entries, deflator):
    wellby = from_entry(entries["money/wellby.standard"])
    assert 0.2 * wellby.value == pytest.approx(2600)
    assert 1 * 100 * 5 * wellby.value == pytest.approx(6_500_000)


def test_wellby_lifted_to_2024_prices(entries, deflator):
    wellby = wellby_at(entries, deflator, base=2024)
    assert round(wellby.value) == 16_028
    assert tuple(map(round, wellby.span)) == (12_329, 19_727)
    assert round(wellby.value * 500) == 8_013_957


def test_unit_costs_satisfy_their_own_published_sums(entries):
    assert unit_costs.check_sums(entries["money/unit_costs.sums-1-4"].table) == []


def test_unit_cost_wholes_agree_with_the_rows_shipped(entries):
    rows = unit_costs.read_table(entries["money/unit_costs.gmca-1-4"])
    wholes = entries["money/unit_costs.sums-1-4"].table
    both = [(s, rows[s["code"]]) for s in wholes if s["code"] in rows]
    assert len(both) == 4
    assert all(s["whole"] == row.pounds for s, row in both)


def test_a_wrong_sum_is_found():
    said = unit_costs.check_sums([{"code": "FI1.0", "whole": 3079, "parts": [972]}])
    assert said == ["FI1.0: the parts come to £972.00, the table says £3,079.00."]


def test_a_formula_read_as_digits_is_found():
    row = {"code": "SS7.1", "pounds": 5_382_300_141.0, "shares": {"council": 1}}
    assert "cannot be right" in unit_costs.check_rows([row])[0]


def test_recovery_fund_mean(entries):
    fund = entries["money/wigan_claims.recovery-fund"].table
    assert round(fund["pounds"] / fund["projects"], 2) == fund["mean_pounds"] == 782.59


def test_newest_edition_by_date(entries):
    then = rule_sets.newest(entries, on=dt.date(2025, 6, 1))
    now = rule_sets.newest(entries, on=dt.date(2026, 11, 23))
    assert (then.key, now.key) == ("green-book-2018", "green-book-2026")
    assert then.is_older
    with pytest.raises(rule_sets.RuleSetError, match="No edition"):
        rule_sets.newest(entries, on=dt.date(1990, 1, 1))


def test_the_2026_edition_refuses_a_tax_uplift(entries):
    rules = rule_sets.rule_set(entries, name="green-book-2026")
    with pytest.raises(rule_sets.RuleSetError, match="no uplift"):
        rules.uplift(is_asked=True)


def test_every_money_definition_says_where_it_came_from(entries):
    ours = [e for key, e in entries.items() if key.startswith("money/")]
    assert len(ours) > 20
    assert [e.key for e in ours if e.source is None or not e.unit] == []
    assert [e.key for e in ours if e.checked_on is None or e.review_by is None] == []


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("ten", "give a number"),
        (True, "give a number"),
        (float("nan"), "finite"),
        ({"central": 5, "low": 6}, "must lie between"),
        ({"central": 5, "hihg": 6}, "unknown words hihg"),
        ({"central": 5, "status": "verified"}, "must name its source"),
        ({"central": 5, "status": "sure"}, "status must be"),
    ],
)
def test_a_bad_number_is_refused_with_a_sentence(raw, sentence):
    with pytest.raises(ParameterError, match=sentence):
        from_case(raw, key="k", title="t", unit="pounds")


@given(st.floats(0, 10), st.floats(0, 10), st.integers(0, 2**31))
def test_draws_stay_in_their_range_and_repeat(low, more, seed):
    each = Parameter(
        key="k", title="t", value=low, unit="u", source="s", low=low, high=low + more
    )
    draws = each.draws(seed=seed, count=50)
    assert draws.min() >= low - 1e-9
    assert draws.max() <= low + more + 1e-9
    assert (draws == each.draws(seed=seed, count=50)).all()
