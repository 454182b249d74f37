"""Starts and ends memberships; ending one ends the person's sessions at once."""

from datetime import date
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from thedeal.accounts import roles
from thedeal.accounts.actions import people
from thedeal.accounts.models import User
from thedeal.audit.actions import trail
from thedeal.lib import logins, once
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.partners import permissions
from thedeal.partners.models import Invitation, Membership, Organisation, Team


@logins.atomic
def start(
    *,
    user: User,
    organisation: Organisation,
    role: str,
    by: Any,
    team: Team | None = None,
    starts_on: date | None = None,
    until: date | None = None,
) -> Membership:
    """Give a new membership, which counts from its first day.

    ``by`` is None only for the set-up command and the demo; everybody else joins
    by an invitation, whose sender's right to give the role was checked.
    """
    check_fits(organisation=organisation, role=role, team=team)
    found = roles.get(role)
    first = starts_on or timezone.localdate()
    if until is not None and until < first:
        raise UserFacingError("The last day is before the first.")
    try:
        with logins.transaction_now():
            membership = Membership.objects.create(
                authority_id=organisation.authority_id,
                organisation=organisation,
                team=team,
                user=user,
                role=role,
                is_staff=found.is_staff,
                sees_people=found.sees_people,
                starts_on=first,
                until=until,
                granted_by=by,
            )
    except IntegrityError:
        raise UserFacingError("This person already has this role here.") from None
    _after_change(user, by=by, reason=f"{role} began")
    trail.record("partners.membership_started", by=by, subject=membership, role=role)
    return membership


@logins.atomic
def end(membership: Membership, *, by: User, reason: str) -> None:
    """End a membership now; raise NotAllowedError or UserFacingError if refused."""
    permissions.check_can_end_membership(by, membership)
    if membership.ended_at is not None:
        raise UserFacingError("This role has already ended.")
    if not reason.strip():
        raise UserFacingError("Say why, in a few words.")
    _withdraw_offers(membership, by=by)  # first: who has left reaches none of them
    membership.ended_at, membership.ended_by = timezone.now(), by
    membership.save(update_fields=["ended_at", "ended_by"])
    _after_change(membership.user, by=by, reason=f"{membership.role} ended")
    trail.record(
        "partners.membership_ended",
        by=by,
        subject=membership,
        reason=reason,
        role=membership.role,
    )


@logins.atomic
def change_role(
    membership: Membership, *, role: str, by: User, reason: str
) -> Membership:
    """Give the membership of another role in its place, from today.

    Whoever changes it must be able to end the one and to offer the other, and it is
    never their own.
    """
    if membership.user_id == by.pk:
        raise NotAllowedError("You may not change your own role.")
    if role == membership.role:
        raise UserFacingError("That is the role this person has.")
    permissions.check_can_invite(by, membership.organisation, role=role)
    end(membership, by=by, reason=reason)
    return start(
        user=membership.user,
        organisation=membership.organisation,
        team=membership.team,
        role=role,
        until=membership.until,
        by=by,
    )


def check_fits(*, organisation: Organisation, role: str, team: Team | None) -> None:
    """Raise UserFacingError where a role or a team does not belong there."""
    if role not in permissions.fitting(organisation):
        raise UserFacingError("This kind of organisation does not have this role.")
    if team is None:
        return
    if team.authority_id != organisation.authority_id or team.ended_at is not None:
        raise UserFacingError("Choose a team of this authority.")


def write_flags() -> int:
    """Write what the walls need to know of each role again; give how many changed.

    Called by ``manage walls``, so that a change to definitions/roles.yaml holds for
    those who have the role already.
    """
    changed = 0
    for role in roles.everything().values():
        held = Membership.objects.filter(role=role.id)
        changed += held.exclude(
            is_staff=role.is_staff, sees_people=role.sees_people
        ).update(is_staff=role.is_staff, sees_people=role.sees_people)
    gone = Membership.objects.exclude(role__in=roles.everything())
    changed += gone.filter(ended_at__isnull=True).update(
        is_staff=False, sees_people=False, ended_at=timezone.now()
    )
    return changed


def _withdraw_offers(membership: Membership, *, by: User) -> None:
    """Take back what the person offered to others: the right to offer is gone."""
    Invitation.objects.filter(
        invited_by_id=membership.user_id,
        authority_id=membership.authority_id,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    ).update(withdrawn_at=timezone.now(), withdrawn_by=by)


def _after_change(user: User, *, by: Any, reason: str) -> None:
    """Hold the user to the proof their roles need, and make them sign in again."""
    once.forget()
    held = Membership.objects.held_by(user).values_list("role", flat=True)
    needed = any(roles.get(name).needs_second_factor for name in held)
    people.hold_to_second_factor(user, needed=needed, by=by)
    people.end_sessions(user, by=by, reason=reason)
