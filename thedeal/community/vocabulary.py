"""The words that listings say, and the one that a slip of the fingers meant. Pure.

Two words are alike by the threes of letters that they share, as PostgreSQL's trigrams
are, then by their letters in order: "kniting" is "knitting", and "writing" is not.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterable

SHORTEST, LONGEST = 4, 30  # letters; shorter words are like too much
SHARED = 0.33  # of the threes that two words have
IN_ORDER = 0.75  # of their letters
WORD = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """Words known, found by what is like them."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take every word of some texts."""
        found = {word for text in texts for word in WORD.findall(text.lower())}
        self.words = sorted(w for w in found if SHORTEST <= len(w) <= LONGEST)
        self.threes = [len(_threes(word)) for word in self.words]
        self.having: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            for three in _threes(word):
                self.having.setdefault(three, []).append(number)

    def nearest(self, typed: str) -> str:
        """Give the known word that is most like one; "" where none is like it."""
        word = typed.lower()
        if len(word) < SHORTEST:
            return ""
        mine = _threes(word)
        shared = Counter(n for three in mine for n in self.having.get(three, ()))
        like = [
            self.words[n]
            for n, number in shared.items()
            if number >= SHARED * (len(mine) + self.threes[n] - number)
        ]
        near = difflib.get_close_matches(word, sorted(like), n=1, cutoff=IN_ORDER)
        return near[0] if near else ""


def _threes(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
