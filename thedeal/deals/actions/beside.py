"""Keeps what a person writes beside their own record, and tells who is alongside.

Nothing that was written is changed by it and nothing is taken away: both stand, and a
worker answers by putting it right or by saying why not. The worker's letter names nobody.
"""

from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.deals import permissions
from thedeal.deals.actions import posting
from thedeal.deals.models import NoteBeside
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.residents import permissions as residents
from thedeal.residents.models import Person

LONGEST = 4000
KIND = "note_beside"


@logins.atomic
def write(
    person: Person, *, words: str, by: Any, about: str = NoteBeside.About.ELSE
) -> NoteBeside:
    """Give the note, in the person's own words; who is alongside is told.

    The person may, and whoever writes it down for them. Raises UserFacingError where
    it is blank.
    """
    residents.check_own_or_beside(by, person)
    said = words.strip()[:LONGEST]
    if not said:
        raise UserFacingError("Write what is not right, in your own words.")
    note = NoteBeside.objects.create(
        authority_id=person.authority_id,
        person=person,
        about=NoteBeside.About(about),
        words=said,
    )
    _record("deals.note_beside", note, by=by)
    tell_beside(person, once_key=f"deals.{KIND}:{note.pk}", but=by)
    return note


@logins.atomic
def answer(note: NoteBeside, *, words: str, by: Any) -> NoteBeside:
    """Answer a note: what was put right, or why not; the person reads it on their page."""
    permissions.check_beside(by, note.person)
    if not words.strip():
        raise UserFacingError("Say what was put right, or why not.")
    note.answer = words.strip()[:LONGEST]
    note.answered_at, note.answered_by = timezone.now(), by
    note.save(update_fields=["answer", "answered_at", "answered_by"])
    _record("deals.note_answered", note, by=by)
    return note


@logins.atomic
def tell_beside(person: Person, *, once_key: str, but: Any = None) -> int:
    """Tell whoever is alongside that something waits on their page; give how many."""
    ties = person.alongside.filter(ended_at__isnull=True).select_related("worker")
    workers = {tie.worker for tie in ties} - {but}
    for worker in workers:
        posting.to_worker(
            worker,
            KIND,
            once_key=f"{once_key}:{worker.pk}",
            authority_id=person.authority_id,
        )
    return len(workers)


def _record(action: str, note: NoteBeside, *, by: Any) -> None:
    trail.record(action, by=by, subject=note, person_id=note.person_id)
