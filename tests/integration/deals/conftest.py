"""What the deals' tests share: a team, a person beside it, and a talk with them."""

import pytest

from thedeal.deals.actions import conversations
from thedeal.partners.models import Team
from thedeal.residents.actions import people


@pytest.fixture
def team(cast):
    """Give the council's team in Leigh, where Amina, Tom and Sunita work."""
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def joan(cast, team):
    """Give a person whom Amina met, who can be written to by email."""
    return people.meet(
        team=team,
        by=cast.amina,
        called="Joan",
        full_name="Joan Critchley",
        email="joan.critchley@example.org",
        phone="01942 244991",
        likes_contact_by="email",
        postcode="wn7 1ab",
    )


@pytest.fixture
def talk(cast, team, joan):
    """Give a conversation of Amina's with Joan."""
    return conversations.start(joan, team=team, by=cast.amina)
