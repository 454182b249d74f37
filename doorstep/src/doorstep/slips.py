"""Slips of the finger in what somebody typed: "chior", "gardning", "swiming".

A word is put right only where it is no English word at all, and is one letter missing,
added, wrong or swapped from one that a theme is known by and begins as that does;
anything else stays as it was typed ("toffee" is not coffee). The English words are the vocabulary that the sentence model was trained with,
which is here even where the model is not.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from doorstep import io
from doorstep.meaning import TOKENIZER, TOKENIZER_SHA256

SHORTEST = 5
"""A word with fewer letters is too near to too many others."""


@dataclass(frozen=True)
class Slips:
    """The words that are right as they are, and those that a slip may have meant."""

    english: frozenset[str]
    meant: dict[str, list[str]]

    @classmethod
    def of(cls, english: Sequence[str], telling: Sequence[str]) -> Self:
        """Make ready; both commonest first, and nothing shorter is ever meant."""
        meant: dict[str, list[str]] = {}
        for word in dict.fromkeys(telling):
            if len(word) >= SHORTEST and word.isalpha():
                for short in _shorter(word):
                    meant.setdefault(short, []).append(word)
        return cls(frozenset(english) | frozenset(telling), meant)

    def mended(self, word: str) -> str:
        """Give the word that one was meant for, or itself.

        >>> Slips.of(["chair"], ["choir", "garden"]).mended("chior")
        'choir'
        """
        if len(word) < SHORTEST or word in self.english or not word.isalpha():
            return word
        near = {
            known for short in _shorter(word) for known in self.meant.get(short, ())
        }
        close = [n for n in near if n[0] == word[0] and is_one_slip(word, n)]
        return min(close, default=word)


def is_one_slip(one: str, other: str) -> bool:
    """Say whether two words are one letter missing, added, wrong or swapped apart.

    >>> [is_one_slip("chior", w) for w in ("choir", "choirs", "chair", "chio")]
    [True, False, False, True]
    """
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    is_swapped = len(a) > 1 and len(b) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or is_swapped


@cache
def english() -> tuple[str, ...]:
    """Give the English words that the sentence model knows, commonest first."""
    kept = json.loads(io.verified_bytes(TOKENIZER, sha256=TOKENIZER_SHA256))
    words = kept["model"]["vocab"]
    return tuple(word for word in words if word.isalpha() and len(word) > 1)


def _shorter(word: str) -> Iterator[str]:
    """Give a word and what it is with any one letter left out."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
