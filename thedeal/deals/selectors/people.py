"""Reads for one person's page: their talks, deals, introductions, doors, follow-ups.

``own`` is what their own page shows: without concerns for their safety and without
what somebody else said in confidence. The database's walls hold those back too.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from thedeal.deals.models import (
    Conversation,
    Deal,
    Draft,
    FieldNote,
    FollowUp,
    Introduction,
    LawDoor,
    Signpost,
    SpentFor,
    Version,
)
from thedeal.deals.states import Door
from thedeal.deals.writing import NOTE_BOXES, Content, unpacked
from thedeal.residents import reach
from thedeal.residents.models import Person


@dataclass(frozen=True, kw_only=True)
class Page:
    """All that this room knows of one person; each list newest first."""

    person: Person
    conversations: list[Conversation]
    notes: list[FieldNote]
    deals: list[Deal]
    introductions: list[Introduction]
    signposts: list[Signpost]
    follow_ups: list[FollowUp]
    doors: list[LawDoor]
    spends: list[SpentFor]


def page(user: Any, person_id: UUID) -> Page:
    """Give the page of somebody in reach; raise Person.DoesNotExist (a 404).

    Somebody looking at themself gets ``own``. Nine queries, whatever there is.
    """
    person = reach.person(user, person_id)
    if reach.own(user).filter(pk=person.pk).exists():
        return own(person)
    return _page(person, is_own=False)


def own(person: Person) -> Page:
    """Give what a person's own page shows of this room."""
    return _page(person, is_own=True)


def conversation(user: Any, pk: UUID) -> Conversation:
    """Give one conversation in reach; raise Conversation.DoesNotExist (a 404)."""
    found = Conversation.objects.filter(person__in=reach.in_reach(user))
    return found.select_related("person", "team", "worker", "next_step").get(pk=pk)


def draft(conversation: Conversation, *, writer: Any) -> tuple[int, Content]:
    """Give the revision and the boxes of a writer's draft; 0 and none at first."""
    found = Draft.objects.filter(conversation=conversation, writer=writer).first()
    return (found.revision, unpacked(found.content)) if found else (0, {})


def has_notes(conversation: Conversation) -> bool:
    """Say whether anybody typed what finishing keeps as a field note."""
    drafts = Draft.objects.filter(conversation=conversation)
    return any(box in unpacked(draft.content) for draft in drafts for box in NOTE_BOXES)


def versions(conversation: Conversation) -> list[tuple[Version, Content]]:
    """Give every version of a conversation with its boxes, newest first."""
    rows = conversation.versions.select_related("writer")
    return [(row, unpacked(row.content)) for row in rows]


def _page(person: Person, *, is_own: bool) -> Page:
    notes, doors = FieldNote.objects.all(), LawDoor.objects.all()
    if is_own:
        notes = notes.filter(is_in_confidence=False)
        doors = doors.exclude(door=Door.SAFEGUARDING.value)
    of = {"person": person}
    return Page(
        person=person,
        conversations=list(
            Conversation.objects.filter(**of).select_related("worker", "next_step")
        ),
        notes=list(notes.filter(**of).select_related("writer")),
        deals=list(Deal.objects.filter(**of).select_related("worker")),
        introductions=list(
            Introduction.objects.filter(**of).select_related("group", "activity")
        ),
        signposts=list(Signpost.objects.filter(**of).select_related("group")),
        follow_ups=list(
            FollowUp.objects.filter(**of).select_related("introduction__group", "deal")
        ),
        doors=list(doors.filter(**of).select_related("place", "asked_by")),
        spends=list(SpentFor.objects.filter(**of).select_related("spend")),
    )
