"""Finds the phrases of many lists in one reading of a text.

A phrase is whole words in lower case; one ending in * stands for every word that begins
so. ``{my} {kin}`` in a phrase stands for each phrase with one word of each named set.
Words with a hyphen are read as two, so that "am-dram" and "am dram" are the same, and
an 's stands by itself, so that "women's" is known by "women".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple, Self

EARLY_WORDS = 28
"""A listing says what it is for in its first words; later ones may only touch on it."""

SHORT_WORDS = 30
"""A listing this short is about whatever it names."""

_WORD = re.compile(r"[^\W_]+(?:'(?!s\b)[^\W_]+)?|'s\b|\+")
_SET = re.compile(r"\{(\w+)\}")


class Hit(NamedTuple):
    """A phrase found: whose list it is in, at which word it begins, and what it is."""

    group: int
    at: int
    phrase: str


def words_of(text: str) -> list[str]:
    """Give the words of a text as phrases are compared with them.

    >>> words_of("My mum’s in the am-dram, 50+; can't say more")
    ['my', 'mum', "'s", 'in', 'the', 'am', 'dram', '50', '+', "can't", 'say', 'more']
    """
    return _WORD.findall(text.lower().replace("’", "'").replace("‘", "'"))


@dataclass(frozen=True)
class Phrases:
    """Lists of phrases, by number, made ready to be looked for at once.

    `whole` is by a phrase's first word, and its second where that is whole: "i" alone
    begins hundreds, most of which the next word rules out.
    """

    whole: dict[tuple[str, ...], list[tuple[tuple[str, ...], int, str]]]
    begun: dict[str, list[tuple[int, str]]]
    lengths: tuple[int, ...]

    @classmethod
    def of(
        cls,
        groups: Sequence[Iterable[str]],
        sets: Mapping[str, Sequence[str]] | None = None,
    ) -> Self:
        """Make the lists ready; a list's number is its place."""
        whole: dict[tuple[str, ...], list[tuple[tuple[str, ...], int, str]]] = {}
        begun: dict[str, list[tuple[int, str]]] = {}
        for group, phrases in enumerate(groups):
            for phrase in spelt_out(phrases, sets or {}):
                first, *rest = words_of(phrase)
                is_begun = phrase.endswith("*")
                if is_begun and not rest:
                    begun.setdefault(first, []).append((group, phrase))
                else:
                    ending = "*" if is_begun else ""
                    tail = (*rest[:-1], rest[-1] + ending) if rest else ()
                    n_known = 2 if tail and tail[0][-1] != "*" else 1
                    known, left = (first, *tail)[:n_known], tail[n_known - 1 :]
                    whole.setdefault(known, []).append((left, group, phrase))
        return cls(whole, begun, tuple(sorted({len(word) for word in begun})))

    def hits(self, words: Sequence[str]) -> Iterator[Hit]:
        """Give every phrase found among some words, in the words' order."""
        for at, word in enumerate(words):
            for n_known in (1, 2)[: len(words) - at]:
                known = tuple(words[at : at + n_known])
                for tail, group, phrase in self.whole.get(known, ()):
                    if _follows(words, at + n_known, tail):
                        yield Hit(group, at, phrase)
            for length in self.lengths:
                if length > len(word):
                    break
                for group, phrase in self.begun.get(word[:length], ()):
                    yield Hit(group, at, phrase)

    def groups(self, words: Sequence[str]) -> frozenset[int]:
        """Give the numbers of the lists that have a phrase among some words."""
        return frozenset(hit.group for hit in self.hits(words))

    def any_in(self, text: str) -> bool:
        """Say whether a text has any of the phrases.

        >>> Phrases.of([["bereav*", "lost my wife"]]).any_in("recently Bereaved men")
        True
        >>> Phrases.of([["cab"]]).any_in("the cabinet maker")
        False
        """
        return next(self.hits(words_of(text)), None) is not None


def spelt_out(
    phrases: Iterable[str], sets: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """Give the phrases with each named set spelt out.

    >>> list(spelt_out(["lost {my} wife"], {"my": ["my", "me"]}))
    ['lost my wife', 'lost me wife']
    """
    for phrase in phrases:
        names = _SET.findall(phrase)
        for chosen in product(*(sets[name] for name in names)):
            yield _SET.sub("{}", phrase).format(*chosen)


def _follows(words: Sequence[str], at: int, tail: tuple[str, ...]) -> bool:
    if not tail:
        return True
    there = words[at : at + len(tail)]
    if len(there) < len(tail) or tuple(there[:-1]) != tail[:-1]:
        return False
    last = tail[-1]
    return there[-1].startswith(last[:-1]) if last[-1] == "*" else there[-1] == last
