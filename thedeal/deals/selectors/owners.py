"""Proves that nothing we owe is without somebody who works here today."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from thedeal.accounts import roles
from thedeal.accounts.models import User
from thedeal.accounts.roles import Permission
from thedeal.deals.models import FollowUp, NextStep, Promise
from thedeal.deals.states import Asked, PromiseState, Side
from thedeal.partners.models import Membership


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


def _works(authority_id: UUID, column: str) -> QuerySet[Membership]:
    today = timezone.localdate()
    return Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today),
        authority_id=authority_id,
        user_id=OuterRef(column),
        ended_at__isnull=True,
        sees_people=True,
    )
