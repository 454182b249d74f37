"""A worker leaves: people, promises and the rest go over in one step, none forgotten."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import listings
from tests.factories.cast import client_for
from thedeal.deals import jobs
from thedeal.deals.actions import (
    agreeing,
    conversations,
    deals,
    handing_over,
    introductions,
)
from thedeal.deals.models import Deal, FollowUp, Introduction, NextStep, Promise
from thedeal.deals.selectors import alternatives, owners
from thedeal.deals.states import Introduced, Next, Side
from thedeal.lib.errors import NotAllowedError
from thedeal.messages.models import Letter
from thedeal.partners.actions import memberships
from thedeal.residents.actions import alongside

BEV = {"name": "Bev", "phone": "", "email": "bev@example.org", "show": "ask"}


@pytest.fixture
def busy(cast, team, joan, talk):
    """Give Amina one of everything with Joan."""
    conversations.finish(
        talk, by=cast.amina, next_step=Next.TALK_AGAIN, chosen_by_them=True
    )
    deal = deals.start(joan, team=team, by=cast.amina)
    day = timezone.localdate() + dt.timedelta(days=5)
    for side in Side:
        deals.promise(deal, side=side, what="Walk", by_when=day, by=cast.amina)
    version = deals.show(deal, by=cast.amina)
    agreeing.on_screen(version, their_mark="J", by=cast.amina)
    jobs.plan_follow_ups(str(deal.pk))
    group = listings.group(joan.authority, "Brew Crew", contact=BEV)
    return introductions.introduce(
        joan,
        team=team,
        group=group,
        by=cast.amina,
        first_name="Joan",
        says="Hello.",
        they_said_yes=True,
    )


def ownerless(authority_id):
    reads = (owners.promises_without, owners.steps_without, owners.follow_ups_without)
    return [read(authority_id).count() for read in reads]


def leave(cast):
    for held in cast.amina.memberships.filter(ended_at__isnull=True):
        memberships.end(held, by=cast.tom, reason="left")


def test_the_sweep_finds_what_a_leaver_left(cast, joan, busy):
    assert ownerless(joan.authority_id) == [0, 0, 0]
    leave(cast)
    assert ownerless(joan.authority_id) == [1, 1, 3]


def test_one_step_hands_everything_over(cast, team, joan, busy):
    moved = handing_over.everything(
        leaver=cast.amina, team=team, to=cast.tom, by=cast.tom
    )
    leave(cast)
    assert ownerless(joan.authority_id) == [0, 0, 0]
    assert moved == {
        "people": 1,
        "promises": 1,
        "deals": 1,
        "steps": 1,
        "introductions": 1,
        "follow_ups": 3,
        "asks": 0,
    }
    owner = {"owner": cast.tom}
    worker = {"worker": cast.tom}
    assert Promise.objects.filter(**owner).count() == 1
    assert NextStep.objects.filter(**owner).count() == 1
    assert Deal.objects.filter(**worker).count() == 1
    assert Introduction.objects.filter(**worker).count() == 1
    assert FollowUp.objects.filter(**worker).count() == 3


def test_the_nightly_sweep_tells_the_leads_what_has_nobody(cast, team, joan, busy):
    assert not any(jobs.whom_nobody_owns().values())
    assert not Letter.objects.filter(kind="deals.nobody_owns").exists()
    leave(cast)
    found = jobs.whom_nobody_owns()
    jobs.whom_nobody_owns()
    assert found == {
        "people": 1,
        "promises": 1,
        "steps": 1,
        "introductions": 1,
        "follow-ups": 3,
    }
    told = Letter.objects.filter(kind="deals.nobody_owns")
    assert {letter.user_id for letter in told} == {cast.tom.pk, cast.sunita.pk}
    assert told.count() == 2


def test_who_left_with_promises_and_no_people_is_on_the_teams_page(
    cast, team, joan, busy
):
    alongside.hand_over(joan.alongside.get(), to=cast.tom, by=cast.tom)
    leave(cast)
    held = {each.worker: each for each in owners.holding(cast.tom, team)}
    assert (held[cast.amina].people, held[cast.amina].works_here) == (0, False)
    assert held[cast.amina].things == 6
    client = client_for(cast.tom)
    page = f"/desk/people/teams/{team.pk}/leaving/{cast.amina.pk}/"
    shown = client.get(page).content.decode()
    assert "6 things owed" in shown
    client.post(page, {"to": cast.tom.pk})
    assert not any(owners.without(joan.authority_id).values())


def test_a_stranger_hands_nothing_over(cast, team, busy):
    with pytest.raises(NotAllowedError):
        handing_over.everything(
            leaver=cast.amina, team=team, to=cast.tom, by=cast.other_team
        )


def test_a_full_group_brings_other_ideas_but_never_itself(cast, busy):
    introductions.answer(busy, state=Introduced.FULL, by=cast.amina)
    others = alternatives.instead_of(busy)
    assert len(others) <= alternatives.HOW_MANY
    assert busy.group_id not in {activity.group_id for activity in others}
