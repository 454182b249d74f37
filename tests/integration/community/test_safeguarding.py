"""A group's safeguarding policy: who saw it, when, and where that is told."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import listings as made
from thedeal.audit.models import Entry
from thedeal.community.actions import listings
from thedeal.community.selectors import matchable, telling
from thedeal.lib.errors import NotAllowedError
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
UNSEEN = "Nobody has seen its safeguarding policy yet."


@pytest.fixture
def tots(cast):
    council = Authority.objects.get(slug="makerfield")
    return made.group(council, "Tiny Tots", activities=[made.activity("Stay and play")])


def trust(group):
    (listing,) = matchable.read({}, [str(group.activities.get().pk)]).listings
    return listing.trust


def test_seen_by_whom_and_when_is_told_wherever_the_group_is(clock, cast, tots):
    listings.say_safeguarding(
        group=tots, needs=True, is_seen=True, by=cast.directory_editor
    )
    tots.refresh_from_db()
    told = "saw its safeguarding policy on 23 November 2026."
    assert telling.safeguarding(tots).endswith(told)
    assert tots.safeguarding_seen_by_id == cast.directory_editor.pk
    for page in (tots, tots.activities.get()):
        assert told in Client().get(page.get_absolute_url()).content.decode()
    seen = trust(tots)
    assert seen.safeguarding_seen_by == tots.safeguarding_seen_for != ""
    assert seen.safeguarding_seen_on.isoformat() == "2026-11-23"
    assert Entry.objects.filter(action="community.safeguarding").count() == 1


def test_not_seen_where_it_is_needed_is_said_and_not_trusted(clock, cast, tots):
    assert telling.safeguarding(tots) == ""
    today = timezone.localdate()
    assert trust(tots).is_trusted(today, within_days=105)
    listings.say_safeguarding(
        group=tots, needs=True, is_seen=False, by=cast.directory_editor
    )
    tots.refresh_from_db()
    assert telling.safeguarding(tots) == UNSEEN
    assert not trust(tots).is_trusted(today, within_days=105)
    assert UNSEEN in Client().get(tots.get_absolute_url()).content.decode()


def test_what_was_seen_can_be_taken_back(cast, tots):
    for is_seen in (True, False):
        listings.say_safeguarding(
            group=tots, needs=True, is_seen=is_seen, by=cast.directory_editor
        )
    tots.refresh_from_db()
    assert (tots.safeguarding_seen_at, tots.safeguarding_seen_for) == (None, "")


def test_only_who_keeps_the_directory_may_say_so(cast, tots):
    for who in (cast.worker, cast.organiser, cast.other_authority):
        with pytest.raises(NotAllowedError):
            listings.say_safeguarding(group=tots, needs=True, is_seen=True, by=who)


def test_the_desk_takes_it_keeps_it_and_takes_it_back(clock, signed_in, tots):
    editor, page = signed_in("directory_editor"), f"/desk/directory/groups/{tots.pk}/"
    assert "Its safeguarding policy" in editor.get(page).content.decode()
    asked = editor.get(f"{page}safeguarding/").content.decode()
    assert "I have seen it today" in asked and "as it was" not in asked
    editor.post(f"{page}safeguarding/", {"needs": "on", "is_seen": "today"})
    clock.shift(dt.timedelta(days=40))
    editor = signed_in("directory_editor")
    editor.post(f"{page}safeguarding/", {"needs": "on", "is_seen": "as it was"})
    assert "policy on 23 November 2026" in editor.get(page).content.decode()
    assert (
        "Select"
        in editor.post(f"{page}safeguarding/", {"is_seen": "perhaps"}).content.decode()
    )
    editor.post(f"{page}safeguarding/", {"is_seen": "no"})
    text = editor.get(page).content.decode()
    assert "saw its safeguarding" not in text and UNSEEN not in text
    worker = signed_in("worker").get(page).content.decode()
    assert "Its safeguarding policy" not in worker


def test_the_rules_say_what_is_trusted(db):
    page = Client().get("/how-we-match/").content.decode()
    assert "in the last 105 days" in page
    assert "somebody has seen its safeguarding policy" in page
