"""Offers a role to an address, and lets whoever holds that address take it up.

An invitation is bound to one organisation, one role and one address. Whether it
still stands is asked at the moment it is used; when its sender's own role ends,
what they offered is taken back with it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from thedeal.accounts import names, roles
from thedeal.accounts.models import User
from thedeal.audit.actions import limits, trail
from thedeal.lib import definitions, links, logins
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.messages.actions import letters
from thedeal.partners import permissions
from thedeal.partners.actions import memberships
from thedeal.partners.models import Invitation, Membership, Organisation, Team

STANDS_FOR = timedelta(days=7)
MOST_AN_HOUR = 30


@logins.atomic
def invite(
    *,
    organisation: Organisation,
    role: str,
    email: str,
    display_name: str,
    by: User,
    address_of: Callable[[str], str],
    team: Team | None = None,
    until: date | None = None,
) -> Invitation:
    """Give the new invitation and write to whom it is for.

    ``address_of`` turns the link's token into an address: pages are above this room.
    """
    permissions.check_can_invite(by, organisation, role=role)
    memberships.check_fits(organisation=organisation, role=role, team=team)
    address, name = names.tidy_email(email), names.tidy(display_name)[:120]
    if not name or "@" not in address:
        raise UserFacingError("Write the name and the email address of the person.")
    if address == by.email:
        raise NotAllowedError("You may not offer a role to yourself.")
    limits.hit("invite", str(by.pk), most=MOST_AN_HOUR, seconds=3600)
    token = links.new_token()
    invitation = _insert(
        organisation=organisation,
        authority_id=organisation.authority_id,
        team=team,
        role=role,
        email=address,
        display_name=name,
        until=until,
        digest=links.digest(token),
        expires_at=timezone.now() + STANDS_FOR,
        invited_by=by,
    )
    _write(invitation, link=address_of(token))
    trail.record("partners.invited", by=by, subject=invitation, role=role)
    return invitation


def find(token: str) -> Invitation:
    """Give the invitation behind a token; raise UserFacingError with what to do.

    Lets this transaction, and no later one, see the one invitation it is for.
    """
    digest = links.digest(token)
    logins.show_invitation(digest)
    found = (
        Invitation.objects.filter(digest=digest)
        .select_related("organisation", "authority", "team", "invited_by")
        .first()
    )
    if found is None or found.withdrawn_at or found.expires_at <= timezone.now():
        raise UserFacingError(
            "This invitation has run out. Ask whoever sent it for a new one."
        )
    if found.accepted_at:
        raise UserFacingError("This invitation has been used. Sign in to go on.")
    return found


@logins.atomic
def accept(token: str, *, by: User) -> Membership:
    """Give the membership that an invitation offered, to the holder of its address."""
    found = find(token)
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    if invitation.accepted_at:
        raise UserFacingError("This invitation has been used. Sign in to go on.")
    if by.email != invitation.email:
        raise NotAllowedError(
            "This invitation is for another email address. Sign in with that one."
        )
    membership = memberships.start(
        user=by,
        organisation=found.organisation,
        team=found.team,
        role=invitation.role,
        until=invitation.until,
        by=found.invited_by,
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), by
    invitation.membership = membership
    invitation.save(update_fields=["accepted_at", "accepted_by", "membership"])
    trail.record("partners.invitation_accepted", by=by, subject=invitation)
    return membership


@logins.atomic
def withdraw(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back, before it is used."""
    permissions.check_can_invite(by, invitation.organisation, role=invitation.role)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise UserFacingError("This invitation was used or taken back already.")
    invitation.withdrawn_at, invitation.withdrawn_by = timezone.now(), by
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    trail.record("partners.invitation_withdrawn", by=by, subject=invitation)


def _insert(**fields: Any) -> Invitation:
    _withdraw_run_out(fields)
    try:
        with logins.transaction_now():
            return Invitation.objects.create(**fields)
    except IntegrityError:
        raise UserFacingError(
            "This person has an invitation already. Take it back to send another."
        ) from None


def _withdraw_run_out(fields: dict[str, Any]) -> None:
    """Make room where an invitation of the same kind ran out unused."""
    now = timezone.now()
    Invitation.objects.filter(
        organisation=fields["organisation"],
        role=fields["role"],
        email=fields["email"],
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__lte=now,
    ).update(withdrawn_at=now, withdrawn_by=fields["invited_by"])


def _write(invitation: Invitation, *, link: str) -> None:
    authority_id = invitation.authority_id
    body = definitions.words(
        "words/partners.invitation_body", authority_id=authority_id
    )
    letters.write(
        kind="partners.invitation",
        to=invitation.email,
        subject=definitions.words(
            "words/partners.invitation_subject", authority_id=authority_id
        ),
        body=body.format(
            name=invitation.display_name,
            inviter=invitation.invited_by.display_name,
            organisation=invitation.organisation.name,
            role=roles.get(invitation.role).title.lower(),
            link=link,
            until=f"{timezone.localtime(invitation.expires_at):%d %B, %H:%M}",
        ),
        once_key=f"invitation:{invitation.pk}",
        authority_id=authority_id,
        urgent=True,
    )
    letters.nudge()
