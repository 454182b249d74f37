"""Who is coming to a group, for whoever runs it; and what a worker and others see of it."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import listings
from thedeal.deals.actions import introductions
from thedeal.deals.states import Introduced
from thedeal.partners.models import Team
from thedeal.residents.actions import people
from thedeal.residents.states import Whereabouts

BEV = {"name": "Bev", "phone": "", "email": "bev@example.org", "show": "ask"}


@pytest.fixture
def group(cast):
    """Give a group that Bev runs."""
    team = Team.objects.get(organisation__slug="council", name="Leigh")
    made = listings.group(team.authority, "Brew Crew", contact=BEV)
    made.organisation_id = cast.bev.memberships.get().organisation_id
    made.save()
    return made


@pytest.fixture
def asked(cast, group):
    """Give Joan's introduction to it, on its way."""
    team = Team.objects.get(organisation__slug="council", name="Leigh")
    joan = people.meet(
        team=team, by=cast.amina, called="Joan", full_name="Joan Critchley"
    )
    return introductions.introduce(
        joan,
        team=team,
        group=group,
        by=cast.amina,
        first_name="Joan",
        says="I bake.",
        they_said_yes=True,
    )


def test_whoever_runs_it_answers_on_its_page(signed_in, group, asked):
    bev, page = signed_in("organiser"), f"/desk/directory/groups/{group.pk}/"
    shown = bev.get(page).content.decode()
    assert "Who would like to come" in shown
    assert "I bake." in shown
    assert "Critchley" not in shown
    bev.post(f"{page}coming/{asked.pk}/", {"do": "yes"})
    asked.refresh_from_db()
    assert asked.state == Introduced.YES.value
    assert "They came" in bev.get(page).content.decode()
    bev.post(f"{page}coming/{asked.pk}/", {"do": "came"})
    asked.refresh_from_db()
    assert asked.state == Introduced.WENT.value
    assert "Joan" not in bev.get(page).content.decode()


def test_saying_full_is_heard_and_odd_words_are_not(signed_in, group, asked):
    bev = signed_in("organiser")
    where = f"/desk/directory/groups/{group.pk}/coming/{asked.pk}/"
    assert bev.post(where, {"do": "settled"}).status_code == 404
    bev.post(where, {"do": "full"})
    asked.refresh_from_db()
    assert asked.state == Introduced.FULL.value
    again = bev.post(where, {"do": "yes"}, follow=True).content.decode()
    assert "already" in again


def test_nobody_is_asked_about_who_is_away(signed_in, cast, group, asked):
    people.stop_everything(asked.person, reason=Whereabouts.IN_HOSPITAL, by=cast.amina)
    page = f"/desk/directory/groups/{group.pk}/"
    assert "I bake." not in signed_in("organiser").get(page).content.decode()


def test_who_never_came_is_not_shown_for_ever(signed_in, group, asked):
    long_ago = timezone.now() - dt.timedelta(days=60)
    asked.state, asked.answered_at = Introduced.YES.value, long_ago
    asked.save()
    page = f"/desk/directory/groups/{group.pk}/"
    assert "I bake." not in signed_in("organiser").get(page).content.decode()


@pytest.mark.parametrize(
    "who", ["worker", "directory_editor", "other_authority", "stranger"]
)
def test_nobody_else_answers_for_it_or_sees_who_comes(signed_in, group, asked, who):
    client, page = signed_in(who), f"/desk/directory/groups/{group.pk}/"
    assert "I bake." not in client.get(page).content.decode()
    answered = client.post(f"{page}coming/{asked.pk}/", {"do": "yes"})
    assert answered.status_code == 404
    asked.refresh_from_db()
    assert asked.state == Introduced.ASKED.value
