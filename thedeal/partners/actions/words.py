"""Lays a council's own words over the definitions, and takes them away again."""

import string
from collections.abc import Callable
from typing import Any

from thedeal.accounts.roles import Permission
from thedeal.audit.actions import trail
from thedeal.lib import definitions, logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners import permissions
from thedeal.partners.models import Authority, Kind, Words

LONGEST = 4000
# a room above that reads more than words in an entry says here what may stand in it:
# raises UserFacingError with what to write
CHECKS: dict[str, Callable[[Authority, str], None]] = {}


@logins.atomic
def put(*, authority: Authority, key: str, text: str, by: Any) -> Words:
    """Give the council's own words for a key; raise UserFacingError if they cannot be.

    What is filled in (words in braces) must be among what the definition fills in.
    """
    _check_may(authority, by)
    ours = _definition(key)
    if not text.strip() or len(text) > LONGEST:
        raise UserFacingError(f"Write between 1 and {LONGEST} letters.")
    extra = _filled_in(text) - _filled_in(ours)
    if extra:
        raise UserFacingError(f"Nothing is known to fill in for: {sorted(extra)[0]}.")
    if key in CHECKS:
        CHECKS[key](authority, text)
    words, _ = Words.objects.update_or_create(
        authority=authority, key=key, defaults={"text": text, "changed_by": by}
    )
    trail.record("partners.words_put", by=by, subject=words, key=key)
    return words


@logins.atomic
def take_back(*, authority: Authority, key: str, by: Any) -> None:
    """Go back to the definition's words."""
    _check_may(authority, by)
    for words in Words.objects.filter(authority=authority, key=key):
        trail.record("partners.words_taken_back", by=by, subject=words, key=key)
        words.delete()


def _check_may(authority: Authority, by: Any) -> None:
    council = authority.organisations.get(kind=Kind.COUNCIL)
    permissions.check(by, Permission.CHANGE_WORDS, council)


def _definition(key: str) -> str:
    try:
        value = definitions.get(key).value
    except definitions.DefinitionError:
        raise UserFacingError(f"There are no words called {key}.") from None
    if not isinstance(value, str):
        raise UserFacingError(f"{key} is not words, so it cannot be worded anew.")
    return value


def _filled_in(text: str) -> set[str]:
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        raise UserFacingError("A brace { or } is open or closed alone.") from None
    return {name for _, name, _, _ in parts if name is not None}
