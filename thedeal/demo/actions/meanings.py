"""Reads the meaning of the demo's listings, as the job would within minutes."""

from collections.abc import Callable

from thedeal.community import meanings
from thedeal.community.selectors import matchable


def build_meanings(*, tell: Callable[[str], None]) -> None:
    """Make the vectors that are missing; say so where there is no model."""
    if meanings.model() is None:
        tell("no sentence model here: the match goes by words alone")
        return
    made = meanings.renew(matchable.listings())
    if made:
        tell(f"the meaning of {made} texts, read on this machine")
