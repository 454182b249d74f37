"""Reads of kinds of record whose time is over, and the proof of what was cleared."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from thedeal.lib import keeping
from thedeal.partners import selectors as partners
from thedeal.residents import reach
from thedeal.residents.models import Clearing


def due(*, authority_id: UUID, today: dt.date) -> Iterator[tuple[str, int]]:
    """Give each rule with rows over their time, and how many; decided by a person.

    Leaves out what is proposed already, and what was kept until a later day.
    """
    looked_at = Clearing.objects.filter(
        Q(decision="")
        | Q(decision="delete", done_at__isnull=True)
        | Q(look_again_on__gt=today),
        authority_id=authority_id,
    )
    waiting = set(looked_at.values_list("rule", flat=True))
    for rule in keeping.rules(decided_by=keeping.BY_A_PERSON):
        if rule in waiting:
            continue
        many = keeping.count(rule, until=today, authority_id=authority_id)
        if many:
            yield rule, many


def with_nobodys() -> list[str]:
    """Give the rules decided by a person some of whose rows may be of no authority."""
    return [
        rule
        for rule in keeping.rules(decided_by=keeping.BY_A_PERSON)
        if all(_may_be_nobodys(model) for model in keeping.ended_by_a_clock(rule))
    ]


def proposals(user: Any) -> QuerySet[Clearing]:
    """Give what waits for a records manager, oldest first."""
    return _of(user).filter(decision="").order_by("created_at")


def done(user: Any) -> QuerySet[Clearing]:
    """Give what was decided to be deleted, newest first: how many went, and are left."""
    found = _of(user).filter(decision=Clearing.Decision.DELETE)
    return found.select_related("decided_by").order_by("-decided_at")


def _of(user: Any) -> QuerySet[Clearing]:
    keeps = partners.memberships_of(user).filter(role__in=reach.GUARDIANS)
    return Clearing.objects.filter(authority_id__in=keeps.values("authority_id"))


def _may_be_nobodys(model: Any) -> bool:
    field = model._meta.get_field("authority_id")
    return bool(field.null) and field.attname == "authority_id"
