"""Who may change what is known of places: the council's editors of its catalogue."""

from typing import Any

from thedeal.accounts.roles import Permission
from thedeal.partners import permissions
from thedeal.partners.models import Authority, Kind


def check_can_change_places(by: Any, *, authority: Authority) -> None:
    """Raise NotAllowedError unless ``by`` edits the council's catalogue.

    None is the machine's own command line, where whoever types has the box anyway.
    """
    if by is None:
        return
    council = authority.organisations.get(kind=Kind.COUNCIL)
    permissions.check(by, Permission.EDIT_CATALOGUE, council)
