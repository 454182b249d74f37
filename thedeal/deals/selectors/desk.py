"""A worker's own page: people, our promises due, who has not answered, who went.

Nothing else. Each list starts from what is the worker's own, and costs one query or
two, however long it is.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from thedeal.deals import days
from thedeal.deals.models import (
    AskToTalk,
    Conversation,
    DealVersion,
    FollowUp,
    Introduction,
    LawDoor,
    NextStep,
    Promise,
    SmallSpend,
)
from thedeal.deals.states import Asked, DoorState, Introduced, Next, PromiseState, Side
from thedeal.partners.selectors import memberships_of
from thedeal.residents import reach

RECENT = dt.timedelta(days=28)
UNANSWERED = (
    Introduced.ASKED,
    Introduced.CHASED_ONCE,
    Introduced.CHASED_TWICE,
    Introduced.NO_ANSWER,
    Introduced.RING_ME,
    Introduced.FULL,
)

_SINCE = {"person": OuterRef("person"), "created_at__gt": OuterRef("created_at")}
_CAME_ABOUT = {
    Next.MAKE_A_DEAL: DealVersion.objects.filter(
        person=OuterRef("person"), agreed_at__gt=OuterRef("created_at")
    ),
    Next.BE_INTRODUCED: Introduction.objects.filter(**_SINCE),
    Next.LAWS_DOOR: LawDoor.objects.filter(**_SINCE),
    Next.TALK_AGAIN: Conversation.objects.filter(**_SINCE),
}
"""What shows that each kind of step has happened; the rest is said by the worker."""


def promises_due(worker: Any, *, authority_id: UUID) -> QuerySet[Promise]:
    """Give a worker's promises that are late or fall due soon, the latest first."""
    return due_in(Promise.objects.filter(owner=worker), authority_id=authority_id)


def teams_promises_due(user: Any, *, authority_id: UUID) -> QuerySet[Promise]:
    """Give the same for all the user's teams: the neighbourhood lead's page."""
    mine = reach.team_ids_of(user)
    return due_in(
        Promise.objects.filter(deal__team_id__in=mine), authority_id=authority_id
    )


def due_in(rows: QuerySet[Promise], *, authority_id: UUID) -> QuerySet[Promise]:
    """Give which of some promises of ours are late or fall due soon."""
    ahead = days.number("promise_warning_days", authority_id=authority_id)
    until = timezone.localdate() + dt.timedelta(days=ahead)
    open_ones = rows.filter(
        side=Side.OURS.value,
        state=PromiseState.OPEN.value,
        deal__ended_at__isnull=True,
        by_when__lte=until,
    )
    return open_ones.select_related("person", "owner", "deal").order_by("by_when")


def steps_due(worker: Any) -> QuerySet[NextStep]:
    """Give the next steps that people chose and that wait for this worker."""
    rows = still_to_come(NextStep.objects.filter(owner=worker))
    return rows.select_related("person").order_by("due_on", "created_at")


def still_to_come(steps: QuerySet[NextStep]) -> QuerySet[NextStep]:
    """Give those of some steps that still wait.

    A step waits until somebody says that it is done, or what it was for has come about
    since: the deal is agreed, the introduction made, they talked again.
    """
    waiting = steps.filter(done_at__isnull=True)
    for kind, came_about in _CAME_ABOUT.items():
        waiting = waiting.exclude(Q(kind=kind.value) & Exists(came_about))
    return waiting


def not_answered(worker: Any) -> QuerySet[Introduction]:
    """Give the worker's introductions that wait for a group, or for the worker."""
    rows = Introduction.objects.filter(
        worker=worker, state__in=[s.value for s in UNANSWERED]
    )
    return rows.select_related("person", "group", "activity").order_by("asked_at")


def to_ring(worker: Any) -> QuerySet[FollowUp]:
    """Give whom the worker should ask by voice how it went."""
    rows = FollowUp.objects.filter(worker=worker, state=Asked.WORKER_TOLD.value)
    return rows.select_related("person", "introduction__group", "deal")


def who_went(worker: Any) -> QuerySet[Introduction]:
    """Give who went, or settled, in the last four weeks: something to be glad of."""
    since = timezone.now() - RECENT
    rows = Introduction.objects.filter(
        Q(went_at__gte=since) | Q(settled_at__gte=since),
        worker=worker,
        state__in=[Introduced.WENT.value, Introduced.SETTLED.value],
    )
    return rows.select_related("person", "group").order_by("-went_at")


def unfinished(worker: Any) -> QuerySet[Conversation]:
    """Give the worker's conversations that have no next step yet."""
    rows = Conversation.objects.filter(worker=worker, finished_at__isnull=True)
    return rows.select_related("person")


def doors_open(user: Any) -> QuerySet[LawDoor]:
    """Give the law's doors that wait for an answer, of the people beside a user.

    A guardian, who is told where nobody answers, has all of their authority's.
    """
    waiting = LawDoor.objects.filter(state=DoorState.ASKED.value)
    guarded = reach.workings_of(user).filter(role=reach.GUARDIAN)
    theirs = Q(authority_id__in=guarded.values("authority_id"))
    waiting = waiting.filter(theirs | Q(person__in=reach.beside(user)))
    return waiting.select_related("person", "place").order_by("created_at")


def asks_waiting(user: Any) -> QuerySet[AskToTalk]:
    """Give who asked to talk and was not answered, by their clock, for all to see."""
    mine = memberships_of(user).filter(sees_people=True).values("authority_id")
    rows = AskToTalk.objects.filter(authority_id__in=mine, answered_at__isnull=True)
    return rows.select_related("owner").order_by("due_by", "created_at")


def small_spends(user: Any) -> QuerySet[SmallSpend]:
    """Give the small sums spent in the user's authorities, for everybody to see."""
    mine = memberships_of(user).values("authority_id")
    rows = SmallSpend.objects.filter(authority_id__in=mine)
    return rows.select_related("worker", "team", "organisation")
