"""A locked measure asks nothing until the council enters what its owners gave it."""

import pytest

from thedeal.audit.models import Entry
from thedeal.partners.models import Authority, Team, Words
from thedeal.residents.actions import people
from thedeal.residents.models import Measure

PAGE = "/desk/measures/swemwbs/"
SEVEN = ("one", "two", "three", "four", "five", "six", "seven")
LICENSED = {"registration": "W-123"} | {n: f"Licensed statement {n}" for n in SEVEN}


@pytest.fixture
def joan(cast):
    team = Team.objects.get(organisation__slug="council", name="Leigh")
    return people.meet(team=team, by=cast.worker, called="Joan")


@pytest.fixture
def admin(signed_in):
    return signed_in("administrator")


def test_it_is_asked_once_registration_and_statements_are_entered(
    signed_in, admin, joan
):
    ask = f"/desk/people/{joan.pk}/how-are-you/swemwbs/"
    worker = signed_in("worker")
    assert worker.get(ask).status_code == 400
    half = admin.post(PAGE, LICENSED | {"four": " "})
    assert half.status_code == 400
    assert "W-123" in half.content.decode()
    assert not Words.objects.filter(key__contains="swemwbs").exists()
    admin.post(PAGE, LICENSED)
    shown = worker.get(ask).content.decode()
    assert "Licensed statement seven" in shown
    assert "University of Warwick and University of Edinburgh, 2008" in shown
    worker.post(ask, dict.fromkeys(SEVEN, "4"))
    assert '"value": 25.03' in Measure.objects.get().scores
    assert Entry.objects.filter(action="partners.measure_registered").count() == 1


def test_it_is_locked_again_and_what_was_answered_stays(signed_in, admin, joan):
    admin.post(PAGE, LICENSED)
    ask = f"/desk/people/{joan.pk}/how-are-you/swemwbs/"
    worker = signed_in("worker")
    worker.post(ask, dict.fromkeys(SEVEN, "4"))
    admin.post(PAGE, {"lock": "1"})
    assert worker.get(ask).status_code == 400
    assert Measure.objects.count() == 1
    assert not Words.objects.filter(key__contains="swemwbs").exists()


def test_each_council_has_its_own(admin):
    admin.post(PAGE, LICENSED)
    theirs = Authority.objects.exclude(slug="makerfield").first()
    assert theirs is not None
    assert "measure_registrations" not in theirs.settings


@pytest.mark.parametrize("who", ["worker", "director", "resident", "stranger"])
def test_nobody_else_enters_one(signed_in, who):
    assert signed_in(who).get("/desk/measures/").status_code == 404
    assert signed_in(who).post(PAGE, LICENSED).status_code == 404


@pytest.mark.parametrize("name", ["ons4", "nonsense"])
def test_what_needs_none_has_no_page(admin, name):
    assert admin.get(f"/desk/measures/{name}/").status_code == 404
    assert "SWEMWBS" in admin.get("/desk/measures/").content.decode()
