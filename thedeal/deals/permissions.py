"""Who may write in a conversation or a deal: whoever is beside the person, by role.

The law's doors do not ask here: whoever may see a person may open one for them.
"""

from typing import Any

from thedeal.accounts import roles
from thedeal.accounts.roles import Permission
from thedeal.lib.errors import NotAllowedError
from thedeal.partners.models import Membership, Team
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


def _check_role(membership: Membership, permission: Permission) -> None:
    if permission not in roles.get(membership.role).permissions:
        raise NotAllowedError(NOT_A_WORKER)
