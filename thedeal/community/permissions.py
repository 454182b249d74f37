"""Who may change what of a listing: its organisers, the editors, a worker who rang."""

from typing import Any

from thedeal.accounts.roles import Permission
from thedeal.community.models import Group
from thedeal.lib.errors import NotAllowedError
from thedeal.partners import permissions as partners
from thedeal.partners import selectors as partners_selectors
from thedeal.partners.models import Authority, Kind

REFUSED = "You may not do this here. Ask whoever leads your team, if you should."


def can_edit(by: Any, *, authority: Authority) -> bool:
    """Say whether somebody keeps the council's directory."""
    council = authority.organisations.filter(kind=Kind.COUNCIL).first()
    return council is not None and _has(by, Permission.EDIT_CATALOGUE, council)


def can_run(by: Any, *, group: Group) -> bool:
    """Say whether somebody runs the group, as it was claimed."""
    owner = group.organisation
    return owner is not None and _has(by, Permission.RUN_GROUP, owner)


def can_answer(by: Any, *, authority: Authority) -> bool:
    """Say whether a worker may answer for groups of an authority, having rung."""
    mine = partners_selectors.organisations_of(by).filter(authority=authority)
    return any(_has(by, Permission.SUGGEST_LISTINGS, one) for one in mine)


def can_change(by: Any, *, group: Group) -> bool:
    """Say whether somebody's changes to a listing are live at once."""
    return can_run(by, group=group) or can_edit(by, authority=group.authority)


def check_can_edit(by: Any, *, authority: Authority) -> None:
    """Raise NotAllowedError unless they keep the directory; None is the machine."""
    if by is not None and not can_edit(by, authority=authority):
        raise NotAllowedError(REFUSED)


def check_can_change(by: Any, *, group: Group) -> None:
    """Raise NotAllowedError unless they run the group or keep the directory."""
    if by is not None and not can_change(by, group=group):
        raise NotAllowedError(REFUSED)


def check_can_answer(by: Any, *, group: Group) -> None:
    """Raise NotAllowedError unless they may say that a listing is (still) right."""
    if by is None or can_change(by, group=group):
        return
    if not can_answer(by, authority=group.authority):
        raise NotAllowedError(REFUSED)


def _has(by: Any, permission: Permission, organisation: Any) -> bool:
    role = partners.role_giving(by, permission, organisation) if by else None
    if role is not None:
        by.acting_as = role.id
    return role is not None
