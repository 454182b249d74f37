"""What somebody wants, can give, and would rather not, taken out of their own words.

People say several things in one breath: "I used to sing, and I can still bake". Each
becomes a wish of its own, so that each finds its own matches. What they cannot be
doing with, and what they say of somebody else ("my wife enjoys it"), is recognised so
that it is never taken for a wish. The rules are phrases in a table, not a guess by a
machine: the same words always give the same wishes, and a reader can see why.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from doorstep import subjects
from doorstep.words import stems


class Kind(StrEnum):
    """What a piece of what somebody said is."""

    WANTS = "wants"
    GIVES = "gives"
    AVOIDS = "avoids"
    OTHERS = "says of others"


@dataclass(frozen=True)
class Wish:
    """One thing said: in their own letters, and plainly for the match."""

    kind: Kind
    said: str
    plainly: str


@dataclass(frozen=True)
class Wishes:
    """Everything somebody said, piece by piece, in order."""

    pieces: tuple[Wish, ...]

    def of(self, *kinds: Kind) -> tuple[Wish, ...]:
        """Give the pieces of some kinds."""
        return tuple(piece for piece in self.pieces if piece.kind in kinds)

    @property
    def raised(self) -> int:
        """Give the subjects that their own wishes raise, as bits."""
        return self._subjects(Kind.WANTS, Kind.GIVES)

    @property
    def refused(self) -> int:
        """Give the subjects that they would rather not have, as bits."""
        refused = self._subjects(Kind.AVOIDS) & ~self.raised
        refused |= subjects.others_of_a_group(self.raised)
        refused |= subjects.bit("later life") if self.is_for_the_young else 0
        return refused | (_FOR_ONE_OF_TWO if self.is_for_two else 0)

    @property
    def is_for_two(self) -> bool:
        """Say whether a couple asks for both, so that what is for one sex is no use."""
        return any(
            _COUPLE.search(piece.said) for piece in self.of(Kind.WANTS, Kind.GIVES)
        )

    @property
    def is_for_the_young(self) -> bool:
        """Say whether everybody whose age they told is under 40, or just left care."""
        told = " ".join(piece.said for piece in self.pieces)
        ages = [int(age) for age in _AGE.findall(told)]
        return max(ages, default=99) < _YOUNG or bool(_LEFT_CARE.search(told))

    def _subjects(self, *kinds: Kind) -> int:
        bits = 0
        for piece in self.of(*kinds):
            bits |= subjects.raised(piece.said) | subjects.raised(piece.plainly)
        return bits


PLAINLY: Mapping[str, str] = {
    "am-dram": "amateur theatre",
    "brew": "cup of tea and a chat",
    "can't be doing with": "dislike",
    "cuppa": "cup of tea and a chat",
    "folk": "people",
    "grand": "good",
    "kickabout": "game of football",
    "knackered": "tired",
    "lad": "boy",
    "lads": "men",
    "lass": "woman",
    "me mam": "my mother",
    "mither": "bother",
    "natter": "friendly chat",
    "nowt": "nothing",
    "our kid": "my brother",
    "our lad": "my son",
    "our lass": "my daughter",
    "owt": "anything",
    "skint": "without money",
    "summat": "something",
    "wi": "with",
    "yung": "young",
    "ahm": "i am",
    "wot": "what",
}
"""Words of the place, said as the model learnt them. A council adds its own."""

_cue = partial(re.compile, flags=re.IGNORECASE)

_OTHER = (
    r"(?:wife|husband|partner|missus|fella|hubby|sister|brother|mate|mates|friend|friends|"
    r"neighbou?r|boss|cousin|auntie|aunt|uncle|workmate)"
)
_OF_OTHERS = _cue(
    rf"^(?:and |but |because )?(?:(?:my|me|our)(?: \w+)?(?:'s)? {_OTHER}\b"
    r"|(?:he|she|they) (?:enjoys?|likes?|loves?|goes|go|swears?)\b)"
)
_SHARED = _cue(r"\b(?:we|we'd|we're|us|our|both of us|with me|together|me and)\b")

_COUPLE = _cue(
    r"\b(?:(?:me|i) and (?:my|the|our) (?:wife|husband|partner|missus)"
    r"|(?:my|the) (?:wife|husband|partner|missus) (?:and (?:i|me)\b|.*\bwith me\b))"
)
_AGE = _cue(r"\b(?:i'?m|he'?s|she'?s|they'?re|is|aged?) (\d{1,2})\b")
_LEFT_CARE = _cue(r"\bleft care\b")
_YOUNG = 40
_FOR_ONE_OF_TWO = subjects.bit("women") | subjects.bit("men")

_AVOID_AFTER = _cue(
    r"(?:^|\b)(?:(?:i |i'm |we )?(?:can't|cannot|cant) (?:be doing with|stand|abide|bear)"
    r"|(?:i )?(?:hate|dislike|loathe|detest)"
    r"|(?:i )?(?:don't|dont|do not|wouldn't|didn't) (?:want|like|fancy|need|enjoy)"
    r"(?: to)?(?: be)?(?: put in with| go to| sit in| do)?"
    r"|(?:i'm |im |am )?not (?:keen on|interested in|into|one for|bothered about|being"
    r" packed off to|up for|fond of)"
    r"|never been|sick of|fed up (?:of|with)|rather than|instead of|anything but"
    r"|wouldn't be seen dead (?:at|in|doing)|without"
    r"|(?<!there's )(?:nowt|nothing)(?! for| to| round| on| here| like| else))\b"
)
_AVOID_NOT = _cue(
    r"(?:^|\b)(?:but )?(?:not|no)(?: in| with| on)? (?!more\b|one\b|longer\b|good\b|much\b|"
    r"far\b|well\b|sure\b|able\b|too\b|bad\b|got\b|had\b|been\b|seen\b|so\b|food\b|money\b|"
    r"only\b|really\b|very\b|where\b|english\b|idea\b|\w+ed\b)(?=\w)"
)
_AVOID_BEFORE = _cue(
    r"\b(?:(?:is|are|it's|its|that's)? ?not (?:for me|my (?:sort|thing|cup of tea|scene))"
    r"|(?:scares?|bores?|frightens?) me)\b"
)
_NOT_YET = _cue(r"^(?:i )?(?:don't|dont) want to (?:miss|lose|stop|give up)\b")
_GIVES = _cue(
    r"\b(?:happy to|glad to|i could|i can(?!')(?: still)?|we could|willing to|help out|"
    r"(?:want|like|love|able) to help|lend a hand|be (?:useful|of use)|volunteer\w*|"
    r"do something for|give (?:something )?back|fix things|(?:can|could) (?:teach|cook|"
    r"drive|fix|mend|bake|sew|run|lift|play for)|help others)\b"
)
_FOR_ME = _cue(r"\bwhat can i\b|\bi can (?:hardly|barely|only)\b")

_SENTENCES = _cue(r"[.!?;\n]+\s*|\s[-–—]+\s")
_CLAUSES = _cue(
    r",?\s+(?:but|though|however)\s+(?!one\b)"
    r"|,?\s+and\s+(?=(?:i|i'd|i'm|i've|we|we'd|my|our|can|could|still|happy|just|it's)\b)"
    r"|,\s*(?:and\s+)?(?=(?:i|i'd|i'm|i've|im|we|we'd|my|not|no|nowt|just|happy|can|could|can't|"
    r"don't|that's|need|nothing|cards|would)\b)"
    r"|,?\s+so\s+(?=i\b)"
)


def read_wishes(words: str, *, plainly: Mapping[str, str] = PLAINLY) -> Wishes:
    """Take what somebody said apart into wishes.

    >>> [(w.kind.value, w.said) for w in read_wishes(
    ...     "I used to sing, and I can still bake").pieces]
    [('wants', 'I used to sing'), ('gives', 'I can still bake')]
    >>> [(w.kind.value, w.said) for w in read_wishes(
    ...     "I can't be doing with bingo").pieces]
    [('avoids', 'bingo')]
    """
    pieces: list[tuple[Kind, str]] = []
    for sentence in _SENTENCES.split(_tidy(words)):
        is_shared = bool(_SHARED.search(sentence))
        for clause in _CLAUSES.split(sentence):
            pieces += _pieces(clause.strip(" ,"), is_shared=is_shared)
    said = [(kind, text.strip(" ,'\"")) for kind, text in pieces]
    return Wishes(
        tuple(
            Wish(kind, text, plain(text.lower(), plainly))
            for kind, text in said
            if stems(text)
        )
    )


def plain(text: str, words: Mapping[str, str] = PLAINLY) -> str:
    """Say a text in words that the model learnt.

    >>> plain("a brew wi folk")
    'a cup of tea and a chat with people'
    """
    for phrase in sorted(words, key=len, reverse=True):
        text = re.sub(rf"(?<![\w'-]){re.escape(phrase)}(?![\w'-])", words[phrase], text)
    return text


def _tidy(words: str) -> str:
    straight = words.replace("’", "'").replace("‘", "'")
    return re.sub(r"[ \t]+", " ", straight).strip()


def _pieces(clause: str, *, is_shared: bool) -> Iterator[tuple[Kind, str]]:
    if _NOT_YET.search(clause):
        yield Kind.WANTS, clause
        return
    if _AVOID_BEFORE.search(clause):
        yield Kind.AVOIDS, clause
        return
    cue = _AVOID_AFTER.search(clause) or _AVOID_NOT.search(clause)
    if cue is not None:
        yield from _pieces_of_a_wish(clause[: cue.start()], is_shared=is_shared)
        yield Kind.AVOIDS, clause[cue.end() :]
        return
    yield from _pieces_of_a_wish(clause, is_shared=is_shared)


def _pieces_of_a_wish(clause: str, *, is_shared: bool) -> Iterator[tuple[Kind, str]]:
    if _OF_OTHERS.search(clause) and not is_shared:
        yield Kind.OTHERS, clause
    elif _GIVES.search(clause) and not _FOR_ME.search(clause):
        yield Kind.GIVES, clause
    else:
        yield Kind.WANTS, clause
