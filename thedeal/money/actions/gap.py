"""Writes a new telling of the gap. Older ones stay as they were told."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.money import gap_words, permissions
from thedeal.money.models import GapStory
from thedeal.partners.models import Authority

LONGEST_SENTENCE_WORDS = 18  # Easy Read: one short sentence, one idea


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What the council says of its gap; ``grown`` is what need and prices added."""

    year: int
    started: Decimal
    grown: Decimal
    households: int
    source: str
    why_harder: str
    your_part: tuple[dict[str, str], ...]
    got_wrong: str
    easy_read: str


@logins.atomic
def tell(telling: Telling, *, authority: Authority, by: Any) -> GapStory:
    """Give the new version; raise UserFacingError where a part is missing.

    What was closed is not typed: it is added up from signed lines when it is
    published.
    """
    permissions.check_can_change(by, authority)
    _check(telling)
    story = GapStory.objects.create(
        authority=authority,
        by=by,
        **{**vars(telling), "your_part": list(telling.your_part)},
    )
    trail.record("money.gap_told", by=by, subject=story, year=telling.year)
    return story


def _check(telling: Telling) -> None:
    if telling.started <= 0 or telling.households <= 0:
        raise UserFacingError("Say what we started short by, and how many homes.")
    for name in ("source", "why_harder", "got_wrong", "easy_read"):
        if not getattr(telling, name).strip():
            raise UserFacingError(f"Fill in “{name.replace('_', ' ')}”: people ask it.")
    _check_easy_read(telling.easy_read)
    for words in (telling.why_harder, telling.got_wrong, telling.easy_read):
        gap_words.check_no_pounds_typed(words)
    for part in telling.your_part:
        _check_part(part)


def _check_easy_read(text: str) -> None:
    for line in text.strip().splitlines():
        if len(line.split()) > LONGEST_SENTENCE_WORDS:
            raise UserFacingError(
                f"Easy Read keeps to {LONGEST_SENTENCE_WORDS} words a line. Split: "
                f"“{line.strip()[:60]}…”"
            )


def _check_part(part: dict[str, str]) -> None:
    if not all(part.get(key, "").strip() for key in ("do", "worth", "source")):
        raise UserFacingError(
            "For each thing people can do, say what it is worth and how we know."
        )
    for words in part.values():
        gap_words.check_no_pounds_typed(words)
