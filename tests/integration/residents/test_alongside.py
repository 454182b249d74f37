"""Being alongside: begun, handed over, ended; nobody is left without an owner."""

import pytest

from thedeal.accounts.actions import people as users
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.partners.actions import authorities, memberships
from thedeal.partners.models import Team
from thedeal.residents import permissions
from thedeal.residents.actions import alongside, people
from thedeal.residents.models import Alongside, SharingChoice
from thedeal.residents.states import WhyEnded


@pytest.fixture
def tie(joan):
    return joan.alongside.get()


@pytest.fixture
def hindley(cast):
    return Team.objects.get(organisation__slug="council", name="Hindley & Abram")


def test_handed_over_within_the_team(cast, joan, tie):
    new = alongside.hand_over(tie, to=cast.tom, by=cast.amina)
    tie.refresh_from_db()
    assert (new.worker, new.team) == (cast.tom, tie.team)
    assert tie.why_ended == WhyEnded.HANDED_OVER
    with pytest.raises(UserFacingError, match="already"):
        alongside.hand_over(new, to=cast.tom, by=cast.amina)
    with pytest.raises(UserFacingError, match="ended already"):
        alongside.hand_over(tie, to=cast.tom, by=cast.amina)


def test_handed_over_to_another_team_of_ours(cast, joan, tie, hindley):
    with pytest.raises(UserFacingError, match="does not work in"):
        alongside.hand_over(tie, to=cast.tom, team=hindley, by=cast.amina)
    alongside.hand_over(tie, to=cast.jo, team=hindley, by=cast.amina)
    assert permissions.can_change(cast.jo, joan)
    assert not permissions.can_see(cast.amina, joan)


def test_two_teams_become_one(cast, joan, tie, hindley):
    theirs = alongside.begin(joan, team=hindley, worker=cast.jo, by=cast.amina)
    kept = alongside.hand_over(tie, to=cast.jo, team=hindley, by=cast.amina)
    assert kept == theirs
    assert joan.alongside.get(ended_at__isnull=True) == theirs


def work_in_a_team_of(organisation, user):
    """Put somebody in a new team of an organisation; give the team."""
    team = authorities.add_team(organisation=organisation, name="Nights", by=None)
    memberships.start(
        user=user, organisation=organisation, role="worker", team=team, by=None
    )
    return team


def test_another_organisation_needs_the_persons_yes(cast, joan, tie):
    nurse = users.create(display_name="Ngozi Bell", by=None)
    declans = work_in_a_team_of(cast.declan.memberships.get().organisation, nurse)
    with pytest.raises(UserFacingError, match="has not said"):
        alongside.begin(joan, team=declans, worker=nurse, by=cast.amina)
    SharingChoice.objects.create(
        authority=joan.authority,
        person=joan,
        organisation=declans.organisation,
        purpose=SharingChoice.Purpose.ALONGSIDE,
        may=True,
    )
    alongside.begin(joan, team=declans, worker=nurse, by=cast.amina)
    with pytest.raises(UserFacingError, match="already"):
        alongside.begin(joan, team=declans, worker=nurse, by=cast.amina)
    assert permissions.can_change(nurse, joan)


def test_another_council_never(cast, joan, tie):
    theirs = work_in_a_team_of(cast.lewis.memberships.get().organisation, cast.lewis)
    with pytest.raises(NotAllowedError):
        alongside.begin(joan, team=theirs, worker=cast.lewis, by=cast.amina)


def test_the_last_one_alongside_hands_over_and_does_not_walk_away(cast, joan, tie):
    with pytest.raises(UserFacingError, match="Hand over"):
        alongside.end(tie, why=WhyEnded.HANDED_OVER, by=cast.amina)
    alongside.end(tie, why=WhyEnded.SETTLED, by=cast.amina)
    assert not permissions.can_change(cast.amina, joan)


def test_a_leaver_hands_everybody_over_at_once(cast, team, joan):
    people.meet(team=team, by=cast.amina, called="Ken")
    toms = people.meet(team=team, by=cast.tom, called="Sheila")
    with pytest.raises(NotAllowedError):
        alongside.hand_over_everyone(
            leaver=cast.amina, team=team, to=cast.tom, by=cast.jo
        )
    with pytest.raises(UserFacingError, match="somebody else"):
        alongside.hand_over_everyone(
            leaver=cast.amina, team=team, to=cast.amina, by=cast.tom
        )
    moved = alongside.hand_over_everyone(
        leaver=cast.amina, team=team, to=cast.sunita, by=cast.tom
    )
    assert moved == 2
    now = Alongside.objects.filter(ended_at__isnull=True)
    assert now.filter(worker=cast.sunita).count() == 2
    assert now.get(person=toms).worker == cast.tom
