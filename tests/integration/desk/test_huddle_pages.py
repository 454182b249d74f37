"""The week's huddle: told to others by the person's yes and an agreement, no further."""

import datetime as dt
import re

import pytest

from tests.factories import cast as casting
from thedeal.accounts.actions import people as accounts
from thedeal.deals import jobs
from thedeal.deals.models import HuddleTopic
from thedeal.partners.actions import memberships
from thedeal.partners.models import Kind, Organisation, SharingAgreement, Team
from thedeal.residents.actions import people, sharing
from thedeal.residents.models import SharingChoice

LINE = "Would like company on a Tuesday."


@pytest.fixture
def team(cast):
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def joan(cast, team):
    return people.meet(
        team=team, by=cast.worker, called="Joan Ann", full_name="Joan Critchley"
    )


@pytest.fixture
def trust(cast, team):
    """Give an organisation of the same council's, with no agreement and no ties."""
    return Organisation.objects.create(
        authority=team.authority, kind=Kind.NHS, name="Abram Nurses", slug="abram"
    )


@pytest.fixture
def nurse(trust, clock):
    """Give the client of somebody who sees people there."""
    own = Team.objects.create(
        authority=trust.authority, organisation=trust, name="Leigh"
    )
    user = accounts.create(display_name="Nell Nurse", email="nell@nhs.example", by=None)
    accounts.prove_address(user, by=None)
    memberships.start(user=user, organisation=trust, role="worker", team=own, by=None)
    return casting.client_for(user)


@pytest.fixture
def agreed(cast, team, trust, clock):
    return SharingAgreement.objects.create(
        authority=team.authority,
        giver=team.organisation,
        receiver=trust,
        purpose="The weekly huddle",
        starts_on=dt.date(2026, 1, 1),
        until=dt.date(2027, 12, 31),
        document_reference="H1",
        agreed_by=cast.worker,
    )


@pytest.fixture
def worker(signed_in):
    return signed_in("worker")


def says(person, trust, cast, *, may=True):
    return sharing.choose(
        person,
        organisation=trust,
        purpose=SharingChoice.Purpose.HUDDLE,
        may=may,
        by=cast.worker,
    )


def put(worker, person):
    return worker.post(f"/desk/people/{person.pk}/huddle/", {"about": LINE})


def text(answer):
    """Give what a page says: no tags, single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def shown(client):
    return LINE in text(client.get("/desk/people/huddle/"))


def test_my_own_team_hears_and_nobody_else_by_default(
    worker, signed_in, nurse, joan, agreed
):
    assert not shown(nurse)
    assert put(worker, joan).status_code == 302
    assert shown(worker)
    assert shown(signed_in("team_lead"))
    assert not shown(nurse)
    for who in ("other_team", "other_authority"):
        assert not shown(signed_in(who))


def test_another_organisation_hears_a_first_name_and_a_line(
    worker, nurse, cast, joan, trust, agreed
):
    says(joan, trust, cast)
    put(worker, joan)
    page = text(nurse.get("/desk/people/huddle/"))
    assert LINE in page
    assert "Joan" in page
    assert "Critchley" not in page
    record = nurse.get(f"/desk/people/{joan.pk}/")
    assert record.status_code == 404


def test_a_yes_without_an_agreement_tells_nobody(worker, nurse, cast, joan, trust):
    says(joan, trust, cast)
    put(worker, joan)
    assert not shown(nurse)


def test_a_yes_taken_back_takes_the_row_off(worker, nurse, cast, joan, trust, agreed):
    choice = says(joan, trust, cast)
    put(worker, joan)
    sharing.withdraw(choice, by=cast.worker)
    assert not shown(nurse)  # the very next request: no job is waited for
    assert shown(worker)


def test_an_agreement_that_ends_takes_the_row_off(
    worker, nurse, clock, cast, joan, trust, agreed
):
    says(joan, trust, cast)
    put(worker, joan)
    assert jobs.take_off_what_may_not_be_told() == 0
    agreed.ended_at, agreed.ended_by = dt.datetime.now(dt.UTC), cast.worker
    agreed.save()
    assert not shown(nurse)
    assert jobs.take_off_what_may_not_be_told() == 1


def test_next_week_begins_with_an_empty_list(worker, clock, joan):
    put(worker, joan)
    clock.shift(dt.timedelta(days=7))
    assert not shown(worker)


def test_nobody_is_on_it_twice_and_anybody_beside_takes_them_off(
    worker, signed_in, joan
):
    put(worker, joan)
    assert "on this week's list already" in put(worker, joan).content.decode().replace(
        "&#39;", "'"
    )
    signed_in("team_lead").post(f"/desk/people/{joan.pk}/huddle/off/")
    assert not shown(worker)
    assert HuddleTopic.objects.get().taken_off_at is not None


@pytest.mark.parametrize("who", ["other_team", "other_authority"])
def test_a_stranger_puts_nobody_on_it(signed_in, joan, who):
    assert put(signed_in(who), joan).status_code == 404


def test_the_list_asks_the_database_the_same_however_long(
    worker, cast, team, joan, django_assert_max_num_queries
):
    for name in ("Ann", "Bo", "Cy"):
        put(worker, people.meet(team=team, by=cast.worker, called=name))
    with django_assert_max_num_queries(26):
        worker.get("/desk/people/huddle/")
