"""The plan: who is in it, what it proposes, and what it never does."""

import pytest

from thedeal.deals.actions import planning
from thedeal.deals.models import Introduction, Proposal
from thedeal.messages.models import Letter
from thedeal.partners.models import Team
from thedeal.residents.actions import gifts, people

DOOR = "WN7 1AB"
HOURS = "Wed 13:00-16:00"


@pytest.fixture
def team(full_borough, cast):
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def met(cast, team):
    """Give somebody new with a wish: ``met("Joan", "To sing again")``."""

    def meet(called, wish="To sing with other people again", *, hours=HOURS, **about):
        about = {"postcode": DOOR, "free_when": hours} | about
        person = people.meet(team=team, by=cast.worker, called=called, **about)
        if wish:
            gifts.say_wish(
                person, kind="want", words=wish, by=cast.worker, is_confirmed=True
            )
        return person

    return meet


def make(team, **more):
    return planning.make(team.authority_id, **more)


def proposed(person):
    return Proposal.objects.filter(person=person, activity__isnull=False).first()


def test_somebody_is_proposed_what_they_said_with_reasons(met, team):
    joan = met("Joan", hours="")
    plan = make(team)
    proposal = proposed(joan)
    assert (plan.people, plan.placed) == (1, 1)
    assert "sing" in proposal.activity.name.lower()
    assert "minutes' walk" in proposal.reasons
    assert not Introduction.objects.exists()
    assert not Letter.objects.filter(person_id=joan.pk).exists()
