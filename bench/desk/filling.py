"""Fills a demo with a borough's residents, their deals, and a hundred workers.

``python -m bench.desk.filling 330000 100000``. Residents are made up, at real
postcodes; one in fifty or so is somebody a worker is alongside now, the others are
known from before. Each deal has a conversation and a promise of both sides, locked as
in life. Whom the workers open has said strengths, a wish, a measure and a goal through
the same actions as anybody. What was filled in before is left.
"""

import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import Any, TypeVar

import django

django.setup()

from django.utils import timezone  # noqa: E402 # after Django's set-up

from thedeal.accounts.actions import people as accounts  # noqa: E402 # as above
from thedeal.accounts.models import User  # noqa: E402 # as above
from thedeal.deals.actions import conversations  # noqa: E402 # as above
from thedeal.deals.models import Conversation, Deal, Promise  # noqa: E402 # as above
from thedeal.deals.states import DealState, Side  # noqa: E402 # as above
from thedeal.demo import cast  # noqa: E402 # as above
from thedeal.partners.actions import authorities, memberships  # noqa: E402 # as above
from thedeal.partners.models import Organisation, Team  # noqa: E402 # as above
from thedeal.places.models import Postcode  # noqa: E402 # as above
from thedeal.residents.about import name_key  # noqa: E402 # as above
from thedeal.residents.actions import gifts, measures  # noqa: E402 # as above
from thedeal.residents.models import Alongside, Person  # noqa: E402 # as above

T = TypeVar("T")
AT_A_TIME = 5000
STAFF = 100  # workers, however many of them will type
A_TEAM = 5  # workers
NOW_BESIDE = 60  # people that one worker is alongside
OPENED = 10  # of them, whose pages are opened
FIRST = "Ada Alan Betty Brian Carol Colin Doris Derek Edna Eric Freda Frank Gwen Gary"
LAST = "Ash Barlow Cropper Dean Eckersley Fairhurst Gaskell Hindley Isherwood Jolley"
ENDS = "by den field ham ley man ridge shaw son stone ton well wood worth"
ONS4 = ("satisfaction", "worthwhile", "happy", "anxious")


def fill(residents: int, deals: int) -> None:
    """Add what is missing."""
    staff = _staff()
    if Person.objects.count() < residents:
        _residents(residents - Person.objects.count(), staff)
    if Deal.objects.count() < deals:
        _deals(deals - Deal.objects.count(), staff)
    for worker, team in staff:
        _lives(worker, team)


def _staff() -> list[tuple[User, Team]]:
    """Give the workers and their teams, made where they are missing."""
    council = Organisation.objects.get(authority__slug=cast.COUNCIL, slug="council")
    return [_worker(number, council) for number in range(STAFF)]


def _worker(number: int, council: Organisation) -> tuple[User, Team]:
    name = f"Bench team {number // A_TEAM + 1}"
    team = Team.objects.filter(organisation=council, name=name).first()
    team = team or authorities.add_team(organisation=council, name=name, by=None)
    email = f"bench{number}@{cast.COUNCIL}.example"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = accounts.create(display_name=f"Worker {number}", email=email, by=None)
        accounts.prove_address(user, by=None)
        memberships.start(
            user=user, organisation=council, role="worker", team=team, by=None
        )
    return user, team


def _residents(count: int, staff: list[tuple[User, Team]]) -> None:
    """Add people; the first of them are who the workers are alongside now."""
    authority = staff[0][1].authority
    lasts = [a + b for a, b in product(LAST.split(), ENDS.split())]
    names = list(product(FIRST.split(), lasts))
    spots = list(
        Postcode.objects.filter(neighbourhood__isnull=False, terminated_on=None)
        .order_by("text")
        .values_list("text", "neighbourhood_id")
    )
    for numbers in _some(range(count), AT_A_TIME):
        some = []
        for number in numbers:
            first, last = names[number % len(names)]
            text, area = spots[number % len(spots)]
            called = f"{first} {last}"
            some.append(
                Person(
                    authority=authority,
                    called=first,
                    full_name=called,
                    sort_key=name_key(first, called),
                    postcode=text,
                    neighbourhood_id=area,
                    last_contact_on=timezone.localdate(),
                )
            )
        made = Person.objects.bulk_create(some)
        Alongside.objects.bulk_create(_ties(made, numbers, staff))


def _ties(
    people: list[Person], numbers: list[int], staff: list[tuple[User, Team]]
) -> Iterator[Alongside]:
    ended = timezone.now() - dt.timedelta(days=100)
    for person, number in zip(people, numbers, strict=True):
        worker, team = staff[number % len(staff)]
        yield Alongside(
            authority_id=person.authority_id,
            organisation_id=team.organisation_id,
            team=team,
            worker=worker,
            person=person,
            started_by=worker,
            ended_at=None if number < NOW_BESIDE * len(staff) else ended,
        )


def _deals(count: int, staff: list[tuple[User, Team]]) -> None:
    """Add deals, two for a person, each with a conversation and both sides."""
    ties = Alongside.objects.filter(worker__in=[user for user, _ in staff])
    rows = ties.select_related("person", "team", "worker").order_by("ended_at", "pk")
    for some in _some(rows[: -(-count // 2)].iterator(AT_A_TIME), AT_A_TIME // 5):
        for _ in range(2):
            _deals_of(some)


def _deals_of(ties: list[Alongside]) -> None:
    today = timezone.localdate()
    talks = Conversation.objects.bulk_create(
        Conversation(**_about(tie), held_on=today) for tie in ties
    )
    pairs = list(zip(ties, talks, strict=True))
    made = Deal.objects.bulk_create(
        Deal(**_about(tie), conversation=talk, state=DealState.AGREED)
        for tie, talk in pairs
    )
    Promise.objects.bulk_create(
        Promise(
            authority_id=deal.authority_id,
            person=tie.person,
            deal=deal,
            side=side,
            owner=tie.worker if side is Side.OURS else None,
            who=tie.worker.display_name if side is Side.OURS else tie.person.called,
            what="Ring about Tuesday, and go along the first time.",
            by_when=today + dt.timedelta(days=7 + number % 60),
        )
        for number, (tie, deal) in enumerate(zip(ties, made, strict=True))
        for side in Side
    )


def _some(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some


def _about(tie: Alongside) -> dict[str, Any]:
    return {
        "authority_id": tie.authority_id,
        "person": tie.person,
        "organisation_id": tie.organisation_id,
        "team": tie.team,
        "worker": tie.worker,
    }


def _lives(worker: User, team: Team) -> None:
    """Let the people whose pages are opened have said something about themselves."""
    ties = Alongside.objects.filter(worker=worker, ended_at__isnull=True)
    for tie in ties.select_related("person").order_by("pk")[:OPENED]:
        person = tie.person
        if person.strengths.exists():
            continue
        said: dict[str, Any] = {"by": worker, "is_confirmed": True}
        gifts.say_strength(person, kind="hands", words="I bake, and mend bikes", **said)
        gifts.say_wish(person, kind="want", words="To be out of a Tuesday", **said)
        answers = dict.fromkeys(ONS4, 5)
        measures.answer(
            person, instrument="ons4", answers=answers, is_own_answer=True, by=worker
        )
        goal = measures.say_goal(person, words="Out twice a week", by=worker)
        measures.rate_goal(goal, rating=4, by=worker)
        talk = conversations.start(person, team=team, by=worker)
        conversations.write_note(talk, by=worker, saw_heard="A piano, and a dog lead")


if __name__ == "__main__":
    fill(*map(int, sys.argv[1:]))
