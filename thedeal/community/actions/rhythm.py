"""Sees that the days a council sets, on which groups are asked, can be kept.

Registered with the council's own words: days out of order are refused as they are
typed, and never found out by a job at night.
"""

from thedeal.community import freshness
from thedeal.community.selectors.freshness import DROP, LETTERS
from thedeal.lib import definitions
from thedeal.lib.errors import UserFacingError
from thedeal.partners.actions import words
from thedeal.partners.models import Authority

NO_DAYS = (
    "Write days in order, like 75, 90, 105. The last must come before the day on which "
    "a listing is no longer shown; now they are {letters}, and {drop}."
)


def check_letters(authority: Authority, text: str) -> None:
    """Raise UserFacingError where these cannot be the days of the letters."""
    _check(authority, letters=text)


def check_drop(authority: Authority, text: str) -> None:
    """Raise UserFacingError where this cannot be the day that drops a listing."""
    _check(authority, drop=text)


def _check(authority: Authority, *, letters: str = "", drop: str = "") -> None:
    now = [definitions.words(key, authority_id=authority.pk) for key in (LETTERS, DROP)]
    try:
        freshness.read(letters or now[0], drop or now[1])
    except ValueError:
        said = NO_DAYS.format(letters=now[0], drop=now[1])
        raise UserFacingError(said) from None


words.CHECKS[LETTERS] = check_letters
words.CHECKS[DROP] = check_drop
