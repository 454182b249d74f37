"""Which known word somebody may have meant by one that nobody knows.

By the trigrams two words share, as PostgreSQL's pg_trgm counts them. Every trigram
keeps its words, so that one slip costs the words that share a trigram with it and not
the whole vocabulary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

LIKE_ENOUGH = 0.45
"""The trigrams two words must share, of all they have, to be one word mistyped."""

SHORTEST = 5
"""A word with fewer letters is too short for a guess."""


@dataclass(frozen=True)
class Spelling:
    """The words known, by the trigrams in them; a word's number is its place."""

    numbers: dict[str, int]
    indptr: npt.NDArray[np.int64]
    words: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int64]

    @classmethod
    def of(cls, known: Sequence[str]) -> Self:
        """Read the words."""
        parts = [trigrams(word) for word in known]
        numbers = {t: n for n, t in enumerate(sorted({t for p in parts for t in p}))}
        pairs = [(numbers[t], word) for word, part in enumerate(parts) for t in part]
        table = np.array(sorted(pairs), np.int64).reshape(-1, 2)
        indptr = np.searchsorted(table[:, 0], np.arange(len(numbers) + 1))
        sizes = np.array([len(part) for part in parts], np.int64)
        return cls(numbers, indptr, table[:, 1].astype(np.int32), sizes)

    def nearest(self, word: str) -> tuple[int, float] | None:
        """Give the number of the likeliest word and how like it is, if any is enough.

        Of equals the last is given, so that the same word has the same answer.
        """
        own = trigrams(word)
        rows = [self.numbers[part] for part in own if part in self.numbers]
        if len(word) < SHORTEST or not rows:
            return None
        sharers = [self.words[self.indptr[n] : self.indptr[n + 1]] for n in rows]
        shared = np.bincount(np.concatenate(sharers), minlength=len(self.sizes))
        like = shared / (self.sizes + len(own) - shared)
        best = len(like) - 1 - int(np.argmax(like[::-1]))
        return (best, float(like[best])) if like[best] >= LIKE_ENOUGH else None


def trigrams(word: str) -> frozenset[str]:
    """Give the runs of three letters of a word, its edges as spaces.

    >>> sorted(trigrams("tea"))
    ['  t', ' te', 'ea ', 'tea']
    """
    padded = f"  {word} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))
