"""Adds to the trail, in the transaction of what it records."""

from typing import Any
from uuid import UUID

from django.db import models

from thedeal.audit.models import Entry


def record(
    action: str,
    *,
    by: Any,
    subject: models.Model | None = None,
    authority_id: UUID | None = None,
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
    kind: str = Entry.Kind.CHANGE,
    reason: str = "",
    **detail: Any,
) -> None:
    """Add one row: who did what to which row, and why.

    ``by`` is the user, or None for a visitor or the system. ``detail`` holds ids,
    names of fields and small words, never what a person said.
    """
    if authority_id is None:
        authority_id = getattr(subject, "authority_id", None)
    if organisation_id is None:
        organisation_id = getattr(subject, "organisation_id", None)
    entry = Entry(
        kind=kind,
        action=action,
        actor_id=getattr(by, "pk", None),
        actor_role=str(getattr(by, "acting_as", "") or ""),
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        authority_id=authority_id,
        organisation_id=organisation_id,
        person_id=person_id,
        reason=reason[:300],
        detail=detail,
    )
    # asks for nothing back: the wall lets anybody add and not everybody read, and a
    # row that is given back must be one that the asker may read
    Entry.objects.bulk_create([entry], ignore_conflicts=True)


def looked(
    subject: models.Model,
    *,
    by: Any,
    person_id: UUID,
    reason: str = "",
    authority_id: UUID | None = None,
    organisation_id: UUID | None = None,
) -> None:
    """Add that somebody looked at a person's record; the person can read it."""
    record(
        "looked",
        by=by,
        subject=subject,
        person_id=person_id,
        kind=Entry.Kind.LOOK,
        reason=reason,
        authority_id=authority_id,
        organisation_id=organisation_id,
    )
