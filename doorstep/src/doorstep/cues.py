"""The phrases that show what a piece of what somebody said is, made ready to look for.

The words are in `data/words/cues.toml`. Here is only how a phrase is looked for: whole,
with or without its apostrophes, since people who type leave them out.
"""

import re
from collections.abc import Iterable

from doorstep import io

Table = dict[str, list[str]]

TABLE = io.words_table("cues")
DIALECT: dict[str, str] = TABLE["dialect"]
OTHERS: Table = TABLE["others"]
AVOIDED: Table = TABLE["avoided"]
GIVES: Table = TABLE["gives"]
WANTS: list[str] = TABLE["wants"]["cues"]
TO_ME: list[str] = TABLE["advice"]["to_me"]


def any_of(phrases: Iterable[str]) -> str:
    """Give the pattern of any of some phrases, the longest first.

    >>> re.findall(any_of(["can't", "can't stand"]), "cant stand it, i can't")
    ['cant stand', "can't"]
    """
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(_pattern(phrase) for phrase in longest_first) + ")"


def whole(phrases: Iterable[str]) -> re.Pattern[str]:
    """Give the pattern of any of some phrases as whole words."""
    return cue(rf"(?<![\w']){any_of(phrases)}(?![\w'])")


def cue(pattern: str) -> re.Pattern[str]:
    """Make a pattern that does not mind capitals."""
    return re.compile(pattern, flags=re.IGNORECASE)


def _pattern(phrase: str) -> str:
    return re.escape(phrase).replace("'", "'?").replace(r"\ ", " +")
