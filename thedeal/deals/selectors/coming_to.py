"""Who is coming to a group, as the people who run it see it: no more than they were told.

A first name and what the person chose to say. Somebody who has come is theirs to know
by themselves, and is no longer on our list.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from thedeal.community.models import Group
from thedeal.deals.models import Introduction
from thedeal.deals.states import WAITING, Introduced
from thedeal.lib import logins
from thedeal.residents.models import Person
from thedeal.residents.states import Whereabouts

STAYS = dt.timedelta(days=28)
ASKS = [*(state.value for state in WAITING), Introduced.NO_ANSWER.value]


def expected(group: Group) -> QuerySet[Introduction]:
    """Give whom a group said yes to and who has not come yet, soonest first."""
    since = timezone.now() - STAYS
    rows = _of(group).filter(state=Introduced.YES.value)
    lately = Q(come_on__gte=since.date()) | Q(come_on=None, answered_at__gte=since)
    return rows.filter(lately).order_by("come_on", "answered_at")


def asking(group: Group) -> QuerySet[Introduction]:
    """Give who would like to come and waits for the group to answer, oldest first."""
    return _of(group).filter(state__in=ASKS).order_by("asked_at")


def still_here(rows: Iterable[Introduction]) -> list[Introduction]:
    """Leave out who is in hospital, moved away or died: nobody is asked about them.

    The database lets whoever runs a group through to nobody's record; this asks of each
    whom the group was told of, and of nothing but where they are.
    """
    found = []
    for row in rows:
        logins.speak_for(row.person_id)
        here = Person.objects.filter(pk=row.person_id, whereabouts=Whereabouts.HERE)
        if here.exists():
            found.append(row)
    logins.speak_for(None)
    return found


def _of(group: Group) -> QuerySet[Introduction]:
    return Introduction.objects.filter(group=group).select_related("activity")
