"""How groups answer introductions: facts about a group, never about a person."""

import statistics
from uuid import UUID

from django.db.models import QuerySet

from thedeal.community.models import Group
from thedeal.deals.models import Introduction
from thedeal.deals.states import Introduced

MOST_READ = 20
NO_ANSWER_DAYS = 30


def days_of(group: Group) -> int | None:
    """Give the median days a group took to answer its last 20; None where never asked.

    One that was never answered counts as 30 days. A middle value, so that one holiday
    does not brand a group.
    """
    rows = _ended(group).order_by("-asked_at")[:MOST_READ]
    took = [
        (row.answered_at - row.asked_at).days if row.answered_at else NO_ANSWER_DAYS
        for row in rows.only("asked_at", "answered_at")
    ]
    return round(statistics.median(took)) if took else None


def acceptance_of(group_id: UUID) -> tuple[int, int]:
    """Give how many introductions a group said yes to, of how many it answered."""
    rows = Introduction.objects.filter(group_id=group_id, answered_at__isnull=False)
    declined = rows.filter(state=Introduced.FULL.value).count()
    answered = rows.count()
    return answered - declined, answered


def _ended(group: Group) -> QuerySet[Introduction]:
    rows = Introduction.objects.filter(group=group)
    silent = Introduced.NO_ANSWER.value
    return rows.filter(answered_at__isnull=False) | rows.filter(state=silent)
