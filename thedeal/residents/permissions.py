"""Who may see and change what we hold about a person.

A worker whose team is alongside the person, or whose organisation the person let in;
the person themself for what is theirs to say; whoever keeps records for erasing.
"""

from typing import Any
from uuid import UUID

from thedeal.accounts import roles
from thedeal.accounts.roles import Permission
from thedeal.lib.errors import NotAllowedError
from thedeal.partners import selectors as partners
from thedeal.partners.models import Membership, Team
from thedeal.residents import reach
from thedeal.residents.models import Person

NOT_ALONGSIDE = "Only a team that is alongside this person may do this."


def can_see(user: Any, person: Person) -> bool:
    """Say whether a user may see a person's record."""
    return reach.sees(user, person)


def check_can_see(user: Any, person: Person) -> None:
    """Raise NotAllowedError unless the user may see this person."""
    if not can_see(user, person):
        raise NotAllowedError(NOT_ALONGSIDE)


def is_own(user: Any, person: Person) -> bool:
    """Say whether the user is this person, by a page of their own."""
    return reach.own(user).filter(pk=person.pk).exists()


def can_change(user: Any, person: Person) -> bool:
    """Say whether a user may write in a person's record."""
    return _through(user, person) is not None


def check_can_change(user: Any, person: Person) -> Membership:
    """Give the membership by which the user may write; raise NotAllowedError."""
    found = _through(user, person)
    if found is None:
        raise NotAllowedError(NOT_ALONGSIDE)
    user.acting_as = found.role
    return found


def check_own_or_beside(user: Any, person: Person) -> None:
    """Raise NotAllowedError unless the user is the person, or may write for them."""
    if is_own(user, person):
        user.acting_as = "resident"
        return
    check_can_change(user, person)


def check_in_team(user: Any, team: Team) -> Membership:
    """Give the membership by which the user works in a team; raise NotAllowedError."""
    for membership in reach.workings_now(user):
        if membership.team_id == team.pk and _writes(membership):
            user.acting_as = membership.role
            return membership
    raise NotAllowedError("Only somebody of this team may do this.")


def check_keeps_records(user: Any, authority_id: UUID) -> None:
    """Raise NotAllowedError unless the user keeps this authority's records."""
    for membership in partners.held_now(user):
        may = roles.get(membership.role).permissions
        if membership.authority_id == authority_id and Permission.KEEP_RECORDS in may:
            user.acting_as = membership.role
            return
    raise NotAllowedError("Only whoever keeps the records may do this.")


def _through(user: Any, person: Person) -> Membership | None:
    for membership in reach.workings_now(user):
        if _writes(membership) and reach.may_be_let_in(membership, person):
            return membership
    return None


def _writes(membership: Membership) -> bool:
    return Permission.CHANGE_PEOPLE in roles.get(membership.role).permissions
