"""What people looked for and did not find, by theme, with what an editor says of it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from thedeal.community.models import UnmetAsk, UnmetTheme

DAYS = 91
# a theme that fewer asked for is nobody's business yet
FEWEST = 3


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """One theme: how often it was asked for in vain, and what an editor says."""

    theme: str
    times: int
    judged: UnmetTheme | None


def asked_for(authority_id: UUID, *, today: dt.date | None = None) -> list[Unmet]:
    """Give the themes asked for in vain in the last 13 weeks, the most asked first."""
    since = (today or timezone.localdate()) - dt.timedelta(days=DAYS)
    rows = (
        UnmetAsk.objects.filter(authority_id=authority_id, day__gt=since)
        .values("theme")
        .annotate(times=Count("id"))
        .filter(times__gte=FEWEST)
        .order_by("-times", "theme")
    )
    judged = {t.theme: t for t in UnmetTheme.objects.filter(authority_id=authority_id)}
    return [
        Unmet(theme=r["theme"], times=r["times"], judged=judged.get(r["theme"]))
        for r in rows
    ]


def lacking(authority_id: UUID) -> QuerySet[UnmetTheme]:
    """Give the themes that an editor confirmed this place lacks."""
    return UnmetTheme.objects.filter(
        authority_id=authority_id, state=UnmetTheme.State.CONFIRMED
    )
