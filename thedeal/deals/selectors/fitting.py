"""Reads what somebody kept, what was not for them, and finds what fits now."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from doorstep.speeds import ORDINARY, SLOW

from thedeal.community.selectors.connecting import (
    Connected,
    NotForMe,
    Question,
    connect,
)
from thedeal.deals import free
from thedeal.deals.models import Fit
from thedeal.deals.models.fitting import MATTERED
from thedeal.places import selectors as places
from thedeal.residents.models import Person

WALK_MINUTES = 20.0
SHORT_WALK, SHORT_MINUTES = "short_walk", 10.0  # who said "only a short walk"
NEEDS = frozenset({"step_free", "hearing_loop", "quiet"})


@dataclass(frozen=True, kw_only=True)
class Fits:
    """What stands for somebody: what they kept, and what was not for them."""

    kept: list[Fit]
    refused: list[Fit]

    @property
    def mattered(self) -> list[Fit]:
        """Give what they kept, tried, and said had mattered to them."""
        return [fit for fit in self.kept if fit.why == MATTERED]


def standing(person: Person) -> Fits:
    """Give what stands now, newest first; one query."""
    rows: QuerySet[Fit] = Fit.objects.filter(person=person, taken_back_at__isnull=True)
    found = list(rows.select_related("activity", "activity__group"))
    return Fits(
        kept=[fit for fit in found if fit.is_kept],
        refused=[fit for fit in found if not fit.is_kept],
    )


def near(
    person: Person,
    *,
    words: str,
    minutes: float = WALK_MINUTES,
    how_many: int = 6,
    said: Fits | None = None,
) -> Connected | None:
    """Give what fits somebody's words near their door; None where we do not know where.

    No further than they can walk, in the hours they are free, where they said. What was
    not for them (``said``, where it was read before) changes the weights, and is itself
    left out; what is like something that mattered stands higher.
    """
    at = _where(person)
    if at is None:
        return None
    walks_little = SHORT_WALK in person.helps
    said = said or standing(person)
    refused = tuple((str(fit.activity_id), NotForMe(fit.why)) for fit in said.refused)
    return connect(
        Question(
            lat=at[0],
            lon=at[1],
            words=words,
            grows=True,
            minutes=min(minutes, SHORT_MINUTES) if walks_little else minutes,
            walker=SLOW.name if walks_little else ORDINARY.name,
            free=free.known(person.free_when),
            needs=NEEDS & frozenset(person.helps),
            how_many=how_many,
            not_for_me=refused,
            mattered=tuple(str(fit.activity_id) for fit in said.mattered),
        )
    )


def _where(person: Person) -> tuple[float, float] | None:
    """Give about where they live: their postcode, else the middle of their area."""
    if person.postcode and (found := places.position_of(person.postcode)):
        return found
    area_id: Any = person.neighbourhood_id
    area = places.neighbourhoods().filter(pk=area_id).first() if area_id else None
    return (area.lat, area.lon) if area else None
