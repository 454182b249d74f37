"""Binds an organisation's own sign-in service to it, and takes the bond away."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from thedeal.accounts import names
from thedeal.accounts.models import Vouching
from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError


@logins.atomic
def bind(
    *,
    provider_id: str,
    email_domain: str,
    organisation_id: UUID,
    authority_id: UUID,
    by: Any,
) -> Vouching:
    """Give the new bond; the caller has checked that ``by`` may make it.

    Raises UserFacingError where the domain or the service is bound already.
    """
    domain = names.tidy_email(email_domain).removeprefix("@")
    if "." not in domain or "@" in domain:
        raise UserFacingError("Write the part after the @, such as trust.nhs.uk.")
    try:
        with logins.transaction_now():
            bond = Vouching.objects.create(
                provider_id=provider_id,
                email_domain=domain,
                organisation_id=organisation_id,
                authority_id=authority_id,
            )
    except IntegrityError:
        raise UserFacingError(
            "This domain or this service already belongs to an organisation."
        ) from None
    trail.record("accounts.vouching_bound", by=by, subject=bond)
    return bond


@logins.atomic
def unbind(bond: Vouching, *, by: Any) -> None:
    """End a bond: from now on the service speaks for nobody."""
    bond.ended_at = timezone.now()
    bond.ended_by_id = by.pk if by else None
    bond.save(update_fields=["ended_at", "ended_by_id"])
    trail.record("accounts.vouching_ended", by=by, subject=bond)
