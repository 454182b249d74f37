"""Reads of the law's doors: what was asked for whom, who was told and when, and where to.

On the person's own page a concern about safety is left out, as the walls leave it out.
"""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from thedeal.deals.models import DoorPlace, LawDoor
from thedeal.deals.states import Door
from thedeal.residents import reach
from thedeal.residents.models import Person


def of_person(person: Person) -> QuerySet[LawDoor]:
    """Give all that was asked for a person under the law, newest first."""
    found = LawDoor.objects.filter(person_id__in=reach.record_ids(person))
    return found.select_related("place", "asked_by").prefetch_related("happenings__by")


def own(person: Person) -> QuerySet[LawDoor]:
    """Give the same as the person's own page shows it."""
    return of_person(person).exclude(door=Door.SAFEGUARDING.value)


def request(user: Any, pk: UUID) -> LawDoor:
    """Give one request about somebody in reach; raise LawDoor.DoesNotExist (a 404)."""
    found = LawDoor.objects.filter(person__in=reach.in_reach(user))
    return (
        found.select_related("person", "place", "asked_by")
        .prefetch_related("happenings__by")
        .get(pk=pk)
    )


def places_of(authority_id: UUID) -> dict[str, DoorPlace]:
    """Give where each of the law's doors leads, by the door; absent if not named."""
    rows = DoorPlace.objects.filter(authority_id=authority_id)
    return {place.door: place for place in rows}
