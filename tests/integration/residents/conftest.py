"""What the residents' tests share: a team, and somebody it is alongside."""

import pytest

from thedeal.partners.models import Team
from thedeal.residents.actions import people


@pytest.fixture
def team(cast):
    """Give the council's team in Leigh, where Amina, Tom and Sunita work."""
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def joan(cast, team):
    """Give a person whom Amina met this minute."""
    return people.meet(
        team=team,
        by=cast.amina,
        called="Joan",
        full_name="Joan Critchley",
        phone="01942 244991",
        postcode="wn7 1ab",
    )
