"""A person's paid support at the desk: entered, changed, judged, seen beside a life."""

import datetime as dt

import pytest
from django.utils import timezone

from thedeal.money.models import Change, Package
from thedeal.partners.models import Team
from thedeal.residents.actions import measures, people
from thedeal.residents.selectors import sharing

TODAY = timezone.localdate()
MONDAY = TODAY - dt.timedelta(weeks=20, days=TODAY.weekday())
LATER = MONDAY + dt.timedelta(weeks=8)
TERMS = {
    "person_reference": "M7",
    "reference": "P7",
    "kind": "home care",
    "gross_weekly": "£1,000.00",
    "contribution_weekly": "",
    "health_weekly": "",
    "price_base": "2026/27",
    "starts_on": MONDAY.isoformat(),
    "ends_on": "",
}
AFTER = {
    "why": "community",
    "happened_on": LATER.isoformat(),
    "follows": "1",
    "after-reference": "P7b",
    "after-kind": "home care",
    "after-gross_weekly": "17",
    "after-price_base": "2026/27",
    "after-starts_on": LATER.isoformat(),
}


@pytest.fixture
def joan(cast):
    team = Team.objects.get(organisation__slug="council", name="Leigh")
    return people.meet(team=team, by=cast.amina, called="Joan", phone="01942 244991")


@pytest.fixture
def worker(signed_in):
    return signed_in("worker")


@pytest.fixture
def where(joan):
    return f"/desk/people/{joan.pk}/support/"


def changed(worker, where, view):
    """Enter £1,000 a week, change it to £17, and write down what Joan says."""
    worker.post(f"{where}enter/", TERMS)
    page = worker.post(f"{where}{Package.objects.get().pk}/change/", AFTER)
    said = {"view": view, "words": "I see people now.", "asked_on": TODAY.isoformat()}
    return worker.post(page.url, said)


def test_a_worker_enters_a_package_its_change_and_the_persons_view(worker, where, joan):
    assert changed(worker, where, "right").url == where
    page = worker.get(where).content.decode()
    assert Package.objects.get(reference="P7").person == joan
    assert Change.objects.get().own_words == "I see people now."
    assert "£983.00 a week less, and the person agrees." in page
    assert "I see people now." in page


def test_a_cut_the_person_did_not_agree_to_is_flagged_and_no_saving(worker, where):
    changed(worker, where, "not_right")
    page = worker.get(where).content.decode()
    assert "Joan did not agree to the change" in page
    assert "Not a saving: the person says this change was not right." in page
    assert "a week less, and the person agrees" not in page


def test_cost_and_answers_stand_in_the_same_weeks(worker, where, joan, cast):
    worker.post(f"{where}enter/", TERMS)
    measures.answer(
        joan,
        instrument="ons4",
        answers={"satisfaction": 3},
        is_own_answer=True,
        by=cast.amina,
        taken_at=timezone.now() - dt.timedelta(weeks=10),
    )
    page = worker.get(where).content.decode()
    assert page.count('role="img"') == 1
    assert "How satisfied I am with my life (0 to 10)" in page
    file = worker.get(f"{where[:-1]}.csv").content.decode("utf-8-sig")
    assert file.splitlines()[0] == "week from,net £,How satisfied I am with my life"
    assert f"{MONDAY + dt.timedelta(weeks=10)},1000.00,3" in file.splitlines()
    assert f"{MONDAY + dt.timedelta(weeks=11)},1000.00," in file.splitlines()


def test_looking_is_noted_where_the_person_can_read_it(worker, where, joan):
    assert not sharing.who_looked(joan)
    worker.get(where)
    assert sharing.who_looked(joan)


@pytest.mark.parametrize("part", ["", "enter/"])
def test_to_another_team_none_of_it_is_there(signed_in, where, part):
    assert signed_in("other_team").get(f"{where}{part}").status_code == 404


def test_a_package_of_somebody_else_is_not_there(worker, where, joan, cast):
    worker.post(f"{where}enter/", TERMS)
    team = joan.alongside.get().team
    other = people.meet(team=team, by=cast.amina, called="Ken", phone="01942 000000")
    change = f"/desk/people/{other.pk}/support/{Package.objects.get().pk}/change/"
    assert worker.get(change).status_code == 404


def test_the_page_asks_the_database_as_often_for_many_as_for_one(
    worker, where, django_assert_max_num_queries
):
    worker.post(f"{where}enter/", TERMS)
    for kind in ("day care", "direct payment", "meals"):
        worker.post(f"{where}enter/", TERMS | {"reference": kind, "kind": kind})
    with django_assert_max_num_queries(60):
        worker.get(where)
