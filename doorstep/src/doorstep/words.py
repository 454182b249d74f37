"""Matching on words alone, forgiving of slips of the finger.

This is what is left where the sentence model is not installed, and a second opinion
where it is: a street, a sport or a name counts as it is written. It knows nothing of
meaning, and an answer made with it alone says so.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Self

import numpy as np
import numpy.typing as npt

from doorstep import io
from doorstep.spelling import Spelling

Float32s = npt.NDArray[np.float32]

K1, B = 1.2, 0.75
"""Saturation and length in BM25, as Robertson and Zaragoza (2009) suggest."""

_TABLES = io.words_table("cues")

STOPWORDS = frozenset(_TABLES["stopwords"]["words"])
"""Words of every sentence: they tell nothing of what is wanted."""

GENERIC = frozenset(_TABLES["generic"]["words"])
"""What most groups say of themselves: it tells no listing from another."""

_UNTELLING = STOPWORDS | GENERIC


@dataclass(frozen=True)
class WordIndex:
    """Every word of many texts, for scoring them against somebody's words."""

    numbers: dict[str, int]
    indptr: npt.NDArray[np.int64]
    texts: npt.NDArray[np.int32]
    weights: Float32s
    n_texts: int
    spelling: Spelling
    rewritten: Mapping[int, Counter[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self:
        """Read the texts; their order is their number."""
        counts = [Counter(stems(text)) for text in texts]
        numbers = {s: n for n, s in enumerate(sorted({s for c in counts for s in c}))}
        lengths = np.array([sum(c.values()) for c in counts], np.float32)
        rows = [
            (numbers[stem], text, times)
            for text, count in enumerate(counts)
            for stem, times in count.items()
        ]
        rows.sort()
        table = np.array(rows, np.int64).reshape(-1, 3)
        indptr = np.searchsorted(table[:, 0], np.arange(len(numbers) + 1))
        weights = _bm25(table, indptr, lengths, n_texts=len(texts))
        return cls(
            numbers,
            indptr,
            table[:, 1].astype(np.int32),
            weights,
            len(texts),
            Spelling.of(list(numbers)),
        )

    def scores(self, words: str) -> Float32s:
        """Give how well each text answers, 0 (no word in common) to just under 1.

        The BM25 sum s is told as s / (s + 4): a rare word shared is about one half.
        """
        total = np.zeros(self.n_texts, np.float32)
        wanted = tuple(dict.fromkeys(stems(words)))
        for stem in wanted:
            if (known := self._known(stem)) is not None:
                number, likeness = known
                rows = slice(int(self.indptr[number]), int(self.indptr[number + 1]))
                total[self.texts[rows]] += np.float32(likeness) * self.weights[rows]
        for text, count in self.rewritten.items():
            total[text] = self._score_of(count, wanted)
        scores: Float32s = total / (total + np.float32(4))
        return scores

    def with_text(self, number: int, text: str) -> Self:
        """Give the index with one text changed or added; the rest is shared.

        How rare a word is stays as it was when the index was read.
        """
        rewritten = {**self.rewritten, number: Counter(stems(text))}
        return replace(self, n_texts=max(self.n_texts, number + 1), rewritten=rewritten)

    def _score_of(self, count: Counter[str], wanted: Sequence[str]) -> float:
        """Score one rewritten text, taken to be of average length."""
        score = 0.0
        for stem in wanted:
            times = count.get(stem, 0)
            number = self.numbers.get(stem)
            held = (
                0
                if number is None
                else int(np.diff(self.indptr[number : number + 2])[0])
            )
            rarity = np.log1p((self.n_texts - held + 0.5) / (held + 0.5))
            score += float(rarity) * times * (K1 + 1) / (times + K1)
        return score

    def _known(self, stem: str) -> tuple[int, float] | None:
        """Give the word that this one is: itself, or else the one it may be meant for."""
        if stem in self.numbers:
            return self.numbers[stem], 1.0
        return self.spelling.nearest(stem)


def stems(text: str) -> list[str]:
    """Give the telling words of a text, endings off.

    >>> stems("I used to sing in the chapel choir; my wife's singing too")
    ['sing', 'chapel', 'choir', 'wife', 'sing']
    """
    plain = re.sub(r"['’]s\b", "", text.lower()).replace("'", "").replace("’", "")
    words = re.findall(r"[^\W_]{2,}", plain)
    return [_stem(word) for word in words if word not in _UNTELLING]


def _stem(word: str) -> str:
    for ending, length in (("ies", 5), ("ing", 6), ("ers", 6), ("es", 6), ("ed", 6)):
        if word.endswith(ending) and len(word) >= length:
            short = word[: -len(ending)] + ("y" if ending == "ies" else "")
            return short[:-1] if len(short) > 3 and short[-1] == short[-2] else short
    for ending, length in (("er", 6), ("s", 4), ("e", 6)):
        if word.endswith(ending) and len(word) >= length and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


def _bm25(
    table: npt.NDArray[np.int64],
    indptr: npt.NDArray[np.int64],
    lengths: Float32s,
    *,
    n_texts: int,
) -> Float32s:
    in_texts = np.diff(indptr)
    rarity = np.log1p((n_texts - in_texts + 0.5) / (in_texts + 0.5))
    times = table[:, 2].astype(np.float32)
    average = max(float(lengths.mean()) if len(lengths) else 0.0, 1.0)
    length = 1 - B + B * lengths[table[:, 1]] / average
    weights = rarity[table[:, 0]] * times * (K1 + 1) / (times + K1 * length)
    return np.asarray(weights, np.float32)


def contains_any(text: str, phrases: Iterable[str]) -> bool:
    """Say whether a text has any of some phrases, as whole words or their beginnings.

    A phrase ending in * stands for every word that begins so.

    >>> contains_any("recently bereaved families", ["bereav*"])
    True
    >>> contains_any("the cabinet maker", ["cab"])
    False
    """
    wanted = tuple(phrases)
    return bool(wanted) and _pattern(wanted).search(text) is not None


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ends = (
        re.escape(p[:-1]) if p.endswith("*") else rf"{re.escape(p)}\b" for p in phrases
    )
    return re.compile(rf"\b(?:{'|'.join(ends)})")
