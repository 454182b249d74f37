"""Upgrading writes down which team answered where, as it stood by their names."""

import datetime as dt

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from thedeal.deals.models import Serving
from thedeal.deals.selectors import serving
from thedeal.partners.models import Authority, Organisation, Team
from thedeal.places.models import Neighbourhood

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
BEFORE = ("deals", "0007_the_page_that_wrote_last")
AFTER = ("deals", "0008_which_team_answers_where")


def migrate(to):
    """Bring the room's tables to where a migration leaves them, this test only."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    MigrationExecutor(connection).migrate([to])


@pytest.fixture
def before(cast):
    """Give the council, in a house where nobody had said yet who answers where."""
    migrate(BEFORE)
    return Authority.objects.get(slug="makerfield")


def neighbourhood(council, name):
    return Neighbourhood.objects.create(
        authority=council,
        name=name,
        slug=name.lower(),
        boundary={},
        population=40_000,
        grouping="Made up",
        **dict.fromkeys(("west", "south", "east", "north", "lat", "lon"), 53.5),
    )


def team(council, name, *, kind="council", **changes):
    found = Organisation.objects.filter(authority=council, kind=kind).first()
    return Team.objects.create(
        authority=council, organisation=found, name=name, **changes
    )


def upgraded(council):
    """Upgrade; give the names of the teams written down for each place, by its name."""
    migrate(AFTER)
    places = dict(Neighbourhood.objects.values_list("pk", "name"))
    rows = Serving.objects.filter(authority=council)
    return {
        places[place]: team
        for place, team in rows.values_list("neighbourhood_id", "team__name")
    }


def test_a_team_of_the_same_name_answers_still_and_another_name_answers_for_none(
    before,
):
    neighbourhood(before, "Hindley")
    neighbourhood(before, "Ince")
    team(before, "Hindley")
    team(before, "Ince nurses")
    found = upgraded(before)
    assert found["Hindley"] == "Hindley"
    assert "Ince" not in found


def test_the_council_s_own_team_answers_before_another_s_older_one(before):
    place = neighbourhood(before, "Hindley")
    theirs = team(before, "Hindley", kind="nhs")
    own = team(before, "Hindley")
    a_year_ago = timezone.now() - dt.timedelta(days=365)
    Team.objects.filter(pk=theirs.pk).update(created_at=a_year_ago)
    migrate(AFTER)
    assert serving.teams_by_place(before)[place.pk] == own.pk


def test_a_team_that_ended_or_of_another_council_answers_for_nothing(before):
    neighbourhood(before, "Hindley")
    team(before, "Hindley", ended_at=timezone.now())
    other = Authority.objects.exclude(pk=before.pk).first()
    elsewhere = Organisation.objects.filter(authority=other).first()
    Team.objects.create(authority=other, organisation=elsewhere, name="Hindley")
    assert "Hindley" not in upgraded(before)


def test_nobody_is_said_to_have_said_it(before):
    neighbourhood(before, "Hindley")
    team(before, "Hindley")
    migrate(AFTER)
    rows = Serving.objects.filter(authority=before)
    assert rows.exists()
    assert set(rows.values_list("set_by", flat=True)) == {None}


def test_it_can_be_taken_back_and_done_again(before):
    neighbourhood(before, "Hindley")
    team(before, "Hindley")
    once = upgraded(before)
    migrate(BEFORE)
    assert upgraded(before) == once
