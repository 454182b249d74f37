"""What strangers told us waits for an editor, who takes or leaves it by hand."""

import pytest
from django.utils import timezone

from tests.factories import listings as made
from thedeal.community import screen
from thedeal.community.actions import claims, listings, suggestions
from thedeal.community.facts import GroupFacts
from thedeal.community.models import Claim, Group
from thedeal.community.selectors import moderating, stored
from thedeal.messages.models import Letter
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
QUEUE = "/desk/directory/"


@pytest.fixture
def council(cast):
    return Authority.objects.get(slug="makerfield")


@pytest.fixture
def group(council):
    return made.group(council)


def told(group, **typed):
    """Suggest a change as the public page does: one screen, filled in."""
    facts = screen.applied(stored.of(group), typed)
    return suggestions.suggest(
        authority=group.authority,
        facts=facts,
        group=group,
        name="Wilma Green",
        email="wilma@home.example",
    )


def answer(client, suggestion, **typed):
    return client.post(f"{QUEUE}told/{suggestion.pk}/", typed)


def test_queue_shows_what_changed_field_by_field(signed_in, group):
    told(group, **{"a0-cost": "£2 with a brew", "what": "Wool, and a cake."})
    page = signed_in("directory_editor").get(QUEUE).content.decode()
    assert "Tuesday table: Cost" in page
    assert "£2 with a brew" in page
    assert "Wool, and a cake." in page
    assert "Wilma Green" in page


def test_take_changes_the_listing_and_tells_the_teller(signed_in, group):
    found = told(group, **{"a0-cost": "£2"})
    done = answer(signed_in("directory_editor"), found, take="yes", answer="Ta, Wilma.")
    assert done["Location"] == QUEUE
    assert group.activities.get().cost_pence == 200
    letter = Letter.objects.get(kind="community.told")
    assert letter.to == "wilma@home.example"
    assert "Ta, Wilma." in letter.body
    assert group.versions.last().by_id is not None


def test_take_keeps_what_changed_in_between(signed_in, group):
    found = told(group, **{"a0-cost": "£2"})
    facts = screen.applied(stored.of(group), {"what": "Wool and gossip."})
    listings.change(group=group, facts=facts, by=None, how=listings.THE_GROUP)
    page = signed_in("directory_editor").get(f"{QUEUE}told/{found.pk}/")
    assert "was changed after they wrote" in page.content.decode()
    answer(signed_in("directory_editor"), found, take="yes")
    group.refresh_from_db()
    assert group.what == "Wool and gossip."
    assert group.activities.get().cost_pence == 200


def test_leave_asks_why_and_leaves_it(signed_in, group):
    found = told(group, **{"a0-cost": "£2"})
    client = signed_in("directory_editor")
    assert "Say why" in answer(client, found, leave="yes").content.decode()
    assert not Letter.objects.filter(kind="community.told").exists()
    answer(client, found, leave="yes", answer="We rang: it is 50p.")
    assert group.activities.get().cost_pence == 50
    assert "We rang" in Letter.objects.get(kind="community.told").body


def test_wrong_is_put_right_on_the_same_page(signed_in, group):
    found = suggestions.tell_wrong(group=group, words="They moved to Thursdays.")
    typed = {
        "a0-every": "weekly",
        "a0-weekday": "3",
        "a0-starts": "2pm",
        "a0-ends": "teatime",
    }
    sent = answer(signed_in("directory_editor"), found, with_changes="yes", **typed)
    assert sent.status_code == 200
    typed["a0-ends"] = "4pm"
    answer(signed_in("directory_editor"), found, with_changes="yes", **typed)
    assert group.activities.get().sessions.get().weekdays == [3]
    found.refresh_from_db()
    assert found.state == "taken"


def test_a_new_group_is_live_once_taken(signed_in, council):
    facts = GroupFacts.read(
        {"name": "Bench Lads", "activities": [made.activity("Sit")]}
    )
    found = suggestions.suggest(authority=council, facts=facts)
    assert not Group.objects.filter(name="Bench Lads").exists()
    answer(signed_in("directory_editor"), found, take="yes")
    assert Group.objects.get(name="Bench Lads").state == "live"


def test_a_worker_s_word_settles_a_claim(signed_in, council):
    group = made.group(council, contact=None)
    claims.ask(group=group, name="Jean Prescott", email="jean@knit.example")
    claim = Claim.objects.get()
    claims.send_letters(claim=claim)
    page = signed_in("worker").get(QUEUE).content.decode()
    assert "Jean Prescott" in page
    signed_in("worker").post(f"{QUEUE}claims/{claim.pk}/", {"answer": "accept"})
    group.refresh_from_db()
    assert group.organisation is not None


def test_a_worker_sees_claims_and_no_suggestions(signed_in, group):
    found = told(group, **{"a0-cost": "£2"})
    client = signed_in("worker")
    assert "Wilma Green" not in client.get(QUEUE).content.decode()
    assert client.get(f"{QUEUE}told/{found.pk}/").status_code == 404
    assert answer(client, found, take="yes").status_code == 404


@pytest.mark.parametrize("who", ["other_authority", "resident", "organiser", "auditor"])
def test_others_find_no_such_page(signed_in, group, who):
    found = told(group, **{"a0-cost": "£2"})
    client = signed_in(who)
    assert client.get(f"{QUEUE}told/{found.pk}/").status_code == 404
    page = client.get(QUEUE)
    assert page.status_code == 404 or "Wilma" not in page.content.decode()


def test_owners_changes_are_visible_at_once(signed_in, group):
    facts = screen.applied(stored.of(group), {"what": "Wool and gossip."})
    listings.change(group=group, facts=facts, by=None, how=listings.THE_GROUP)
    assert moderating.by_owners(
        group.authority_id, since=timezone.now() - timezone.timedelta(days=1)
    ).exists()
    page = signed_in("directory_editor").get(QUEUE).content.decode()
    assert "Changed by the groups themselves" in page
    assert "No group changed its own" not in page
