"""Who may see and change money: by a role in the authority's council."""

from typing import Any

from thedeal.accounts.roles import Permission
from thedeal.lib.errors import NotAllowedError
from thedeal.partners import permissions as partners
from thedeal.partners.models import Authority, Kind, Organisation


def council_of(authority: Authority) -> Organisation:
    """Give the authority's council; raise NotAllowedError where it has none yet."""
    council = Organisation.objects.filter(
        authority=authority, kind=Kind.COUNCIL
    ).first()
    if council is None:
        raise NotAllowedError("This authority has no council yet. Set it up first.")
    return council


def check_can_see(user: Any, authority: Authority) -> None:
    """Raise NotAllowedError unless the user may see this authority's money."""
    partners.check(user, Permission.SEE_MONEY, council_of(authority))


def check_can_change(user: Any, authority: Authority) -> None:
    """Raise NotAllowedError unless the user keeps this authority's money."""
    partners.check(user, Permission.CHANGE_MONEY, council_of(authority))


def check_can_sign(user: Any, authority: Authority) -> None:
    """Raise NotAllowedError unless the user is in this authority's finance."""
    partners.check(user, Permission.SIGN_MONEY, council_of(authority))


def can_sign(user: Any, authority: Authority) -> bool:
    """Say whether the user is in this authority's finance."""
    return _may(user, Permission.SIGN_MONEY, authority)


def can_see(user: Any, authority: Authority) -> bool:
    """Say whether the user may see this authority's money."""
    return _may(user, Permission.SEE_MONEY, authority)


def can_change(user: Any, authority: Authority) -> bool:
    """Say whether the user keeps this authority's money."""
    return _may(user, Permission.CHANGE_MONEY, authority)


def _may(user: Any, permission: Permission, authority: Authority) -> bool:
    council = Organisation.objects.filter(
        authority=authority, kind=Kind.COUNCIL
    ).first()
    return council is not None and partners.has(user, permission, council)
