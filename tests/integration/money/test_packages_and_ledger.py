"""Money through its own doors: packages, changes, the ledger, and who may."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from thedeal.audit.models import Entry
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.money import permissions, selectors
from thedeal.money.actions import ledger, packages
from thedeal.money.ledger_sums import Kind
from thedeal.money.models import Import, LedgerLine, Package, Signature
from thedeal.money.savings import OwnView, WhyChanged
from thedeal.partners.models import Authority

DAY = dt.date(2026, 6, 1)
EXPORT = (
    "Package ID,Person ID,Service type,Weekly cost,Start date,End date\r\n"
    'A1,M1,home care,"£1,100.50",1/2/24,\r\n'
    "A2,M2,day care,£150,01/04/2025,31/03/2026\r\n"
)


@pytest.fixture
def council(cast):
    return permissions.council_of(Authority.objects.get(slug="makerfield"))


@pytest.fixture
def package(cast, council):
    return packages.enter(
        person_reference="M9", terms=terms(), payer=council, by=cast.mei, person=None
    )


def terms(**changes):
    given = {
        "reference": "A9",
        "kind": "home care",
        "gross_weekly": Decimal(1000),
        "starts_on": dt.date(2025, 4, 7),
        "price_base": "2026/27",
    }
    return packages.Terms(**{**given, **changes})


def changed(package, by, *, why=WhyChanged.COMMUNITY, view=OwnView.RIGHT, to=None):
    after = (
        terms(reference="A9b", gross_weekly=Decimal(to), starts_on=DAY) if to else None
    )
    made = packages.change(package, why=why, happened_on=DAY, after=after, by=by)
    return packages.record_own_view(made, view=view, words="", asked_on=DAY, by=by)


def claim(council, **changes):
    given = {
        "title": "Home care that gave way to people nearby",
        "how_worked_out": "£983 a week less, times 52.",
        "kind": Kind.CASH,
        "budget": council,
        "service": "Adult care",
        "first_year": 2026,
        "yearly": Decimal(51_116),
        "evidence_grade": 1,
        "is_lasting": True,
        "measures": ["measure:home care spend"],
    }
    return ledger.Claim(**{**given, **changes})


def test_an_export_goes_in_whole_and_once(cast, council):
    data = EXPORT.encode()
    taken = packages.take_in(
        data, file_name="e.csv", payer=council, price_base="2024/25", by=cast.mei
    )
    assert taken.lines == 2
    assert Package.objects.get(reference="A1").gross_weekly == Decimal("1100.50")
    assert Package.objects.get(reference="A1").starts_on == dt.date(2024, 2, 1)
    with pytest.raises(UserFacingError, match="taken in before"):
        packages.take_in(
            data, file_name="e.csv", payer=council, price_base="2024/25", by=cast.mei
        )


def test_one_odd_line_stops_the_whole_export(cast, council):
    odd = EXPORT + "A3,M3,home care,€900,01/04/2025,\r\n"
    with pytest.raises(UserFacingError, match="1 lines need mending"):
        packages.take_in(
            odd.encode(), file_name="e.csv", payer=council, price_base="", by=cast.mei
        )
    assert not Package.objects.exists()
    assert not Import.objects.exists()


def test_a_dry_run_changes_nothing(cast, council):
    reading = packages.dry_run(
        EXPORT.encode(), authority=council.authority, price_base="2024/25", by=cast.mei
    )
    assert reading.is_clean
    assert not Package.objects.exists()


def test_a_newer_export_stands_in_place_of_the_older(cast, council):
    for cost in ("£900", "£950"):
        data = EXPORT.replace('"£1,100.50"', cost).encode()
        packages.take_in(
            data, file_name="e.csv", payer=council, price_base="2024/25", by=cast.mei
        )
    assert Package.objects.count() == 2
    assert Package.objects.get(reference="A1").gross_weekly == 950


def test_packages_of_one_kind_never_overlap(cast, council, package):
    with pytest.raises(UserFacingError, match="while A9 has no end"):
        packages.enter(
            person_reference="M9",
            terms=terms(reference="A10", starts_on=DAY),
            payer=council,
            by=cast.mei,
            person=None,
        )


@pytest.mark.parametrize("who", ["worker", "councillor", "other_authority", "auditor"])
def test_only_finance_enters_a_package_without_its_person(cast, council, who):
    with pytest.raises(NotAllowedError):
        packages.enter(
            person_reference="M1",
            terms=terms(),
            payer=council,
            by=getattr(cast, who),
            person=None,
        )


def test_a_fall_the_person_agrees_to_is_a_saving(cast, package):
    made = changed(package, cast.mei, to=17)
    judged = selectors.judgement(made)
    assert judged.is_saving
    assert judged.weekly == Decimal(983)
    assert Package.objects.get(pk=package.pk).ends_on == DAY - dt.timedelta(days=1)


@pytest.mark.parametrize("view", [OwnView.NOT_RIGHT, OwnView.PARTLY])
def test_a_fall_the_person_did_not_agree_to_is_never_a_saving(cast, package, view):
    judged = selectors.judgement(changed(package, cast.mei, view=view, to=17))
    assert not judged.is_saving
    assert judged.is_flagged == (view is OwnView.NOT_RIGHT)


@pytest.mark.parametrize(
    "why", [WhyChanged.DIED, WhyChanged.HOSPITAL, WhyChanged.MOVED_AWAY]
)
def test_dying_hospital_and_moving_are_never_savings(cast, package, why):
    assert not selectors.judgement(changed(package, cast.mei, why=why)).is_saving


def test_a_line_needs_something_behind_it_that_is_a_saving(cast, council, package):
    with pytest.raises(UserFacingError, match="Link what is behind it"):
        ledger.add(claim(council, measures=[]), by=cast.oliver)
    made = changed(package, cast.mei, view=OwnView.NOT_RIGHT, to=17)
    with pytest.raises(UserFacingError, match="not right"):
        ledger.add(claim(council, measures=[], changes=[made]), by=cast.oliver)


def test_a_line_claims_no_more_than_its_packages_saved(package, cast, council):
    made = changed(package, cast.mei, to=17)
    alone = {"measures": [], "changes": [made]}
    with pytest.raises(UserFacingError, match="saved £51,292.94 a year at most"):
        ledger.add(claim(council, yearly=Decimal(151_116), **alone), by=cast.oliver)
    ledger.add(claim(council, **alone), by=cast.oliver)


def test_the_same_effect_is_refused_a_second_time(cast, council):
    ledger.add(claim(council), by=cast.oliver)
    with pytest.raises(UserFacingError, match="both count"):
        ledger.add(claim(council, title="Again"), by=cast.oliver)
    assert LedgerLine.objects.count() == 1


def test_nobody_signs_their_own_line_and_the_database_agrees(cast, council):
    line = ledger.add(claim(council), by=cast.mei)
    with pytest.raises(UserFacingError, match="Somebody else in finance"):
        ledger.sign(line, by=cast.mei)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            authority=line.authority, line=line, author=cast.mei, by=cast.mei
        )


def test_only_finance_signs(cast, council):
    line = ledger.add(claim(council), by=cast.oliver)
    for who in ("director", "auditor", "worker", "commissioner"):
        with pytest.raises((NotAllowedError, UserFacingError)):
            ledger.sign(line, by=getattr(cast, who))
    assert ledger.sign(line, by=cast.mei).by == cast.mei


def test_a_correction_stands_in_the_old_lines_place(cast, council):
    old = ledger.add(claim(council), by=cast.oliver)
    ledger.sign(old, by=cast.mei)
    new = ledger.add(
        claim(council, yearly=Decimal(40_000)), by=cast.oliver, corrects=old
    )
    ledger.sign(new, by=cast.mei)
    sums = selectors.totals(council.authority, year=2026, by="service")
    assert sums["Adult care", Kind.CASH].signed == 40_000
    assert LedgerLine.objects.count() == 2  # the old one stays to be read


def test_every_change_of_money_is_on_the_trail(cast, council, package):
    ledger.sign(ledger.add(claim(council), by=cast.oliver), by=cast.mei)
    actions = set(Entry.objects.values_list("action", flat=True))
    assert {"money.package_entered", "money.line_added", "money.line_signed"} <= actions
