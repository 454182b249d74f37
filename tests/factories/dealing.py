"""Plays a worker's afternoon in the running product, on its real logins.

``deal shell -c "from tests.factories import dealing; dealing.main()"`` does as Amina
what a conversation leads to, each action in a transaction in which the database knows
who asks, so that a wall that is in the way is found. It prints what it made, as JSON.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories import listings
from thedeal.accounts.models import User
from thedeal.deals.actions import (
    asks,
    conversations,
    deals,
    doors,
    introductions,
    sending,
    spending,
)
from thedeal.deals.selectors import desk, people
from thedeal.deals.states import Door, Next, Side
from thedeal.deals.writing import Saved
from thedeal.lib import logins
from thedeal.partners.models import Team
from thedeal.residents.actions import people as meeting
from thedeal.residents.models import Person

BEV = {"name": "Bev", "phone": "", "email": "bev@choir.example", "show": "ask"}


@contextmanager
def signed_in(name: str) -> Iterator[User]:
    """Open a transaction in which the database knows who asks, as a request does."""
    with logins.transaction_now():
        user = User.objects.get(email=f"{name}@makerfield.example")
        logins.identify(user.pk)
        yield user


def meet() -> tuple[Team, Person]:
    """Meet Edna, alongside from now."""
    with signed_in("amina") as amina:
        team = Team.objects.get(organisation__slug="council", name="Leigh")
        about = {"called": "Edna", "email": "edna@example.org"}
        return team, meeting.meet(team=team, by=amina, **about)


def talk(team: Team, person: Person) -> None:
    """Have a conversation, and end it with what she chose."""
    with signed_in("amina") as amina:
        started = conversations.start(person, team=team, by=amina)
    words = {"words": "I used to sing.", "felt": "Lonely."}
    with signed_in("amina") as amina:
        saved = conversations.save_draft(started, by=amina, content=words, revision=0)
        assert saved == Saved(revision=1)
    with signed_in("amina") as amina:
        conversations.finish(
            started, by=amina, next_step=Next.MAKE_A_DEAL, chosen_by_them=True
        )


def deal(team: Team, person: Person) -> str:
    """Make a deal of two sides and send it; give the id of what was shown."""
    with signed_in("amina") as amina:
        made = deals.start(person, team=team, by=amina)
    day = timezone.localdate() + timedelta(days=5)
    for side in Side:
        with signed_in("amina") as amina:
            deals.promise(made, side=side, what="Walk", by_when=day, by=amina)
    with signed_in("amina") as amina:
        version = deals.show(made, by=amina)
        sending.send(version, by=amina)
        spending.spend(person, team=team, pence=500, bought="Bus", by=amina)
    return str(version.pk)


def introduce(team: Team, person: Person) -> None:
    """Introduce her to a choir."""
    with logins.transaction_now():
        group = listings.group(team.authority, "The Canal Choir", contact=BEV)
    with signed_in("amina") as amina:
        introductions.introduce(
            person,
            team=team,
            group=group,
            by=amina,
            first_name="Edna",
            says="I sing alto.",
            they_said_yes=True,
        )


def open_door(team: Team, person: Person) -> str:
    """Ask for what the law gives her; give the request's id."""
    with signed_in("nadia") as nadia:
        doors.name_place(
            team.authority,
            door=Door.NEEDS,
            by=nadia,
            name="Front door",
            email="door@example.org",
            phone="01632 960111",
        )
    with signed_in("amina") as amina:
        return str(doors.open_door(person, door=Door.NEEDS, by=amina).pk)


def ask_from_the_street(team: Team) -> None:
    """Ask to talk as anybody may, on the login of the public site."""
    with logins.using(logins.PUBLIC), logins.transaction_now():
        asks.ask(authority=team.authority, words="I'm lonely", how_to_reach="01942 1")


def main() -> None:
    """Play it, look at it as Amina, and print what was made."""
    team, person = meet()
    talk(team, person)
    version = deal(team, person)
    introduce(team, person)
    request = open_door(team, person)
    ask_from_the_street(team)
    with signed_in("amina") as amina:
        page = people.page(amina, person.pk)
        seen = [page.notes, page.deals, page.introductions, page.doors, page.spends]
        assert [len(rows) for rows in seen] == [1, 1, 1, 1, 1]
        assert desk.asks_waiting(amina).exists()
    made: dict[str, Any] = {
        "person": str(person.pk),
        "version": version,
        "request": request,
    }
    sys.stdout.write("\n" + json.dumps(made) + "\n")
