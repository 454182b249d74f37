"""Asks a group, the day after, whether somebody came: one tap, once.

Whoever runs the group may also answer for it signed in, on its own page.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.community import permissions as community
from thedeal.deals.actions import introductions, posting
from thedeal.deals.actions.introductions import CAME
from thedeal.deals.models import Introduction
from thedeal.deals.states import Introduced
from thedeal.lib import links, logins, queue
from thedeal.lib.errors import NotAllowedError
from thedeal.messages.actions import taps
from thedeal.residents.states import Whereabouts

WITHOUT_A_DAY = dt.timedelta(days=7)
AT_MOST = dt.timedelta(days=14)


def ask_due(*, now: dt.datetime) -> int:
    """Ask of everybody who was to come before today and of whom we have not heard."""
    today = timezone.localdate(now)
    named = Q(come_on__lt=today, come_on__gte=today - AT_MOST)
    unnamed = Q(
        come_on__isnull=True,
        answered_at__lt=now - WITHOUT_A_DAY,
        answered_at__gte=now - WITHOUT_A_DAY - AT_MOST,
    )
    waiting = Introduction.objects.filter(named | unnamed, state=Introduced.YES.value)
    return sum(queue.each(waiting.values_list("pk", flat=True), _ask))


@logins.atomic
def answer(introduction: Introduction, *, state: Introduced, by: Any) -> Introduction:
    """Take what whoever runs the group says of somebody who would like to come."""
    _check_runs(introduction, by, said=state.value)
    return introductions.answer(introduction, state=state)


@logins.atomic
def came(introduction: Introduction, *, by: Any) -> Introduction:
    """Take from whoever runs the group that somebody came."""
    _check_runs(introduction, by, said=Introduced.WENT.value)
    return introductions.went(introduction)


def _check_runs(introduction: Introduction, by: Any, *, said: str) -> None:
    if not community.can_run(by, group=introduction.group):
        raise NotAllowedError("Only whoever runs the group answers for it.")
    trail.record(
        "deals.answered_by_the_group",
        by=by,
        subject=introduction,
        person_id=introduction.person_id,
        said=said,
    )


@logins.atomic
def _ask(pk: UUID) -> int:
    found = Introduction.objects.select_for_update(of=("self",))
    row = found.select_related("group__authority", "person").get(pk=pk)
    purpose = links.PURPOSES[CAME]
    if row.person.whereabouts != Whereabouts.HERE:
        return 0
    if row.state != Introduced.YES.value or taps.was_made(pk, purpose=purpose):
        return 0
    link = taps.make(
        purpose, subject_id=pk, authority_id=row.authority_id, person_id=row.person_id
    )
    return posting.to_group(
        row.group,
        "came",
        once_key=f"deals.came:{pk}",
        person_id=row.person_id,
        first_name=row.first_name,
        link=link,
    )
