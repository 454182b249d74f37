"""Two listings of one group: proposed, joined, parted, or told apart for good."""

import pytest

from tests.factories import listings as made
from thedeal.community.actions import listings, merging
from thedeal.community.models import Contact, Double, Joining
from thedeal.community.selectors import stored
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority, Organisation

pytestmark = pytest.mark.django_db
HERE = "/desk/directory/doubles/"


@pytest.fixture
def council(cast):
    return Authority.objects.get(slug="makerfield")


@pytest.fixture
def two(council):
    """Give one group listed twice, as two feeds would have it."""
    one = made.group(council, "Knit & Natter")
    other = made.group(
        council,
        "Knit and Natter",
        website="https://knit.example/",
        activities=[made.activity("Tuesday table"), made.activity("Sunday socks")],
    )
    return one, other


@pytest.fixture
def double(council, two):
    assert merging.propose(authority=council) == 1
    return Double.objects.get()


def activities(group):
    return sorted(group.activities.values_list("name", "state"))


def test_propose_once_and_never_again_what_was_judged(council, double, signed_in):
    assert {"the same name", "the same phone number"} <= set(double.reasons)
    assert merging.propose(authority=council) == 0
    client = signed_in("directory_editor")
    assert "Knit and Natter" in client.get(HERE).content.decode()
    client.post(f"{HERE}{double.pk}/judge/", {"apart": "yes"})
    assert merging.propose(authority=council) == 0
    assert "No pairs wait" in client.get(HERE).content.decode()
    for group in (double.one, double.other):
        group.refresh_from_db()
        assert group.state == "live"


def test_side_by_side_then_joined(signed_in, two, double):
    stays, goes = two
    client = signed_in("directory_editor")
    shown = client.get(f"{HERE}{double.pk}/?stays={stays.pk}").content.decode()
    assert "https://knit.example/" in shown
    assert "Sunday socks" in shown
    socks = goes.activities.get(name="Sunday socks")
    typed = {"stays": str(stays.pk), "bring": [str(socks.pk)], "join": "yes"}
    client.post(f"{HERE}{double.pk}/judge/", typed)
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (goes.state, goes.merged_into_id) == ("merged", stays.pk)
    assert activities(stays) == [("Sunday socks", "live"), ("Tuesday table", "live")]
    assert activities(goes) == [("Tuesday table", "merged")]
    assert stays.website == "https://knit.example/"
    assert stays.other_names == ["Knit and Natter"]
    assert stays.versions.last().reason == "joined with Knit and Natter"
    found = client.get(f"/groups/{goes.slug}/")
    assert found["Location"] == stays.get_absolute_url()


def test_parted_again_with_nothing_lost(signed_in, two, double):
    stays, goes = two
    before = [stored.of(group).stored() for group in two]
    bring = list(goes.activities.values_list("pk", flat=True))
    joining = merging.join(stays=stays, goes=goes, bring=bring, by=None)
    client = signed_in("directory_editor")
    shown = client.get(f"/desk/directory/groups/{stays.pk}/").content.decode()
    assert "Part them again" in shown
    client.post(f"/desk/directory/joinings/{joining.pk}/part/")
    for group, was in zip(two, before, strict=True):
        group.refresh_from_db()
        assert stored.of(group).stored() == was
        assert group.state == "live"
    double.refresh_from_db()
    assert double.answer == "different"


def test_part_keeps_what_was_changed_since(two):
    stays, goes = two
    joining = merging.join(stays=stays, goes=goes, bring=[], by=None)
    facts = made.facts("Knit & Natter", website="https://new.example/")
    listings.change(group=stays, facts=facts, by=None, how=listings.THE_GROUP)
    merging.part(joining=joining, by=None)
    stays.refresh_from_db()
    assert stays.website == "https://new.example/"
    with pytest.raises(UserFacingError, match="apart already"):
        merging.part(joining=joining, by=None)


def test_join_takes_whom_to_ask_where_nobody_is_known(council):
    stays = made.group(council, "Bench Lads", contact=None)
    goes = made.group(council, "The Bench Lads")
    joining = merging.join(stays=stays, goes=goes, bring=[], by=None)
    assert Contact.objects.get(group=stays).phone == "01632 960000"
    merging.part(joining=joining, by=None)
    assert Contact.objects.get(group=stays).phone == ""
    assert Contact.objects.get(group=goes).phone == "01632 960000"


def test_two_that_different_people_look_after_are_not_joined(council, two):
    for group, owner in zip(two, Organisation.objects.all()[:2], strict=True):
        group.organisation = owner
        group.save()
    with pytest.raises(UserFacingError, match="Ring both"):
        merging.join(stays=two[0], goes=two[1], bring=[], by=None)
    assert not Joining.objects.exists()


def test_an_editor_pairs_by_hand_what_nobody_proposed(signed_in, council):
    one = made.group(council, "Kettle Club", contact=None)
    other = made.group(council, "Thursday Tea", contact=None)
    at, client = f"/desk/directory/groups/{one.pk}/same/", signed_in("directory_editor")
    shown = client.get(f"/desk/directory/groups/{one.pk}/").content.decode()
    assert at in shown
    assert "Thursday Tea" not in client.get(at).content.decode()
    assert "Thursday Tea" in client.get(f"{at}?q=tea").content.decode()
    beside = client.post(at, {"other": str(other.pk)}, follow=True)
    assert "You put them side by side" in beside.content.decode()
    double = Double.objects.get()
    typed = {"stays": str(one.pk), "join": "yes"}
    client.post(f"{HERE}{double.pk}/judge/", typed)
    other.refresh_from_db()
    assert other.merged_into_id == one.pk
    client.post(f"/desk/directory/joinings/{Joining.objects.get().pk}/part/")
    other.refresh_from_db()
    assert other.state == "live"


def test_what_was_told_apart_can_be_put_side_by_side_again(council, two, double):
    merging.tell_apart(double=double, by=None)
    assert merging.pair_by_hand(one=two[0], other=two[1], by=None).pk == double.pk
    double.refresh_from_db()
    assert double.answer == "waiting"


def test_a_listing_is_not_paired_with_itself_or_with_nothing(signed_in, two):
    client, at = signed_in("directory_editor"), f"/desk/directory/groups/{two[0].pk}/"
    for other in (str(two[0].pk), "", "x"):
        assert client.post(f"{at}same/", {"other": other}).status_code == 404
    assert signed_in("worker").get(f"{at}same/").status_code == 404


@pytest.mark.parametrize("who", ["worker", "other_authority", "organiser", "director"])
def test_only_the_editor_judges(signed_in, two, double, who):
    client = signed_in(who)
    assert client.get(f"{HERE}{double.pk}/").status_code == 404
    typed = {"stays": str(two[0].pk), "join": "yes"}
    assert client.post(f"{HERE}{double.pk}/judge/", typed).status_code == 404
    assert not Joining.objects.exists()
