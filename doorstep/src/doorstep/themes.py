"""What residents say, beside what directories call it: themes known on both sides.

"My hands miss it" and "woodwork for men and women" share no word and, to the model,
little meaning. A theme knows both ways of saying it, so that a wish and a listing that
are about the same thing are known to be. What directories call it is added to a wish for
the match; nothing of what somebody said is taken away.

The words are in `data/words/themes.toml`; a council adds those of its own place.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from doorstep import io, slips, subjects
from doorstep.phrases import EARLY_WORDS, SHORT_WORDS, Hit, Phrases, words_of


@dataclass(frozen=True)
class Theme:
    """One theme: how it is known on either side, and what directories call it."""

    name: str
    called: str
    both: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    unless_listed: tuple[str, ...] = ()
    is_broad: bool = False


def _read(entry: dict[str, Any]) -> Theme:
    lists: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in entry.items()
    }
    return Theme(**lists)


THEMES: tuple[Theme, ...] = tuple(
    _read(entry) for entry in io.words_table("themes")["theme"]
)
_SETS = io.words_table("subjects")["sets"]
_SAID = Phrases.of([(*t.both, *t.said) for t in THEMES], _SETS)
_LISTED = Phrases.of([(*t.both, *t.listed) for t in THEMES], _SETS)
_CANNOT = frozenset({"can't", "cant", "cannot", "couldn't", "couldnt", "neither"})
_CANNOT_WAIT = frozenset({"wait", "beat", "enough", "live", "without", "whack"})
DENIED_WORDS = 2
"""What stands so soon after "can't" is what somebody cannot do."""

_UNLESS = Phrases.of([t.unless_listed for t in THEMES], _SETS)


def of_listing(text: str) -> tuple[int, int]:
    """Give the themes a listing is about, and all it names, as bits in order of THEMES.

    It says what it is about in its name and first words, or more than once.
    """
    words = words_of(text)
    unless = _UNLESS.groups(words)
    hits = [hit for hit in _LISTED.hits(words) if hit.group not in unless]
    times = Counter(hit.group for hit in hits)
    is_short = len(words) <= SHORT_WORDS
    about = {
        hit.group
        for hit in hits
        if is_short or hit.at < EARLY_WORDS or times[hit.group] > 1
    }
    return _bits(about), _bits(times)


def of_words(said: str) -> int:
    """Give the themes of what somebody said, as bits; not what they say they cannot do.

    >>> [theme.name for theme in named(of_words("I'd love a kickabout"))]
    ['football']
    >>> of_words("I can't sing")
    0
    """
    words = [mended(word) for word in words_of(said)]
    return _bits({hit.group for hit in _SAID.hits(words) if not _is_denied(hit, words)})


def _is_denied(hit: Hit, words: Sequence[str]) -> bool:
    before = words[max(0, hit.at - DENIED_WORDS) : hit.at]
    return not _CANNOT.isdisjoint(before) and _CANNOT_WAIT.isdisjoint(before)


@cache
def _slips() -> slips.Slips:
    """Give what slips are put right: any English word that a theme is known by."""
    english = slips.english()
    others = [word for word in subjects.words() if word.isalpha()]
    telling = [word for word in english if any(_SAID.hits([word]))]
    return slips.Slips.of([*english, *others], telling)


def mended(word: str) -> str:
    """Give a word of a theme that one was a slip for, or itself."""
    return _slips().mended(word)


def named(bits: int) -> tuple[Theme, ...]:
    """Give the themes of some bits."""
    return tuple(t for number, t in enumerate(THEMES) if bits >> number & 1)


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in numbers)


BROAD = _bits(number for number, t in enumerate(THEMES) if t.is_broad)
"""The bits of the themes that so many listings have that they count for less."""

HELPING = _bits(number for number, t in enumerate(THEMES) if t.name == "volunteering")
"""The bit of those that ask for helpers."""
