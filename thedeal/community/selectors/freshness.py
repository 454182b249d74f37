"""How fresh the directory is: the rhythm a council set, and the number a leader sees."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from thedeal.community import freshness
from thedeal.community.freshness import Freshness, Rhythm
from thedeal.community.models import Activity, Group
from thedeal.community.states import SHOWN, ListingState
from thedeal.lib import definitions

LETTERS, DROP = "community.letter_days", "community.drop_day"


@dataclass(frozen=True, kw_only=True)
class Fresh:
    """How many of what is shown in one place were checked within the first period."""

    neighbourhood_id: UUID | None
    name: str
    shown: int
    fresh: int
    due: int
    stale: int
    unverified: int

    @property
    def share(self) -> float | None:
        """Give fresh ÷ shown, or None where nothing is shown."""
        return self.fresh / self.shown if self.shown else None


def rhythm(authority_id: UUID | None) -> Rhythm:
    """Give a council's days; the house's own for none, or where its make no sense."""
    own = [definitions.words(key, authority_id=authority_id) for key in (LETTERS, DROP)]
    try:
        return freshness.read(*own)
    except ValueError:
        return freshness.read(definitions.words(LETTERS), definitions.words(DROP))


def of(listing: Group | Activity, *, now: datetime | None = None) -> Freshness:
    """Give how fresh one listing is."""
    when = now or timezone.now()
    return rhythm(listing.authority_id).of(listing.checked_at, now=when)


def by_neighbourhood(authority_id: UUID, *, now: datetime | None = None) -> list[Fresh]:
    """Give the counts of activities by neighbourhood, those without one last.

    Fresh: checked within the days before the first letter. One query.
    """
    when, days = now or timezone.now(), rhythm(authority_id)
    asked = when - timedelta(days=days.letters[0])
    silent = when - timedelta(days=days.demote)
    shown = Q(state__in=SHOWN)
    rows = (
        Activity.objects.filter(authority_id=authority_id)
        .values("neighbourhood_id", "neighbourhood__name")
        .annotate(
            shown=Count("id", filter=shown),
            fresh=Count("id", filter=shown & Q(checked_at__gt=asked)),
            due=Count(
                "id", filter=shown & Q(checked_at__lte=asked, checked_at__gt=silent)
            ),
            unverified=Count("id", filter=Q(state=ListingState.UNVERIFIED)),
        )
        .order_by("neighbourhood__name")
    )
    return [
        Fresh(
            neighbourhood_id=row["neighbourhood_id"],
            name=row["neighbourhood__name"] or "Online or no place",
            shown=row["shown"],
            fresh=row["fresh"],
            due=row["due"],
            stale=row["shown"] - row["fresh"] - row["due"],
            unverified=row["unverified"],
        )
        for row in rows
    ]


def whole(counts: list[Fresh]) -> Fresh:
    """Give the counts of all neighbourhoods together."""
    names = ("shown", "fresh", "due", "stale", "unverified")
    sums = {name: sum(getattr(one, name) for one in counts) for name in names}
    return Fresh(neighbourhood_id=None, name="The whole borough", **sums)


def to_ring(authority_id: UUID, *, now: datetime | None = None) -> QuerySet[Group]:
    """Give the groups that letters did not reach or that did not answer: ring them.

    The longest unheard first; those who asked us not to write among them.
    """
    when, days = now or timezone.now(), rhythm(authority_id)
    silent = when - timedelta(days=days.letters[0])
    return (
        Group.objects.filter(authority_id=authority_id)
        .filter(
            Q(state__in=SHOWN, checked_at__lt=silent)
            | Q(state__in=SHOWN, checked_at__isnull=True)
            | Q(state=ListingState.UNVERIFIED)
        )
        .order_by("checked_at", "id")
    )
