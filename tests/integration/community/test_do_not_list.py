""" "Do not list us" is for ever: by hand, by feed, by another name, after joining."""

import pytest

from tests.factories import listings as made
from thedeal.community.actions import listings, merging, unlisted
from thedeal.community.models import Activity, Group
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
LEIGH = {"name": "The library", "postcode": "WN7 1EB", "lat": 53.4978, "lon": -2.52}
WIGAN = {"name": "The mill", "postcode": "WN1 1NN", "lat": 53.5449, "lon": -2.6318}


@pytest.fixture
def council(cast):
    return Authority.objects.get(slug="makerfield")


def told(name="Knit and Natter", *, spot=LEIGH, **changes):
    """Give a group as a stranger tells of it: nobody to ring."""
    does = [made.activity(spot=spot)] if spot else []
    return made.facts(name, contact=None, activities=does, **changes)


@pytest.fixture
def gone(council):
    group = made.group(council, activities=[made.activity(spot=LEIGH)])
    Activity.objects.filter(group=group).update(state="ended")
    listings.withdraw(group=group, by=None, reason="Jean asked")
    return group


def test_a_group_whose_sessions_had_ended_is_still_known(council, gone):
    with pytest.raises(UserFacingError, match="keep our word"):
        listings.add(authority=council, facts=told(), by=None, how="a visitor")


def test_it_is_known_by_any_of_its_names(council, gone):
    facts = told("Natterers", other_names=["KNIT and natter!"])
    assert unlisted.is_unlisted(council, facts)


def test_a_name_with_no_place_waits_for_one(council, gone):
    assert unlisted.is_unlisted(council, told(spot=None))
    assert not unlisted.is_unlisted(council, told(spot=WIGAN))


def test_nothing_of_it_is_brought_back(gone):
    with pytest.raises(UserFacingError, match="no longer kept"):
        listings.restore(group=gone, number=1, by=None)


@pytest.fixture
def joined(council):
    stays = made.group(council, activities=[made.activity(spot=LEIGH)])
    goes = made.group(
        council,
        "Wool on Wednesdays",
        contact=None,
        website="https://wool.example/",
        activities=[made.activity("Wool", spot=WIGAN)],
    )
    return merging.join(stays=stays, goes=goes, bring=[], by=None)


def test_what_was_joined_to_it_goes_with_it(council, joined):
    listings.withdraw(group=joined.stays, by=None, reason="Jean asked")
    states = Group.objects.filter(pk__in=[joined.stays_id, joined.goes_id])
    assert {row.state for row in states} == {"withdrawn"}
    assert unlisted.is_unlisted(council, told("Wool on Wednesdays", spot=WIGAN))
    assert unlisted.is_unlisted(council, told("Wool", website="https://wool.example"))


def test_it_does_not_come_back_by_being_parted(joined):
    listings.withdraw(group=joined.stays, by=None, reason="Jean asked")
    with pytest.raises(UserFacingError, match="under either name"):
        merging.part(joining=joined, by=None)
