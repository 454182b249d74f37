"""What tests of the desk's pages share."""

import pytest

from thedeal.deals.actions import conversations
from thedeal.partners.models import Team
from thedeal.residents.actions import people


@pytest.fixture
def talk(cast):
    """Give a conversation with Joan, begun by a worker of the council's team in Leigh."""
    team = Team.objects.get(organisation__slug="council", name="Leigh")
    joan = people.meet(team=team, by=cast.worker, called="Joan")
    return conversations.start(joan, team=team, by=cast.worker)
