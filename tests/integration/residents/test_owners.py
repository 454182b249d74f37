"""Nobody is left without an owner: the sweep that must give nobody."""

from thedeal.lib import once
from thedeal.partners.actions import memberships
from thedeal.partners.selectors import held_now
from thedeal.residents.actions import alongside, people
from thedeal.residents.models import Alongside
from thedeal.residents.selectors import owners
from thedeal.residents.states import Whereabouts, WhyEnded


def swept(person):
    return list(owners.without_an_owner(authority_id=person.authority_id))


def test_a_worker_who_leaves_is_seen_at_once_and_one_step_mends_it(cast, team, joan):
    ken = people.meet(team=team, by=cast.tom, called="Ken")
    assert swept(joan) == []
    memberships.end(cast.amina.memberships.get(), by=cast.tom, reason="New job")
    assert swept(joan) == [joan]
    assert list(owners.without_an_owner_beside(cast.tom)) == [joan]
    loads = owners.loads(cast.tom, team)
    amina = next(load for load in loads if load.worker == cast.amina)
    assert (amina.people, amina.works_here) == (1, False)
    alongside.hand_over_everyone(leaver=cast.amina, team=team, to=cast.tom, by=cast.tom)
    assert swept(joan) == []
    loads = owners.loads(cast.tom, team)
    assert [(x.worker, x.people) for x in loads][0] == (cast.tom, 2)
    assert cast.amina not in [x.worker for x in loads]
    assert owners.loads(cast.jo, team) == []
    assert ken.alongside.get().worker == cast.tom


def test_whoever_settled_moved_or_died_needs_no_owner(cast, joan):
    tie = joan.alongside.get()
    alongside.end(tie, why=WhyEnded.SETTLED, by=cast.amina)
    assert swept(joan) == []
    Alongside.objects.update(why_ended=WhyEnded.HANDED_OVER.value)
    assert swept(joan) == [joan]
    Alongside.objects.update(ended_at=None, why_ended="")
    people.stop_everything(joan, reason=Whereabouts.DIED, by=cast.amina)
    cast.amina.memberships.all().delete()
    assert swept(joan) == []


def test_somebody_in_hospital_still_has_an_owner(cast, team, joan):
    people.stop_everything(joan, reason=Whereabouts.IN_HOSPITAL, by=cast.amina)
    memberships.end(cast.amina.memberships.get(), by=cast.tom, reason="New job")
    assert swept(joan) == [joan]


def test_a_role_that_ends_within_a_request_ends_there_at_once(cast):
    with once.reading_once():
        assert held_now(cast.amina)
        memberships.end(cast.amina.memberships.get(), by=cast.tom, reason="New job")
        assert held_now(cast.amina) == ()
