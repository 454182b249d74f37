"""Makes one-tap links and follows them: one purpose, one subject, until a date."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from thedeal.lib import links, logins
from thedeal.lib.errors import UserFacingError
from thedeal.messages.models import OneTapLink


def make(
    purpose: links.Purpose,
    *,
    subject_id: UUID,
    authority_id: UUID | None = None,
    person_id: UUID | None = None,
    **detail: Any,
) -> str:
    """Give the address of a new link; it is the only time that it is known."""
    token = links.new_token()
    OneTapLink.objects.create(
        digest=links.digest(token),
        purpose=purpose.name,
        subject_id=subject_id,
        person_id=person_id,
        authority_id=authority_id,
        detail=detail,
        expires_at=timezone.now() + timedelta(days=purpose.days),
    )
    return f"{settings.PUBLIC_ADDRESS}/{purpose.path}/{token}/"


def find(token: str) -> tuple[OneTapLink, links.Purpose]:
    """Give the link behind a token; raise UserFacingError with what to do if none."""
    link = OneTapLink.objects.filter(digest=links.digest(token)).first()
    purpose = links.PURPOSES.get(link.purpose) if link else None
    if link is None or purpose is None:
        raise UserFacingError(
            "We do not know this link. Check that all of it was copied, or ask us "
            "for a new one."
        )
    if link.expires_at < timezone.now() or link.withdrawn_at:
        raise UserFacingError("This link has run out. Ask us for a new one.")
    if purpose.single_use and link.used_at:
        raise UserFacingError("You have already answered. Thank you: nothing to do.")
    return link, purpose


@logins.atomic
def follow(token: str, *, choice: str, typed: dict[str, str]) -> str:
    """Do what was chosen, once; give the sentence of thanks to show."""
    link, purpose = find(token)
    locked = OneTapLink.objects.select_for_update().get(pk=link.pk)
    if purpose.single_use and locked.used_at:
        raise UserFacingError("You have already answered. Thank you: nothing to do.")
    thanks = purpose.answer(locked, choice, typed)
    locked.used_at = timezone.now()
    locked.answer = choice[:40]
    locked.save(update_fields=["used_at", "answer"])
    return thanks


def withdraw(subject_id: UUID, *, purpose: links.Purpose) -> None:
    """End every open link of a purpose to a subject."""
    OneTapLink.objects.filter(
        subject_id=subject_id, purpose=purpose.name, used_at=None, withdrawn_at=None
    ).update(withdrawn_at=timezone.now())


def settle(subject_id: UUID, *, purpose: links.Purpose) -> None:
    """Take every other open link of a purpose to a subject as answered too."""
    OneTapLink.objects.filter(
        subject_id=subject_id, purpose=purpose.name, used_at=None, withdrawn_at=None
    ).update(used_at=timezone.now())


def was_made(subject_id: UUID, *, purpose: links.Purpose) -> bool:
    """Say whether a link of a purpose to a subject was ever made."""
    made = OneTapLink.objects.filter(subject_id=subject_id, purpose=purpose.name)
    return made.exists()
