"""Who may do what where: a role held, by a membership that counts today.

``check_…`` raises with a sentence, ``can_…`` says yes or no. A right is held inside
one organisation; some rights of the council's own people reach across every
organisation of the authority (definitions/roles.yaml says which).
"""

from collections.abc import Iterator
from typing import Any

from thedeal.accounts import roles
from thedeal.accounts.roles import Permission, Role
from thedeal.lib.errors import NotAllowedError
from thedeal.partners.models import Kind, Membership, Organisation

ONLY_COUNCIL = frozenset({"commissioner", "councillor", "director", "finance_officer"})


def has(user: Any, permission: Permission, organisation: Organisation) -> bool:
    """Say whether a user holds a permission in an organisation."""
    return role_giving(user, permission, organisation) is not None


def role_giving(
    user: Any, permission: Permission, organisation: Organisation
) -> Role | None:
    """Give a role through which a user holds a permission there, if any."""
    for role, reaches in _held(user, organisation):
        if permission in reaches:
            return role
    return None


def check(user: Any, permission: Permission, organisation: Organisation) -> None:
    """Raise NotAllowedError unless the user holds it; note the role for the trail."""
    role = role_giving(user, permission, organisation)
    if role is None:
        raise NotAllowedError(
            "You may not do this here. Ask whoever leads your team, if you should."
        )
    user.acting_as = role.id


def check_can_invite(user: Any, organisation: Organisation, *, role: str) -> None:
    """Raise NotAllowedError unless the user may offer this role there."""
    check(user, Permission.INVITE, organisation)
    if role not in roles_to_offer(user, organisation):
        raise NotAllowedError("You may not offer this role: it is not yours to give.")


def can_invite(user: Any, organisation: Organisation, *, role: str) -> bool:
    """Say whether the user may offer this role there."""
    return role in roles_to_offer(user, organisation)


def roles_to_offer(user: Any, organisation: Organisation) -> list[str]:
    """Give the ids of roles that the user may offer in an organisation, in order."""
    mine: set[str] = set()
    for role, reaches in _held(user, organisation):
        if Permission.INVITE in reaches:
            mine |= role.grants
    fit = fitting(organisation)
    return [name for name in roles.everything() if name in mine and name in fit]


def check_can_end_membership(user: Any, membership: Membership) -> None:
    """Raise NotAllowedError unless the user may end it: their own, or one to give."""
    if membership.user_id == user.pk:
        return
    check(user, Permission.END_MEMBERSHIPS, membership.organisation)
    if membership.role not in roles_to_offer(user, membership.organisation):
        raise NotAllowedError("You may only end a role that you could offer.")


def can_end_membership(user: Any, membership: Membership) -> bool:
    """Say whether the user may end a membership."""
    try:
        check_can_end_membership(user, membership)
    except NotAllowedError:
        return False
    return True


def _held(
    user: Any, organisation: Organisation
) -> Iterator[tuple[Role, frozenset[Permission]]]:
    """Give each role that counts in an organisation, with what it may do there."""
    held = Membership.objects.held_by(user).select_related("organisation")
    for membership in held:
        role = roles.get(membership.role)
        if membership.organisation_id == organisation.pk:
            yield role, role.permissions | role.across
        elif (
            membership.authority_id == organisation.authority_id
            and membership.organisation.kind == Kind.COUNCIL
            and role.across
        ):
            yield role, role.across


def fitting(organisation: Organisation) -> set[str]:
    """Give the roles that this kind of organisation has."""
    of_a_group = organisation.kind in (Kind.GROUP, Kind.BUSINESS)
    return {
        role.id
        for role in roles.everything().values()
        if role.by_membership
        and role.is_staff != of_a_group
        and (role.id not in ONLY_COUNCIL or organisation.kind == Kind.COUNCIL)
    }
