"""A worker spends a small sum at once; everybody sees what for, nobody sees for whom."""

import pytest
from django.db import IntegrityError, transaction

from thedeal.deals.actions import spending
from thedeal.deals.models import SmallSpend, SpentFor
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.partners.actions import words


def spend(cast, team, person, pence=2499, bought="A kettle", **more):
    return spending.spend(
        person, team=team, pence=pence, bought=bought, by=cast.amina, **more
    )


def test_it_is_spent_at_once_in_one_line(cast, team, joan):
    line = spend(cast, team, joan, why="Hers broke.")
    assert (line.pence, line.bought) == (2499, "A kettle")
    assert SpentFor.objects.get(spend=line).person == joan


@pytest.mark.parametrize(("pence", "fits"), [(0, False), (10000, True), (10001, False)])
def test_the_limit_is_the_only_gate(cast, team, joan, pence, fits):
    if fits:
        assert spend(cast, team, joan, pence).pence == pence
        return
    with pytest.raises(UserFacingError):
        spend(cast, team, joan, pence)


def test_the_limit_is_the_council_s_own(cast, team, joan):
    words.put(
        authority=team.authority,
        key="deals.small_spend_limit_pence",
        text="2000",
        by=cast.administrator,
    )
    with pytest.raises(UserFacingError, match="£20"):
        spend(cast, team, joan, 2001)


@pytest.mark.parametrize("bought", ["Joan’s bus pass", "kettle for joan", "  "])
def test_the_line_names_nobody(cast, team, joan, bought):
    with pytest.raises(UserFacingError):
        spend(cast, team, joan, bought=bought)


def test_a_worker_of_another_team_spends_on_their_own_people(cast, team, joan):
    with pytest.raises(NotAllowedError):
        spending.spend(joan, team=team, pence=100, bought="Tea", by=cast.other_team)


def test_the_database_holds_the_limit_too(cast, team, joan):
    line = spend(cast, team, joan)
    with pytest.raises(IntegrityError), transaction.atomic():
        SmallSpend.objects.filter(pk=line.pk).update(pence=line.limit_pence + 1)
