"""The standing cast of tests: the demo's own, and two it does not need.

Everybody is made through the apps' actions, as in the demo, so that a test can do
nothing that a council cannot. It must never hold a real person.
"""

import datetime as dt
from dataclasses import dataclass

from django.test import Client

from thedeal.accounts.actions import people
from thedeal.accounts.models import User
from thedeal.demo import cast as demo_cast
from thedeal.demo.actions.cast import build_cast
from thedeal.partners.actions import memberships
from thedeal.partners.models import Membership, Organisation, Team

# who stands for what in the sweeps; "nobody" is not signed in
STANDING = {
    "nobody": "",
    "stranger": "wilma",
    "resident": "joan",
    "organiser": "bev",
    "worker": "amina",
    "other_team": "jo",
    "other_organisation": "declan",
    "other_authority": "lewis",
    "team_lead": "tom",
    "neighbourhood_lead": "sunita",
    "councillor": "frank",
    "director": "ruth",
    "finance_officer": "mei",
    "commissioner": "oliver",
    "directory_editor": "kath",
    "records_manager": "harold",
    "auditor": "arthur",
    "caldicott_guardian": "grace",
    "administrator": "nadia",
}
HERE_SINCE = dt.date(2026, 9, 1)
OTHER_TEAM = demo_cast.Player(
    key="jo",
    name="Jo Fairhurst",
    role="worker",
    place=demo_cast.COUNCIL,
    team="Hindley & Abram",
    sentence="A worker of another team of the same council.",
)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The standing cast; ``users`` are by key, ``standing`` by what they stand for."""

    users: dict[str, User]

    def __getattr__(self, key: str) -> User:
        """Give one of the cast by first name or by what they stand for."""
        try:
            return self.users[STANDING.get(key, key)]
        except KeyError:
            raise AttributeError(key) from None


def on_the_stage() -> Cast:
    """Give everybody; where a test before took somebody away, put them there again."""
    found = _found()
    return Cast(users=found) if len(found) == len(STANDING) - 1 else build()


def build() -> Cast:
    """Put everybody on the stage; give them all."""
    build_cast(tell=lambda _line: None)
    _other_team()
    # a test may stop the clock on a day that is long over: they were here by then
    Membership.objects.filter(starts_on__gt=HERE_SINCE).update(starts_on=HERE_SINCE)
    return Cast(users=_found())


def _found() -> dict[str, User]:
    keys = [key for key in STANDING.values() if key and key != OTHER_TEAM.key]
    emails = {demo_cast.player(key).email: key for key in keys}
    emails[OTHER_TEAM.email] = OTHER_TEAM.key
    rows = User.objects.filter(email__in=emails)
    return {emails[user.email]: user for user in rows}


def client_for(user: User | None) -> Client:
    """Give a test client with this user signed in, second factor and all."""
    client = Client()
    if user is None:
        return client
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": 4_000_000_000.0, "type": "webauthn"}
    ]
    session.save()
    return client


def _other_team() -> None:
    if User.objects.filter(email=OTHER_TEAM.email).exists():
        return
    council = Organisation.objects.get(
        authority__slug=demo_cast.COUNCIL, slug="council"
    )
    user = people.create(display_name=OTHER_TEAM.name, email=OTHER_TEAM.email, by=None)
    people.prove_address(user, by=None)
    memberships.start(
        user=user,
        organisation=council,
        role="worker",
        team=Team.objects.get(organisation=council, name=OTHER_TEAM.team),
        by=None,
    )
