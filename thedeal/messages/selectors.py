"""Reads of the outbox for whoever runs the box: by number and kind, never by words.

And for a person, of what went to themself: that alone with its words.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, QuerySet

from thedeal.messages.models import Letter
from thedeal.messages.states import LetterState

FOR_A_PERSON = (LetterState.UNSURE, LetterState.FAILED)


def outbox_counts(authority_id: UUID) -> dict[str, int]:
    """Give how many letters of an authority are in each state."""
    counted = (
        Letter.objects.filter(authority_id=authority_id)
        .values("state")
        .annotate(letters=Count("id"))
        .order_by("state")
    )
    found = {row["state"]: row["letters"] for row in counted}
    return {state.value: found.get(state.value, 0) for state in LetterState}


def needing_a_person(authority_id: UUID) -> QuerySet[Letter]:
    """Give the letters that a person must settle: no address, no words among them."""
    return (
        Letter.objects.filter(authority_id=authority_id, state__in=FOR_A_PERSON)
        .only("id", "kind", "channel", "state", "tries", "last_tried_at", "failure")
        .order_by("last_tried_at")
    )


def letter_needing_a_person(authority_id: UUID, pk: UUID) -> Letter:
    """Give one of those; raise Letter.DoesNotExist where there is none."""
    return needing_a_person(authority_id).get(pk=pk)


def to_them(record_ids: Collection[UUID]) -> QuerySet[Letter]:
    """Give what was sent to the person of these records, the newest first."""
    gone = (LetterState.SENT, LetterState.UNSURE)
    found = Letter.objects.filter(
        person_id__in=record_ids, is_to_them=True, state__in=gone
    )
    return found.order_by("-last_tried_at", "-created_at")
