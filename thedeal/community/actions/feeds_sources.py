"""Keeps who gives us listings, and on what licence: never assumed, always stated."""

from thedeal.community.actions.listings import OWN
from thedeal.community.models import FeedRun, Source
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority

OWN_IS_OURS = "“own” is what we were told ourselves. Choose another --source."


@logins.atomic
def source(
    authority: Authority,
    *,
    key: str,
    name: str,
    address: str = "",
    kind: str,
    licence: str = "",
    licence_url: str = "",
    may_republish: bool = False,
) -> Source:
    """Give the source of a key, made where it is new; a stated licence is kept.

    Raises UserFacingError for a key that is ours, and where something may go out
    again on no licence at all.
    """
    if key == OWN:
        raise UserFacingError(OWN_IS_OURS)
    found, _ = Source.objects.get_or_create(
        authority=authority,
        key=key,
        defaults={"name": name, "address": address[:500], "kind": kind[:30]},
    )
    if licence:
        found.licence, found.licence_url = licence[:200], licence_url[:200]
    if may_republish:
        if not found.licence:
            raise UserFacingError("Say with --licence what lets us pass it on.")
        found.may_republish = True
    found.save()
    return found


def goes_on_at(authority: Authority, key: str) -> str:
    """Give where an OpenActive feed goes on from last time, "" for any other."""
    runs = FeedRun.objects.filter(
        source__authority=authority, source__key=key, problem="", is_dry_run=False
    )
    return runs.values_list("next_address", flat=True).first() or ""
