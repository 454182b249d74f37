"""Figures inside the words of the gap: named in brackets, filled in when published.

A writer names a figure, as in "It saves [Street lights]": the amount comes from the
ledger's signed line of that title, or from the gap's own figures, each time a version
is published. So no pound is typed by hand, and the Easy Read version cannot fall out
of step with the page.
"""

import re
from collections.abc import Mapping

from thedeal.lib.errors import UserFacingError

NAMED = re.compile(r"\[([^\[\]]+)\]")
TYPED = re.compile(
    r"£\s*\d[\d,.]*|\b\d[\d,.]*\s*(?:million|billion|pounds|quid)\b", re.I
)
OWN = ("started", "grown", "closed", "left")


class GapWordsError(UserFacingError):
    """A figure in the words cannot be filled in; the sentence says what to do."""


def check_no_pounds_typed(text: str) -> None:
    """Raise GapWordsError where an amount is typed instead of named."""
    typed = TYPED.search(text)
    if typed:
        raise GapWordsError(
            f"“{typed.group().strip()}” is typed by hand. Write the title of a signed "
            "line of the ledger in square brackets instead, or [closed] or [left], and "
            "the amount is filled in."
        )


def fill(text: str, *, amounts: Mapping[str, str]) -> str:
    """Give the text with each named figure filled in from ``amounts``.

    Raises GapWordsError for a name that is not there: not signed, or of too few
    people to show.
    """

    def amount(found: re.Match[str]) -> str:
        name = found.group(1).strip()
        if name not in amounts:
            raise GapWordsError(
                f"[{name}] is not a figure that can be shown: it is no title of a "
                "signed line of the ledger, or it stands on too few people."
            )
        return amounts[name]

    return NAMED.sub(amount, text)
