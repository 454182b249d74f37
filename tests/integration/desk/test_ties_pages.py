"""Who matters, who may know, and two records of one person: as a worker clicks."""

import pytest

from thedeal.partners.models import Organisation, Team
from thedeal.residents.actions import people
from thedeal.residents.models import Merge, Person, SharingChoice


@pytest.fixture
def joan(cast):
    team = Team.objects.get(organisation__slug="council", name="Leigh")
    return people.meet(team=team, by=cast.amina, called="Joan", phone="01942 244991")


@pytest.fixture
def worker(signed_in):
    return signed_in("worker")


def test_who_may_know_is_said_and_taken_back(worker, joan):
    trust = Organisation.objects.get(slug="makerfield-nhs")
    where = f"/desk/people/{joan.pk}/sharing/"
    said = {"organisation": trust.pk, "purpose": "alongside", "may": "yes"}
    worker.post(where, {**said, "said": "The nurse may know."})
    assert "The nurse may know." in worker.get(where).content.decode()
    choice = SharingChoice.objects.get()
    assert choice.may
    worker.post(f"{where}{choice.pk}/withdraw/")
    choice.refresh_from_db()
    assert choice.withdrawn_at
    elsewhere = Organisation.objects.filter(authority__slug="ribbleside").first()
    refused = worker.post(where, {**said, "organisation": elsewhere.pk})
    assert refused.status_code == 200
    assert SharingChoice.objects.count() == 1


def test_who_matters_is_written_and_ended(worker, joan):
    where = f"/desk/people/{joan.pk}/matters/"
    refused = worker.post(where, {"words": "My son Paul.", "kind": "speaks for me"})
    assert "what authority" in refused.content.decode()
    worker.post(where, {"words": "My daughter Anne.", "kind": "family"})
    page = f"/desk/people/{joan.pk}/"
    assert "My daughter Anne." in worker.get(page).content.decode()
    worker.post(f"{where}{joan.relations.get().pk}/end/")
    assert "My daughter Anne." not in worker.get(page).content.decode()


def test_two_records_are_joined_and_parted(worker, cast, joan):
    team = joan.alongside.get().team
    other = people.meet(team=team, by=cast.tom, called="Joanie", full_name="Joan Peet")
    where = f"/desk/people/{joan.pk}/one-person/"
    assert "Joan Peet" in worker.get(where).content.decode()
    worker.post(where, {"other": str(other.pk), "reason": "She told me."})
    other.refresh_from_db()
    assert other.merged_into == joan
    assert "She told me." in worker.get(where).content.decode()
    worker.post(f"{where}{Merge.objects.get().pk}/part/")
    assert Person.objects.filter(merged_into__isnull=True).count() == 2


@pytest.mark.parametrize("part", ["sharing/", "matters/", "one-person/"])
def test_to_another_team_none_of_it_is_there(signed_in, joan, part):
    client = signed_in("other_team")
    assert client.get(f"/desk/people/{joan.pk}/{part}").status_code == 404
