"""Puts the cast on the stage: councils, partners, teams, agreements, people.

Through the apps' own actions, so that the demo can do nothing that a council cannot.
Run twice it changes nothing.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.utils import timezone

from thedeal.accounts.actions import people
from thedeal.accounts.models import User
from thedeal.deals.actions import door_places, serving
from thedeal.deals.states import Door
from thedeal.demo import cast
from thedeal.lib import logins
from thedeal.partners.actions import authorities, memberships, sharing, words
from thedeal.partners.models import (
    Authority,
    Kind,
    Membership,
    Organisation,
    SharingAgreement,
    Team,
)

AGREED_FOR = timedelta(days=700)
NUMBER = "words/asks.phone"


def build_cast(*, tell: Callable[[str], None]) -> None:
    """Make what is missing of the cast; ``tell`` hears one line for each step."""
    with logins.transaction_now():
        places = dict(_councils())
        places |= dict(_partners(places))
        _teams(places)
        for one in cast.CAST:
            _player(one, places)
        _agreements(places)
    tell(f"{len(cast.CAST)} made-up people in {len(places)} organisations")


def build_number(*, tell: Callable[[str], None]) -> None:
    """Let the council give its number to ring, a number that nobody has (Ofcom's)."""
    council = Authority.objects.get(slug=cast.COUNCIL)
    keeper = user_of(cast.KEEPER_OF_WORDS)
    words.put(authority=council, key=NUMBER, text=cast.NUMBER, by=keeper)
    tell(f"One number to ring: {cast.NUMBER}")


def build_doors(*, tell: Callable[[str], None]) -> None:
    """Let the council name who answers each of the law's doors."""
    council = Authority.objects.get(slug=cast.COUNCIL)
    keeper = user_of(cast.KEEPER_OF_WORDS)
    for door, who in cast.DOORS.items():
        door_places.name(council, door=Door(door), by=keeper, **who)
    tell(f"{len(cast.DOORS)} doors of the law, each with somebody to answer")


def build_serving(*, tell: Callable[[str], None]) -> None:
    """Let the council say which team answers where, and which for anywhere else."""
    council = Authority.objects.get(slug=cast.COUNCIL)
    keeper = user_of(cast.KEEPER_OF_WORDS)
    teams = {
        team.name: team
        for team in council.teams.filter(organisation__kind=Kind.COUNCIL, ended_at=None)
    }
    for place in council.neighbourhoods.filter(name__in=teams):
        serving.say(council, neighbourhood=place, team=teams[place.name], by=keeper)
    serving.say(council, neighbourhood=None, team=teams[cast.HOME], by=keeper)
    tell(f"{len(teams)} teams, each with a place that it answers for")


def user_of(key: str) -> User:
    """Give the user whom one of the cast signs in as; raise User.DoesNotExist."""
    return User.objects.get(email=cast.player(key).email)


def _councils() -> Iterator[tuple[str, Organisation]]:
    for one in cast.COUNCILS:
        found = Authority.objects.filter(slug=one.key).first()
        authority = found or authorities.create(
            name=one.name, slug=one.key, gss_code=one.gss_code, by=None
        )
        yield one.key, authority.organisations.get(kind=Kind.COUNCIL)


def _partners(
    places: dict[str, Organisation],
) -> Iterator[tuple[str, Organisation]]:
    for one in cast.PARTNERS:
        authority = places[one.council].authority
        found = authority.organisations.filter(slug=one.key).first()
        yield (
            one.key,
            found
            or authorities.add_organisation(
                authority=authority, kind=one.kind, name=one.name, slug=one.key, by=None
            ),
        )


def _teams(places: dict[str, Organisation]) -> None:
    for name in cast.NEIGHBOURHOODS:
        _team(places[cast.COUNCIL], name)


def _team(organisation: Organisation, name: str) -> Team:
    found = organisation.teams.filter(name=name, ended_at__isnull=True).first()
    return found or authorities.add_team(organisation=organisation, name=name, by=None)


def _player(one: cast.Player, places: dict[str, Organisation]) -> None:
    user = User.objects.filter(email=one.email).first()
    if user is None:
        user = people.create(display_name=one.name, email=one.email, by=None)
        people.prove_address(user, by=None)
    if not one.role:
        return
    held = Membership.objects.held_by(user).filter(role=one.role)
    if held.exists():
        return
    memberships.start(
        user=user,
        organisation=places[one.place],
        role=one.role,
        team=_team(places[cast.COUNCIL], one.team) if one.team else None,
        by=None,
    )


def _agreements(places: dict[str, Organisation]) -> None:
    guardian = user_of(cast.GUARDIAN)
    today = timezone.localdate()
    for one in cast.AGREEMENTS:
        giver, receiver = places[one.giver], places[one.receiver]
        if SharingAgreement.objects.filter(giver=giver, receiver=receiver).exists():
            continue
        sharing.agree(
            giver=giver,
            receiver=receiver,
            purpose=one.purpose,
            starts_on=today,
            until=today + AGREED_FOR,
            document_reference=one.document,
            by=guardian,
        )
