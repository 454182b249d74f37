"""Agrees and ends what organisations share, for a purpose, on a document."""

from datetime import date
from typing import Any

from django.utils import timezone

from thedeal.accounts.roles import Permission
from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners import permissions
from thedeal.partners.models import Organisation, SharingAgreement

LONGEST_YEARS = 3


@logins.atomic
def agree(
    *,
    giver: Organisation,
    receiver: Organisation,
    purpose: str,
    starts_on: date,
    until: date,
    document_reference: str,
    by: Any,
) -> SharingAgreement:
    """Give the new agreement; whoever agrees answers for what the giver holds."""
    permissions.check(by, Permission.AGREE_SHARING, giver)
    _check_terms(giver, receiver, starts_on=starts_on, until=until)
    if not purpose.strip() or not document_reference.strip():
        raise UserFacingError("Say what it is for, and which document says so.")
    agreement = SharingAgreement.objects.create(
        authority_id=giver.authority_id,
        giver=giver,
        receiver=receiver,
        purpose=purpose.strip()[:200],
        starts_on=starts_on,
        until=until,
        document_reference=document_reference.strip()[:200],
        agreed_by=by,
    )
    trail.record(
        "partners.sharing_agreed",
        by=by,
        subject=agreement,
        organisation_id=giver.pk,
        receiver=str(receiver.pk),
    )
    return agreement


@logins.atomic
def end(agreement: SharingAgreement, *, by: Any, reason: str) -> None:
    """End an agreement now: nothing is shared by it from this moment."""
    permissions.check(by, Permission.AGREE_SHARING, agreement.giver)
    if agreement.ended_at is not None:
        raise UserFacingError("This agreement has already ended.")
    agreement.ended_at, agreement.ended_by = timezone.now(), by
    agreement.save(update_fields=["ended_at", "ended_by"])
    trail.record(
        "partners.sharing_ended",
        by=by,
        subject=agreement,
        organisation_id=agreement.giver_id,
        reason=reason,
    )


def _check_terms(
    giver: Organisation, receiver: Organisation, *, starts_on: date, until: date
) -> None:
    if giver.pk == receiver.pk:
        raise UserFacingError("Choose two organisations.")
    if giver.authority_id != receiver.authority_id:
        raise UserFacingError("Both organisations must belong to one authority.")
    if until < starts_on or until.year - starts_on.year > LONGEST_YEARS:
        raise UserFacingError(
            f"An agreement ends after it starts, within {LONGEST_YEARS} years."
        )
