"""Plays a worker's afternoon in the running product, on its real logins.

``python -m tests.factories.dealing`` does as Amina what a conversation leads to, each
action in a transaction in which the database knows who asks, so that a wall that is in
the way is found. It prints the one-tap addresses that went out, as JSON.
"""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any


def play() -> dict[str, Any]:
    """Do it all; give the links by what they are for, and the ids that were made."""
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

    amina = User.objects.get(email="amina@makerfield.example")

    def as_amina(act: Callable[[], Any]) -> Any:
        with logins.transaction_now():
            logins.identify(amina.pk)
            return act()

    team = as_amina(
        lambda: Team.objects.get(organisation__slug="council", name="Leigh")
    )
    person = as_amina(
        lambda: meeting.meet(
            team=team, by=amina, called="Edna", email="edna@example.org"
        )
    )
    talk = as_amina(lambda: conversations.start(person, team=team, by=amina))
    words = {"words": "I used to sing.", "felt": "Lonely."}
    saved = as_amina(
        lambda: conversations.save_draft(talk, by=amina, content=words, revision=0)
    )
    assert saved == Saved(revision=1)
    day = timezone.localdate() + timedelta(days=5)
    deal = as_amina(lambda: deals.start(person, team=team, by=amina))
    for side in Side:
        as_amina(
            lambda side=side: deals.promise(
                deal, side=side, what="Walk", by_when=day, by=amina
            )
        )
    version = as_amina(lambda: deals.show(deal, by=amina))
    as_amina(lambda: sending.send(version, by=amina))
    contact = {"name": "Bev", "phone": "", "email": "b@example.org", "show": "ask"}
    group = as_amina(
        lambda: listings.group(team.authority, "Edna's Choir", contact=contact)
    )
    as_amina(
        lambda: introductions.introduce(
            person,
            team=team,
            group=group,
            by=amina,
            first_name="Edna",
            says="I sing alto.",
            they_said_yes=True,
        )
    )
    as_amina(
        lambda: spending.spend(person, team=team, pence=500, bought="Bus", by=amina)
    )
    with logins.transaction_now():
        nadia = User.objects.get(email="nadia@makerfield.example")
        logins.identify(nadia.pk)
        doors.name_place(
            team.authority,
            door=Door.NEEDS,
            by=nadia,
            name="Front door",
            email="door@example.org",
            phone="01632 960111",
        )
    request = as_amina(lambda: doors.open_door(person, door=Door.NEEDS, by=amina))
    as_amina(
        lambda: conversations.finish(
            talk, by=amina, next_step=Next.MAKE_A_DEAL, chosen_by_them=True
        )
    )
    with logins.using(logins.PUBLIC), logins.transaction_now():
        asks.ask(authority=team.authority, words="I'm lonely", how_to_reach="01942 1")
    page = as_amina(lambda: people.page(amina, person.pk))
    assert len(page.notes) == len(page.deals) == len(page.introductions) == 1
    assert len(as_amina(lambda: list(desk.asks_waiting(amina)))) >= 1
    return {
        "person": str(person.pk),
        "version": str(version.pk),
        "request": str(request.pk),
        "conversation": str(talk.pk),
    }


def main() -> None:
    """Play it, and print what was made."""
    import django

    django.setup()
    sys.stdout.write(json.dumps(play()))


if __name__ == "__main__":
    main()
