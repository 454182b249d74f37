"""A group that is there again has back what went with it, and nothing from long before."""

import pytest

from tests.factories import listings as made
from thedeal.community.actions import listings
from thedeal.community.facts import GroupFacts
from thedeal.community.models import Activity
from thedeal.community.selectors import stored
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
SAID = {"by": None, "how": listings.THE_GROUP}


@pytest.fixture
def group(cast):
    """A group with a choir that goes on, a walk that rests and a lunch long over."""
    council = Authority.objects.get(slug="makerfield")
    names = ("Choir", "Walk", "Lunch")
    found = made.group(council, activities=[made.activity(name) for name in names])
    facts = stored.of(found).stored()
    facts["activities"] = [a for a in facts["activities"] if a["name"] != "Lunch"]
    listings.change(group=found, facts=GroupFacts.read(facts), **SAID)
    Activity.objects.filter(name="Walk").update(state="paused")
    return found


def states() -> dict[str, str]:
    """Give the state of each thing the group does."""
    return dict(Activity.objects.values_list("name", "state"))


def again(group):
    group.refresh_from_db()
    return group


@pytest.mark.parametrize("goes", [listings.end, listings.pause])
def test_what_ended_or_rested_before_stays_so(group, goes):
    before = states()
    assert before == {"Choir": "live", "Walk": "paused", "Lunch": "ended"}
    goes(group=group, **SAID)
    assert "live" not in states().values()
    listings.resume(group=again(group), **SAID)
    assert states() == before


def test_what_rests_ends_with_the_group(group):
    listings.end(group=group, **SAID)
    assert set(states().values()) == {"ended"}


def test_a_group_that_nobody_could_verify_comes_back_as_it_was(group):
    before = states()
    listings.drop(group=group)
    assert states() == {"Choir": "unverified", "Walk": "unverified", "Lunch": "ended"}
    listings.end(group=again(group), **SAID)
    listings.resume(group=again(group), **SAID)
    assert states() == before


def test_what_ended_on_its_own_after_a_first_return_stays_ended(group):
    listings.end(group=group, **SAID)
    listings.resume(group=again(group), **SAID)
    Activity.objects.filter(name="Choir").update(state="ended")
    listings.end(group=again(group), **SAID)
    listings.resume(group=again(group), **SAID)
    assert states() == {"Choir": "ended", "Walk": "paused", "Lunch": "ended"}


def test_a_group_whose_last_activity_its_feed_ended_has_that_one_back(group):
    ended = {"Lunch": "2026-01-01T03:00:00+00:00", "Choir": "2026-11-01T03:00:00+00:00"}
    Activity.objects.filter(name="Walk").delete()
    for name, at in ended.items():
        note = {"ended": {"source": "hall", "at": at}}
        Activity.objects.filter(name=name).update(state="ended", provenance=note)
    type(group).objects.filter(pk=group.pk).update(state="ended")
    listings.resume(group=again(group), **SAID)
    assert states() == {"Choir": "live", "Lunch": "ended"}


def test_a_withdrawn_group_goes_whole(group):
    listings.end(group=group, **SAID)
    listings.withdraw(group=again(group), by=None, reason="asked")
    assert set(states().values()) == {"withdrawn"}
