"""Who may write in a conversation or a deal: whoever is beside the person, by role.

The law's doors do not ask here: whoever may see a person may open one for them.
"""

from typing import Any
from uuid import UUID

from thedeal.accounts import roles
from thedeal.accounts.roles import Permission
from thedeal.lib.errors import NotAllowedError
from thedeal.partners import permissions as partners
from thedeal.partners.models import Kind, Membership, Organisation, Team
from thedeal.residents import permissions as residents
from thedeal.residents.models import Person

NOT_A_WORKER = "Only a worker who makes deals may do this."


def check_beside(user: Any, person: Person) -> Membership:
    """Give the membership by which a worker is beside a person, or NotAllowedError."""
    found = residents.check_can_change(user, person)
    _check_role(found, Permission.MAKE_DEALS)
    return found


def check_beside_in(user: Any, person: Person, *, team: Team) -> None:
    """Raise NotAllowedError unless the worker is beside the person, and in the team."""
    check_beside(user, person)
    _check_role(residents.check_in_team(user, team), Permission.MAKE_DEALS)


def check_spends(user: Any, person: Person, *, team: Team) -> None:
    """Raise NotAllowedError unless the worker may spend small sums, from the team."""
    check_beside_in(user, person, team=team)
    found = residents.check_in_team(user, team)
    _check_role(found, Permission.SPEND_SMALL_SUMS)


def check_may_ask(user: Any, person: Person) -> None:
    """Raise NotAllowedError unless the user may see the person, or is them."""
    if residents.is_own(user, person):
        user.acting_as = "resident"
        return
    residents.check_can_see(user, person)


def check_names_places(user: Any, authority_id: UUID) -> None:
    """Raise NotAllowedError unless the user may say where the law's doors lead."""
    partners.check(user, Permission.CHANGE_ORGANISATIONS, _council(authority_id))


def check_sees_board(user: Any, authority_id: UUID) -> None:
    """Raise NotAllowedError unless the user may see how the council's places do."""
    partners.check(user, Permission.SEE_BOARD, _council(authority_id))


def can_see_board(user: Any, authority_id: UUID) -> bool:
    """Say whether the user may see how the council's places do."""
    try:
        check_sees_board(user, authority_id)
    except NotAllowedError:
        return False
    return True


def check_can_say_what_came(user: Any, authority_id: UUID) -> None:
    """Raise NotAllowedError unless the user may say what came of a new group."""
    check_sees_board(user, authority_id)
    partners.check(user, Permission.SUGGEST_LISTINGS, _council(authority_id))


def can_say_what_came(user: Any, authority_id: UUID) -> bool:
    """Say whether the user may say what came of a new group."""
    try:
        check_can_say_what_came(user, authority_id)
    except NotAllowedError:
        return False
    return True


def _council(authority_id: UUID) -> Organisation:
    found = Organisation.objects.filter(authority_id=authority_id, kind=Kind.COUNCIL)
    if (council := found.first()) is None:
        raise NotAllowedError("This authority has no council yet. Set it up first.")
    return council


def _check_role(membership: Membership, permission: Permission) -> None:
    if permission not in roles.get(membership.role).permissions:
        raise NotAllowedError(NOT_A_WORKER)
