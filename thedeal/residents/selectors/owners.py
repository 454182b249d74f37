"""Finds whom nobody is alongside, and whose people a leaver still has.

The first must be empty: no person is without an owner, except where it ended for a
reason after which that is right (they settled, asked us to stop, moved, died).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from thedeal.accounts.models import User
from thedeal.partners.models import Membership, Team
from thedeal.residents import reach
from thedeal.residents.models import Alongside, Person
from thedeal.residents.states import ENDINGS, Whereabouts

GONE = (Whereabouts.DIED, Whereabouts.MOVED_AWAY)


@dataclass(frozen=True, kw_only=True)
class Load:
    """How many people a worker is alongside in a team, and whether they still work."""

    worker: User
    people: int
    works_here: bool


def without_an_owner(*, authority_id: UUID) -> QuerySet[Person]:
    """Give the people of an authority with nobody alongside; it must give none."""
    return _ownerless(reach.standing().filter(authority_id=authority_id))


def without_an_owner_beside(user: Any) -> QuerySet[Person]:
    """Give those beside a user whose worker has left: hand them over."""
    return _ownerless(reach.beside(user))


def loads(user: Any, team: Team) -> list[Load]:
    """Give each worker alongside somebody in a team of the user's, most first."""
    if not reach.team_ids_of(user).filter(team=team).exists():
        return []
    open_ties = team.alongside.filter(ended_at__isnull=True)
    counted = dict(
        open_ties.values_list("worker_id").annotate(Count("person_id", distinct=True))
    )
    workers = {user.pk: user for user in workers_of(team)}
    workers |= User.objects.in_bulk([pk for pk in counted if pk not in workers])
    here = {each.pk for each in workers_of(team)}
    found = [
        Load(worker=worker, people=counted.get(pk, 0), works_here=pk in here)
        for pk, worker in workers.items()
    ]
    return sorted(found, key=lambda load: (-load.people, load.worker.sort_key))


def workers_of(team: Team) -> QuerySet[User]:
    """Give who sees people in a team today, by name."""
    working = Membership.objects.counting().filter(team=team, sees_people=True)
    return User.objects.filter(
        pk__in=working.values("user_id"), is_active=True
    ).order_by("sort_key")


def _ownerless(people: QuerySet[Person]) -> QuerySet[Person]:
    about = Alongside.objects.filter(person_id=OuterRef("pk"))
    working = Membership.objects.counting().filter(
        user_id=OuterRef("worker_id"),
        team_id=OuterRef("team_id"),
        sees_people=True,
        user__is_active=True,
    )
    now = about.filter(ended_at__isnull=True)
    rightly_ended = about.filter(why_ended__in=[why.value for why in ENDINGS])
    return people.filter(
        ~Exists(now.filter(Exists(working))),
        Exists(now) | ~Exists(rightly_ended),
        forgotten_at__isnull=True,
    ).exclude(whereabouts__in=[where.value for where in GONE])
