"""The ledger adds up, counts nothing twice, and the gap stands on it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.money.gap_sums import GapError, gap
from thedeal.money.ledger_sums import (
    Kind,
    LedgerError,
    Line,
    by_year,
    check_joins,
    counted_twice,
    standing,
    totals,
)


def line(reference="L1", **changes):
    given = {
        "reference": reference,
        "title": f"Line {reference}",
        "yearly": Decimal(100),
        "kind": Kind.CASH,
        "budget": "council",
        "service": "adult care",
        "first_year": 2026,
        "is_lasting": True,
        "author": "officer",
        "signed_by": "finance",
    }
    return Line(**{**given, **changes})


def everything(lines, year=2026):
    return totals(lines, year=year, by=lambda _: "all")


def test_taper_by_year():
    each = line(taper=(Decimal("0.25"), Decimal("0.5"), Decimal(1)), is_lasting=False)
    years = [each.in_year(y) for y in range(2025, 2031)]
    assert years == [0, 25, 50, 100, 0, 0]


def test_a_lasting_line_holds_its_last_share():
    each = line(taper=(Decimal("0.5"), Decimal("0.8")))
    assert [each.in_year(y) for y in (2026, 2027, 2040)] == [50, 80, 80]


def test_the_same_package_twice_in_one_budget_is_refused_with_a_reason():
    one, other = (
        line(effects=frozenset({"package:7"})),
        line("L2", effects=frozenset({"package:7", "package:8"})),
    )
    with pytest.raises(LedgerError, match="both count package:7 for council"):
        check_joins(other, ledger=[one])
    with pytest.raises(LedgerError, match="both count"):
        everything([one, other])


def test_two_budgets_may_gain_from_one_effect():
    effect = frozenset({"package:7"})
    lines = [line(effects=effect), line("L2", effects=effect, budget="health")]
    assert counted_twice(lines) == []


def test_a_line_may_follow_another_that_ended():
    effect = frozenset({"package:7"})
    ended = line(effects=effect, is_lasting=False)
    later = line("L2", effects=effect, first_year=2027)
    assert counted_twice([ended, later]) == []


def test_a_correction_stands_in_the_place_of_its_line():
    old = line(effects=frozenset({"package:7"}))
    new = line(
        "L2", corrects="L1", yearly=Decimal(60), effects=frozenset({"package:7"})
    )
    assert [x.reference for x in standing([old, new])] == ["L2"]
    assert everything([old, new])["all", Kind.CASH].signed == 60


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([line(corrects="gone")], "not in the ledger"),
        ([line(), line("L2", corrects="L1"), line("L3", corrects="L1")], "twice"),
        ([line(corrects="L2"), line("L2", corrects="L1")], "circle"),
    ],
)
def test_corrections_that_make_no_sense_are_refused(lines, sentence):
    with pytest.raises(LedgerError, match=sentence):
        standing(lines)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signed_by": "officer"}, "other than its author"),
        ({"yearly": Decimal(-1)}, "nothing or more"),
        ({"taper": ()}, "share lies between"),
        ({"taper": (Decimal(2),)}, "share lies between"),
        ({"evidence_grade": 6}, "graded 0 to 5"),
    ],
)
def test_a_wrong_line_is_refused(changes, sentence):
    with pytest.raises(LedgerError, match=sentence):
        line(**changes)


def test_unsigned_lines_wait_and_capacity_is_apart():
    lines = [line(), line("L2", signed_by=""), line("L3", kind=Kind.CAPACITY)]
    sums = everything(lines)
    assert (sums["all", Kind.CASH].signed, sums["all", Kind.CASH].waiting) == (100, 100)
    assert sums["all", Kind.CAPACITY].signed == 100


LINES = st.lists(
    st.builds(
        line,
        yearly=st.integers(0, 10**7).map(Decimal),
        kind=st.sampled_from(Kind),
        service=st.sampled_from(["care", "waste", "buildings"]),
        neighbourhood=st.sampled_from(["north", "south"]),
        budget=st.sampled_from(["council", "health"]),
        first_year=st.integers(2024, 2028),
        signed_by=st.sampled_from(["", "finance"]),
        is_lasting=st.booleans(),
    ),
    max_size=12,
).map(lambda lines: [_renamed(x, i) for i, x in enumerate(lines)])


def _renamed(each, at):
    return Line(**{**each.__dict__, "reference": f"L{at}"})


@given(LINES)
def test_every_way_of_splitting_adds_to_the_same_total(lines):
    splits = ["service", "neighbourhood", "budget"]
    wholes = []
    for name in splits:
        parts = totals(lines, year=2026, by=lambda x, n=name: getattr(x, n))
        signed = {k: Decimal(0) for k in Kind}
        for (_, kind), total in parts.items():
            signed[kind] += total.signed
        wholes.append(signed)
    assert wholes[0] == wholes[1] == wholes[2]


@given(LINES, st.randoms())
def test_order_of_lines_is_immaterial(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    span = {"first": 2024, "last": 2030}
    assert by_year(lines, **span) == by_year(shuffled, **span)


def the_gap(lines, **changes):
    given = {"started": Decimal(160_000_000), "grown_by": Decimal(0)}
    return gap(lines, **{**given, **changes}, year=2026, households=143_000)


def test_only_signed_lasting_cash_closes_the_gap():
    million = Decimal(1_000_000)
    lines = [
        line("A", yearly=30 * million, service="adult care"),
        line("B", yearly=million, service="buildings"),
        line("C", yearly=2 * million, is_lasting=False),
        line("D", yearly=4 * million, kind=Kind.CAPACITY),
        line("E", yearly=8 * million, signed_by=""),
    ]
    now = the_gap(lines)
    assert now.closed == 31 * million
    assert now.closed_by == (("adult care", 30 * million), ("buildings", million))
    assert (now.one_off, now.capacity) == (2 * million, 4 * million)
    assert (now.waiting, now.left) == (8 * million, 129 * million)
    assert now.sentence == (
        "We started £160 million short, we have closed £31 million of it together, "
        "and £129 million is left."
    )


def test_an_empty_ledger_has_closed_nothing():
    assert the_gap([]).left == 160_000_000


def test_more_than_the_gap_is_said_as_over_never_as_less_than_nothing():
    now = the_gap([line(yearly=Decimal(170_000_000))])
    assert (now.left, now.over) == (0, 10_000_000)
    assert "nothing is left to find" in now.sentence


def test_a_start_that_is_no_gap_is_refused():
    with pytest.raises(GapError):
        the_gap([], started=Decimal(0))


@given(LINES)
def test_closed_parts_add_up_and_left_completes_the_whole(lines):
    now = the_gap(lines)
    assert sum(pounds for _, pounds in now.closed_by) == now.closed
    assert now.left - now.over == now.started + now.grown - now.closed
