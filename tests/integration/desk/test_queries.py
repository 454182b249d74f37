"""However much somebody has said and done, a page about them asks the database the same."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import listings
from thedeal.deals.actions import (
    conversations,
    deals,
    fitting,
    introductions,
    spending,
)
from thedeal.deals.states import Side
from thedeal.partners.models import Team
from thedeal.residents.actions import gifts, measures, people

FEW, MORE = 2, 6
ONS4 = ("satisfaction", "worthwhile", "happy", "anxious")


@pytest.fixture
def team(cast):
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def joan(cast, team):
    return people.meet(team=team, by=cast.worker, called="Joan", postcode="WN7 1EB")


@pytest.fixture
def talk(cast, team, joan):
    return conversations.start(joan, team=team, by=cast.worker)


@pytest.fixture
def deal(cast, team, joan, talk):
    return deals.start(joan, team=team, by=cast.worker, conversation=talk)


def live_on(joan, talk, deal, team, *, by, number):
    """Say, promise, rate, spend and meet once more."""
    given = {"by": by, "is_confirmed": True}
    gifts.say_strength(joan, kind="hands", words=f"Baking {number}", **given)
    gifts.say_wish(joan, kind="want", words=f"A walk {number}", **given)
    conversations.write_note(talk, by=by, saw_heard=f"A piano {number}")
    conversations.start(joan, team=team, by=by)
    goal = measures.say_goal(joan, words=f"Out once a week {number}", by=by)
    measures.rate_goal(goal, rating=number % 10, by=by)
    measures.end_goal(goal, by=by)  # three are open at most
    answers = dict.fromkeys(ONS4, number % 10)
    measures.answer(joan, instrument="ons4", answers=answers, is_own_answer=True, by=by)
    soon = timezone.localdate() + dt.timedelta(days=7)
    for side in Side:
        deals.promise(deal, side=side, what=f"Ring {number}", by_when=soon, by=by)
    spending.spend(joan, team=team, pence=100, bought=f"tea {number}", by=by)
    meet(joan, talk, team, by=by, number=number)


def meet(joan, talk, team, *, by, number):
    """Introduce them to one more group, and keep one more thing."""
    group = listings.group(
        team.authority,
        f"Group {number}",
        activities=[listings.activity(f"Table {number}")],
    )
    activity = group.activities.get()
    introductions.introduce(
        joan,
        team=team,
        group=group,
        activity=activity,
        first_name="Joan",
        says="I bake.",
        they_said_yes=True,
        by=by,
    )
    fitting.keep(joan, activity=activity, by=by, conversation=talk)


def write_too(talk, cast, *, number):
    """Let one more colleague write in the same conversation."""
    colleague = (cast.team_lead, cast.sunita)[number]
    conversations.save_draft(talk, by=colleague, content={"words": "hm"}, revision=0)


def test_any_number_of_colleagues_writing_costs_one_statement(
    signed_in, cast, team, joan, talk
):
    page, counts = f"/desk/talks/{talk.pk}/", []
    for number in range(2):
        write_too(talk, cast, number=number)
        counts.append(asked(signed_in("worker"), page))
    assert counts[0] == counts[1]


def asked(client, address):
    """Give how many statements a page makes, once it has been opened before."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


def test_pages_about_a_person_ask_as_little_for_much_as_for_little(
    signed_in, cast, team, joan, talk, deal
):
    client, by = signed_in("worker"), cast.worker
    at = f"/desk/people/{joan.pk}/"
    pages = [
        "/desk/",
        "/desk/people/",
        *(f"{at}{part}" for part in ("", "so-far/", "matters/", "sharing/")),
        *(f"{at}{part}" for part in ("support/", "change/", "hand-over/", "spend/")),
        *(f"{at}{part}" for part in ("how-are-you/ons4/",)),
        f"/desk/talks/{talk.pk}/",
        f"/desk/deals/{deal.pk}/",
    ]
    counts = []
    for numbers in (range(FEW), range(FEW, FEW + MORE)):
        for number in numbers:
            live_on(joan, talk, deal, team, by=by, number=number)
        counts.append({page: asked(client, page) for page in pages})
    few, more = counts
    grown = {page: (few[page], more[page]) for page in pages if more[page] > few[page]}
    assert grown == {}
