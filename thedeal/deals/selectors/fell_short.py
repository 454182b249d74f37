"""Whose word it was, where somebody says that we did not do what we promised.

They tap that we fell short, not at which promise: it is at one of those whose day had
come and that nobody called kept; where all were called kept, at one of those.
"""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from thedeal.deals.models import FollowUp, Promise
from thedeal.deals.states import PromiseState, Side
from thedeal.partners.selectors import memberships_of

RECENT = dt.timedelta(days=28)
_KEPT = Q(state=PromiseState.KEPT.value)


def told_to(worker: Any) -> QuerySet[FollowUp]:
    """Give who said lately that we did not do it: to the worker, or with a promise of
    theirs in the deal.
    """
    due = _due_by(OuterRef("of_deal"), OuterRef("answered_at__date"))
    own = due.filter(owner=worker)
    is_own = Exists(own.exclude(_KEPT))
    may_be_own = Exists(own) & ~Exists(due.exclude(_KEPT))
    rows = FollowUp.objects.alias(of_deal=Coalesce("deal", "introduction__deal"))
    lately = rows.filter(
        Q(worker=worker) | is_own | may_be_own,
        we_fell_short=True,
        answered_at__gte=timezone.now() - RECENT,
    )
    return lately.select_related("person", "deal").order_by("-answered_at")


def owners(row: FollowUp) -> list[Any]:
    """Give whose promise it may be that somebody means, each once.

    Who kept one and left since is not among them: nobody writes to who left.
    """
    deal = row.deal or (row.introduction.deal if row.introduction else None)
    if deal is None or row.answered_at is None:
        return []
    due = _due_by(deal.pk, timezone.localdate(row.answered_at))
    found = list(due.select_related("owner"))
    open_ones = [one for one in found if one.state != PromiseState.KEPT.value]
    whose = dict.fromkeys(one.owner for one in open_ones or found)
    return [owner for owner in whose if memberships_of(owner)]


def _due_by(deal: Any, day: Any) -> QuerySet[Promise]:
    """Give our promises of a deal whose first day had come, as they stand now."""
    was_due = Q(by_when__lte=day) | Q(sorries__was_due_on__lte=day)
    ours = Promise.objects.filter(was_due, deal=deal, side=Side.OURS.value)
    return ours.exclude(state=PromiseState.LET_GO.value)
