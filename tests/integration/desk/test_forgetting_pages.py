"""The records manager's page of what is due to be forgotten."""

import datetime as dt

import pytest
from django.utils import timezone

from thedeal.partners.models import Team
from thedeal.residents.actions import alongside, forgetting, people
from thedeal.residents.models import Forgetting
from thedeal.residents.states import WhyEnded


@pytest.fixture
def due(cast):
    """Give the proposal to forget somebody who settled long ago."""
    team = Team.objects.get(organisation__slug="council", name="Leigh")
    joan = people.meet(team=team, by=cast.amina, called="Joan")
    alongside.end(joan.alongside.get(), why=WhyEnded.SETTLED, by=cast.amina)
    later = timezone.localdate() + dt.timedelta(days=900)
    forgetting.propose_due(authority_id=joan.authority_id, today=later)
    return Forgetting.objects.get()


def test_what_is_due_is_looked_at_and_erased(signed_in, due):
    keeper = signed_in("records_manager")
    shown = keeper.get("/desk/people/forgetting/").content.decode()
    assert "Joan" in shown
    assert "no commissioned service" in shown
    keeper.post(f"/desk/people/forgetting/{due.pk}/erase/")
    after = keeper.get("/desk/people/forgetting/").content.decode()
    assert "Joan" not in after
    assert str(due.person_id) in after
    again = keeper.post(f"/desk/people/forgetting/{due.pk}/erase/")
    assert again.status_code == 404


def test_or_kept_with_a_reason_and_a_day(signed_in, due):
    keeper = signed_in("records_manager")
    where = f"/desk/people/forgetting/{due.pk}/keep/"
    assert keeper.get(where).status_code == 200
    day = {"look_again_on_day": 1, "look_again_on_month": 5}
    past = keeper.post(where, {"why": "Inquiry 7", **day, "look_again_on_year": 2001})
    assert "Choose a later day" in past.content.decode()
    keeper.post(where, {"why": "Inquiry 7", **day, "look_again_on_year": 2090})
    due.refresh_from_db()
    assert (due.decision, due.look_again_on) == ("keep", dt.date(2090, 5, 1))


@pytest.mark.parametrize("who", ["worker", "caldicott_guardian", "administrator"])
def test_nobody_else_decides(signed_in, due, who):
    client = signed_in(who)
    assert client.get("/desk/people/forgetting/").status_code == 404
    erased = client.post(f"/desk/people/forgetting/{due.pk}/erase/")
    assert erased.status_code == 404
