"""An export's packages find their person by a number that somebody beside them says."""

from decimal import Decimal

import pytest

from tests.integration.money.test_packages_and_ledger import EXPORT
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.money import permissions
from thedeal.money import selectors as money
from thedeal.money.actions import joining, packages
from thedeal.money.models import CaseNumber, Package
from thedeal.residents.actions import people


@pytest.fixture
def joan(cast):
    team = cast.amina.memberships.get().team
    return people.meet(team=team, by=cast.amina, called="Joan")


@pytest.fixture
def number(cast, joan):
    """Take an export in; give the number of the first person in it."""
    packages.take_in(
        EXPORT.encode(),
        file_name="export.csv",
        payer=permissions.council_of(joan.authority),
        price_base="2024/25",
        by=cast.mei,
    )
    return Package.objects.first().person_reference


def test_what_was_taken_in_under_a_number_is_joined_and_taken_off_again(
    cast, joan, number
):
    joined = joining.join(joan, number=f" {number} ", by=cast.amina)
    assert joining.settle(joined) >= 1
    assert {p.person_reference for p in money.packages_of(joan)} == {number}
    weekly = sum((p.gross_weekly for p in money.packages_of(joan)), Decimal(0))
    assert weekly > 0
    joining.part(joined, by=cast.amina)
    assert joining.settle(joined) >= 1
    assert not money.packages_of(joan).exists()
    assert not money.numbers_of(joan).exists()


def test_the_next_export_finds_whose_number_it_is(cast, joan, number):
    joining.join(joan, number=number, by=cast.amina)
    assert joining.settle_all(joan.authority_id) >= 1
    assert money.packages_of(joan).exists()
    assert joining.settle_all(joan.authority_id) == 0


def test_a_number_is_one_persons_at_a_time(cast, joan, number):
    other = people.meet(
        team=cast.amina.memberships.get().team, by=cast.amina, called="Frank"
    )
    joined = joining.join(joan, number=number, by=cast.amina)
    with pytest.raises(UserFacingError, match="joined to somebody already"):
        joining.join(other, number=number, by=cast.amina)
    joining.part(joined, by=cast.amina)
    assert joining.join(other, number=number, by=cast.amina).person == other


def test_only_whoever_is_beside_a_person_says_their_number(cast, joan):
    with pytest.raises(NotAllowedError):
        joining.join(joan, number="P1", by=cast.lewis)
    with pytest.raises(UserFacingError, match="as the case system has it"):
        joining.join(joan, number="  ", by=cast.amina)
    assert not CaseNumber.objects.exists()


def test_a_worker_joins_and_ends_it_at_the_desk(signed_in, cast, joan, number):
    page = f"/desk/people/{joan.pk}/support/"
    client = signed_in("worker")
    said = client.post(f"{page}join/", {"number": number}, follow=True)
    assert number in said.content.decode()
    joined = CaseNumber.objects.get()
    joining.settle(joined)
    assert "What is paid for" in client.get(page).content.decode()
    client.post(f"{page}join/{joined.pk}/end/")
    assert not money.numbers_of(joan).exists()
