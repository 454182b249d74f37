"""Proves that nobody, and nothing we owe, is without somebody who works here today."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from thedeal.accounts import roles
from thedeal.accounts.models import User
from thedeal.accounts.roles import Permission
from thedeal.deals.models import (
    AskToTalk,
    FollowUp,
    Introduction,
    NextStep,
    Promise,
)
from thedeal.deals.states import WAITING, Asked, Introduced, PromiseState, Side
from thedeal.partners.models import Membership, Team
from thedeal.residents.selectors import owners as residents

I = Introduced  # noqa: E741 # short, as in states
ON_THE_WAY = [each.value for each in (*WAITING, I.YES, I.RING_ME, I.NO_ANSWER)]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What one worker holds in a team: people, and things that are owed them."""

    worker: User
    people: int
    things: int
    works_here: bool


def promises_without(authority_id: UUID) -> QuerySet[Promise]:
    """Give our open promises whose owner no longer works in this authority."""
    rows = Promise.objects.filter(
        authority_id=authority_id,
        side=Side.OURS.value,
        state=PromiseState.OPEN.value,
        deal__ended_at__isnull=True,
    )
    return rows.exclude(Exists(_works(authority_id, "owner_id")))


def steps_without(authority_id: UUID) -> QuerySet[NextStep]:
    """Give the next steps that wait for somebody who no longer works here."""
    rows = NextStep.objects.filter(authority_id=authority_id, done_at__isnull=True)
    return rows.exclude(Exists(_works(authority_id, "owner_id")))


def follow_ups_without(authority_id: UUID) -> QuerySet[FollowUp]:
    """Give the follow-ups to come of somebody who no longer works here."""
    over = [Asked.ANSWERED.value, Asked.STOPPED.value]
    rows = FollowUp.objects.filter(authority_id=authority_id).exclude(state__in=over)
    return rows.exclude(Exists(_works(authority_id, "worker_id")))


def introductions_without(authority_id: UUID) -> QuerySet[Introduction]:
    """Give the introductions on their way that nobody who works here looks after."""
    rows = Introduction.objects.filter(authority_id=authority_id, state__in=ON_THE_WAY)
    return rows.exclude(Exists(_works(authority_id, "worker_id")))


def asks_without(authority_id: UUID) -> QuerySet[AskToTalk]:
    """Give whoever asked to talk, was taken, and waits for somebody who left."""
    rows = AskToTalk.objects.filter(
        authority_id=authority_id, owner__isnull=False, answered_at__isnull=True
    )
    return rows.exclude(Exists(_works(authority_id, "owner_id")))


def without(authority_id: UUID) -> dict[str, int]:
    """Give how much of each kind has nobody: people and all that we owe them.

    Every number must be 0; the sweep of each night tells the leads where one is not.
    """
    reads: dict[str, Any] = {
        "people": residents.without_an_owner(authority_id=authority_id),
        "promises": promises_without(authority_id),
        "steps": steps_without(authority_id),
        "introductions": introductions_without(authority_id),
        "follow-ups": follow_ups_without(authority_id),
        "asks": asks_without(authority_id),
    }
    return {kind: found.count() for kind, found in reads.items()}


def holding(user: Any, team: Team) -> list[Holding]:
    """Give all that each worker holds in a team of the user's, who left among them."""
    loads = {load.worker.pk: load for load in residents.loads(user, team)}
    if not loads:
        return []
    things = Counter(pk for rows in _of_team(team) for pk in rows if pk)
    left = User.objects.in_bulk([pk for pk in things if pk not in loads])
    found = [
        Holding(
            worker=load.worker,
            people=load.people,
            things=things[pk],
            works_here=load.works_here,
        )
        for pk, load in loads.items()
    ]
    found += [
        Holding(worker=worker, people=0, things=things[pk], works_here=False)
        for pk, worker in left.items()
    ]
    return sorted(found, key=lambda each: (each.works_here, -each.people))


def who_may_take(authority_id: UUID) -> QuerySet[User]:
    """Give who may own somebody's ask: whoever makes deals in the authority today."""
    makes_deals = [
        role.id
        for role in roles.everything().values()
        if Permission.MAKE_DEALS in role.permissions
    ]
    working = Membership.objects.counting().filter(
        authority_id=authority_id, sees_people=True, role__in=makes_deals
    )
    found = User.objects.filter(pk__in=working.values("user_id"), is_active=True)
    return found.order_by("sort_key")


def who_works_in(team: Team, *, but: UUID | None) -> QuerySet[User]:
    """Give who may own a promise of a team's, ``but`` one: who sees people in it today."""
    working = Membership.objects.counting().filter(team=team, sees_people=True)
    found = User.objects.filter(pk__in=working.values("user_id"), is_active=True)
    return found.exclude(pk__in=[but]).order_by("sort_key")


def _works(authority_id: UUID, column: str) -> QuerySet[Membership]:
    today = timezone.localdate()
    return Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today),
        authority_id=authority_id,
        user_id=OuterRef(column),
        ended_at__isnull=True,
        sees_people=True,
    )


def _of_team(team: Team) -> Iterator[QuerySet[Any, UUID | None]]:
    """Give whose each thing is that is still owed in a team."""
    of_team = {"person__in": team.alongside.values("person_id")}
    over = [Asked.ANSWERED.value, Asked.STOPPED.value]
    promises = Promise.objects.filter(
        deal__team=team, state=PromiseState.OPEN.value, deal__ended_at__isnull=True
    )
    yield promises.order_by().values_list("owner_id", flat=True)
    steps = NextStep.objects.filter(done_at__isnull=True, **of_team)
    yield steps.order_by().values_list("owner_id", flat=True)
    live = Introduction.objects.filter(team=team, state__in=ON_THE_WAY)
    yield live.order_by().values_list("worker_id", flat=True)
    asked = FollowUp.objects.filter(**of_team).exclude(state__in=over)
    yield asked.order_by().values_list("worker_id", flat=True)
