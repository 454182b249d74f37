"""What is written in a conversation: the boxes of one calm page, as plain text.

Pure. Their words come first; what was seen and heard, their exact words and what the
worker felt are kept apart. None of it must ever be asked for.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from thedeal.lib.errors import UserFacingError

WORDS, SAW_HEARD, EXACT_WORDS, FELT = "words", "saw_heard", "exact_words", "felt"
BOXES = (WORDS, SAW_HEARD, EXACT_WORDS, FELT)
NOTE_BOXES = (SAW_HEARD, EXACT_WORDS, FELT)
LONGEST = 100_000

Content = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Page:
    """The open page that a save comes from: an id of its own, and a turn that rises.

    A page whose last answer was lost on the way may write on over its own words; what
    it sent before, and comes late, may not.
    """

    id: str = ""
    turn: int = 0

    def goes_on_from(self, last: "Page") -> bool:
        """Say whether this is the same page, writing on after that save of its own."""
        return bool(self.id) and self.id == last.id and self.turn > last.turn


NO_PAGE = Page()


@dataclass(frozen=True, kw_only=True)
class Saved:
    """The draft is safe; ``revision`` is what the next save must name."""

    revision: int


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """The draft was saved elsewhere since: both texts, to be shown side by side."""

    revision: int
    mine: Content
    theirs: Content


def tidied(content: Mapping[str, str]) -> Content:
    """Give the boxes that hold something; raise UserFacingError for an unknown one."""
    if unknown := sorted(set(content) - set(BOXES)):
        raise UserFacingError(f"This page has no box called “{unknown[0]}”.")
    if sum(map(len, content.values())) > LONGEST:
        raise UserFacingError(
            "That is more than one conversation holds. Start another one for the rest."
        )
    return {box: content[box] for box in BOXES if content.get(box, "").strip()}


def packed(content: Mapping[str, str]) -> str:
    """Give the text under which boxes are kept, the same for the same boxes.

    >>> packed({"felt": "tired", "words": "I sing"})
    '{"felt": "tired", "words": "I sing"}'
    """
    return json.dumps(dict(content), sort_keys=True, ensure_ascii=False)


def unpacked(stored: str) -> Content:
    """Give the boxes that were kept; an erased text gives its one sentence as words.

    >>> unpacked('{"words": "I sing"}')
    {'words': 'I sing'}
    """
    if not stored:
        return {}
    try:
        found: Content = json.loads(stored)
    except ValueError:
        return {WORDS: stored}
    return found
