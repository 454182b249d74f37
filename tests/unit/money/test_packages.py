"""What packages cost a week and which changes are savings."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.money.pounds import PoundsError, read_pounds, write_pounds
from thedeal.money.prices import Deflator
from thedeal.money.savings import OwnView, WhyChanged, judge
from thedeal.money.weekly_cost import Package, PackageError, overlaps, weekly_series

APRIL_1 = dt.date(2026, 4, 1)  # a Wednesday
PRICES = Deflator(title="Made up", index={2024: 100.0, 2025: 110.0, 2026: 110.0})


def package(**changes):
    given = {
        "reference": "P1",
        "person": "R1",
        "kind": "day centre",
        "gross_weekly": Decimal(1000),
        "starts_on": APRIL_1,
        "price_base": "2025/26",
    }
    return Package(**{**given, **changes})


def changed(before, after, why=WhyChanged.COMMUNITY, own_view=OwnView.RIGHT):
    return judge(before, after, why=why, own_view=own_view, deflator=PRICES)


def test_net_leaves_out_the_person_and_health():
    each = package(contribution_weekly=Decimal("85.50"), health_weekly=Decimal(200))
    assert each.net_weekly == Decimal("714.50")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"gross_weekly": Decimal(-1)}, "nothing or more"),
        ({"gross_weekly": Decimal("NaN")}, "nothing or more"),
        ({"gross_weekly": Decimal(52_000)}, "is that a year"),
        ({"contribution_weekly": Decimal(1001)}, "more than the cost"),
        ({"ends_on": dt.date(2026, 3, 31)}, "before it starts"),
    ],
)
def test_a_package_that_cannot_be_right_is_refused(changes, sentence):
    with pytest.raises(PackageError, match=sentence):
        package(**changes)


def test_a_package_of_one_day_is_allowed():
    assert package(ends_on=APRIL_1).days_within(APRIL_1, APRIL_1) == 1


def test_part_weeks_count_by_their_days():
    each = package(gross_weekly=Decimal(700), ends_on=dt.date(2026, 4, 14))
    weeks = weekly_series([each], starts_on=APRIL_1, ends_on=dt.date(2026, 4, 20))
    # Wednesday to Sunday is five days; a whole week; Monday and Tuesday; then none
    assert [w.gross for w in weeks] == [500, 700, 200, 0]
    assert weeks[0].monday == dt.date(2026, 3, 30)


@given(
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 100_000),
    st.integers(0, 20),
)
def test_cutting_a_package_in_two_conserves_its_cost(before, after, pence, offset):
    starts_on = APRIL_1 + dt.timedelta(days=offset)
    cut = starts_on + dt.timedelta(days=before)
    ends_on = cut + dt.timedelta(days=after + 1)
    weekly = Decimal(pence) * 7 / 100  # sevenths stay exact to the penny
    whole = package(gross_weekly=weekly, starts_on=starts_on, ends_on=ends_on)
    first = package(gross_weekly=weekly, starts_on=starts_on, ends_on=cut)
    second = package(
        gross_weekly=weekly, starts_on=cut + dt.timedelta(days=1), ends_on=ends_on
    )
    period = {"starts_on": APRIL_1, "ends_on": APRIL_1 + dt.timedelta(days=120)}
    assert weekly_series([whole], **period) == weekly_series([first, second], **period)


def test_the_same_kind_twice_at_once_is_found():
    one, other = package(ends_on=dt.date(2026, 5, 1)), package(reference="P2")
    found = overlaps([package(reference="P3", kind="home care"), one, other])
    assert len(found) == 1
    assert "P2" in found[0][2] or "P1" in found[0][2]


def test_packages_that_meet_do_not_overlap():
    one = package(ends_on=dt.date(2026, 4, 30))
    other = package(reference="P2", starts_on=dt.date(2026, 5, 1))
    assert overlaps([other, one]) == []


def test_a_change_the_person_calls_right_is_a_saving():
    said = changed(package(), package(gross_weekly=Decimal(17)))
    assert said.is_saving
    assert said.weekly == 983
    assert not said.is_flagged


@pytest.mark.parametrize(
    "why", [WhyChanged.DIED, WhyChanged.HOSPITAL, WhyChanged.MOVED_AWAY]
)
@pytest.mark.parametrize("own_view", list(OwnView))
def test_died_in_hospital_and_moved_are_never_savings(why, own_view):
    said = changed(package(), None, why=why, own_view=own_view)
    assert (said.is_saving, said.weekly, said.is_flagged) == (False, 0, False)
    assert said.fell_by_weekly == 1000


def test_a_reduction_the_person_did_not_agree_to_is_flagged_and_no_saving():
    said = changed(
        package(), package(gross_weekly=Decimal(17)), own_view=OwnView.NOT_RIGHT
    )
    assert (said.is_saving, said.weekly, said.is_flagged) == (False, 0, True)


@pytest.mark.parametrize("own_view", [OwnView.NOT_ASKED, OwnView.PARTLY])
def test_nothing_is_a_saving_until_the_person_is_asked_and_agrees(own_view):
    said = changed(package(), package(gross_weekly=Decimal(17)), own_view=own_view)
    assert not said.is_saving
    assert "yet" in said.reason


def test_moving_the_cost_to_the_person_is_no_saving():
    said = changed(package(), package(contribution_weekly=Decimal(400)))
    assert not said.is_saving
    assert "only moved" in said.reason


def test_only_what_really_fell_counts_when_health_pays_some_too():
    after = package(gross_weekly=Decimal(900), health_weekly=Decimal(300))
    assert changed(package(), after).weekly == 100


def test_inflation_alone_is_no_saving_and_prices_are_put_level():
    before = package(gross_weekly=Decimal(100), price_base="2024")
    level = changed(before, package(gross_weekly=Decimal(110), price_base="2025"))
    assert not level.is_saving
    less = changed(before, package(gross_weekly=Decimal(99), price_base="2025"))
    assert less.weekly == 11


@given(
    before=st.integers(0, 2_000_000),
    after=st.integers(0, 2_000_000),
    why=st.sampled_from(WhyChanged),
    own_view=st.sampled_from(OwnView),
)
def test_a_saving_never_exceeds_the_fall_and_always_has_the_persons_yes(
    before, after, why, own_view
):
    one = package(gross_weekly=Decimal(before) / 100)
    said = changed(
        one, package(gross_weekly=Decimal(after) / 100), why=why, own_view=own_view
    )
    assert 0 <= said.weekly <= max(said.fell_by_weekly, 0)
    assert own_view is OwnView.RIGHT or not said.is_saving


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("£1,234.50", "1234.50"),
        (" 1234.5 ", "1234.5"),
        ("(12.00)", "-12.00"),
        ("-£3", "-3"),
        ("£1,234,567", "1234567"),
        ("GBP 17", "17"),
    ],
)
def test_pounds_as_people_type_them(typed, pounds):
    assert read_pounds(typed) == Decimal(pounds)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("€1,000", "not in pounds"),
        ("1000 USD", "not in pounds"),
        ("1.234,50", "decimal comma"),
        ("12,5", "decimal comma"),
        ("1,23,456", "not an amount"),
        ("about £20", "not an amount"),
        ("#REF!", "not an amount"),
        ("1e5", "not an amount"),
        ("", "not an amount"),
        ("12.345", "not an amount"),
    ],
)
def test_what_is_not_pounds_is_refused(typed, sentence):
    with pytest.raises(PoundsError, match=sentence):
        read_pounds(typed)


@given(st.integers(-(10**11), 10**11))
def test_pounds_written_are_read_back(pence):
    amount = Decimal(pence) / 100
    assert read_pounds(write_pounds(amount)) == amount
