"""Asks a group, the day after, whether somebody came: one tap, once."""

import datetime as dt
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from thedeal.deals.actions import posting
from thedeal.deals.actions.introductions import CAME
from thedeal.deals.models import Introduction
from thedeal.deals.states import Introduced
from thedeal.lib import links, logins
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
    return sum(_ask(pk) for pk in waiting.values_list("pk", flat=True))


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
