"""Every page of the desk about a person has the law's doors, in one tap."""

import pytest
from django.urls import get_resolver

from tests.factories import listings
from thedeal.deals.actions import conversations, deals, doors
from thedeal.deals.models import FollowUp
from thedeal.deals.states import Door
from thedeal.partners.models import Team
from thedeal.residents.actions import people

# pages that take a person and show none: they answer a form, or are a file
NO_PAGE = {
    "company_propose",
    "deal_start",
    "huddle_off",
    "person_goal",
    "person_goals",
    "person_part",
    "person_relation_end",
    "person_say",
    "person_settle",
    "person_sharing_withdraw",
    "person_support_change",
    "person_support_csv",
    "person_support_part",
    "person_support_view",
    "person_support_join",
    "person_whereabouts",
    "signpost",
    "talk_start",
}


@pytest.fixture
def joan(cast):
    """Give a person whom Amina met."""
    team = Team.objects.get(organisation__slug="council", name="Leigh")
    return people.meet(
        team=team, by=cast.amina, called="Joan", email="joan@home.example"
    )


def _activity(joan):
    return listings.group(joan.authority).activities.first()


def addresses():
    """Give the name of each address of the desk that begins with a person."""
    desk = next(
        each for each in get_resolver().url_patterns if str(each.pattern) == "desk/"
    )
    return {
        each.name: str(each.pattern)
        for each in desk.url_patterns
        if str(each.pattern).startswith("people/<uuid:pk>/")
    }


def test_each_page_that_begins_with_a_person(cast, signed_in, joan):
    worker, activity = signed_in("worker"), _activity(joan)
    given = {
        "<uuid:pk>": str(joan.pk),
        "<slug:name>": "ons4",
        "<slug:door>": "advocate",
        "<uuid:activity>": str(activity.pk),
    }
    shut = {}
    for name, pattern in addresses().items():
        if name in NO_PAGE:
            continue
        for part, value in given.items():
            pattern = pattern.replace(part, value)
        answer = worker.get(f"/desk/{pattern}")
        assert answer.status_code == 200, (name, pattern)
        if f"/desk/people/{joan.pk}/doors/safeguarding/" not in answer.content.decode():
            shut[name] = pattern
    assert shut == {}


def test_each_page_of_what_is_theirs(cast, signed_in, joan):
    team = Team.objects.get(organisation__slug="council", name="Leigh")
    talk = conversations.start(joan, team=team, by=cast.amina)
    deal = deals.start(joan, team=team, by=cast.amina)
    asked = doors.open_door(joan, door=Door.NEEDS, by=cast.amina)
    follow_up = FollowUp.objects.create(
        authority=joan.authority,
        person=joan,
        deal=deal,
        worker=cast.amina,
        weeks=2,
        due_on="2026-11-23",
    )
    worker = signed_in("worker")
    for address in (
        f"talks/{talk.pk}/",
        f"talks/{talk.pk}/finish/",
        f"deals/{deal.pk}/",
        f"requests/{asked.pk}/",
        f"requests/{asked.pk}/refusal/",
        f"how-it-went/{follow_up.pk}/",
    ):
        shown = worker.get(f"/desk/{address}").content.decode()
        assert f"/desk/people/{joan.pk}/doors/needs/" in shown, address
