"""Proposes strengths and wishes found in somebody's own words, for them to confirm.

Pure, and sparing: better to miss one than to put words into a mouth. It never takes
anything from a negation, a question, an "if", or what somebody else said or is said to
like. The rules are phrases in a table, so that a reader can see why; what is proposed
is a proposal until the person says yes (``residents.actions.gifts.confirm``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from doorstep.wishes import Kind as Said
from doorstep.wishes import read_wishes


class Heard(StrEnum):
    """What a proposal is: three kinds of strength, five of wish."""

    HEAD = "head"
    HANDS = "hands"
    HEART = "heart"
    WANT = "want"
    AVOID = "avoid"
    NEVER = "never"
    GOOD_DAY = "good day"
    TRIED = "tried"

    @property
    def is_strength(self) -> bool:
        """Say whether it is a strength, rather than a wish."""
        return self in (Heard.HEAD, Heard.HANDS, Heard.HEART)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Something that may be so: its kind and the words it was heard in."""

    kind: Heard
    words: str


_SENTENCES = re.compile(r"[^.!?\n;]+[.!?]*")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
# somebody else speaks, thinks or decides
_OTHERS_WORDS = re.compile(
    r"\b(?:says?|said|saying|reckons?|thinks?|told me|tells? me|wants? me|asked me|"
    r"keeps? on at me|suggest\w*|according to|would have me)\b"
)
_I_SAY = re.compile(r"\bi (?:say|said|think|reckon|always say)\b")
_IF = re.compile(r"\b(?:if (?:i|only)|unless|supposing)\b")
_NOT = re.compile(
    r"n't\b|\b(?:not|no|never|nowt|nothing|hardly|barely|cannot|cant|dont|without|"
    r"stopped|gave up|given up|rather not|neither|nor|too)\b"
)
_MINE = re.compile(r"\b(?:i|i'd|i'm|i've|i'll|me|my|we|we'd)\b")

_NEVER = re.compile(
    r"\b(?:nobody|no one|no-one) should ever\b|\bi never want\b|\b(?:don't|do not) ever\b"
)
_AVOID = re.compile(
    r"\bi (?:can't|cannot|cant) (?:be doing with|stand|abide|bear)\b"
    r"|\bi (?:hate|detest|loathe)\b|\bi (?:don't|dont|do not) (?:want|like)\b"
    r"|\bi'm not (?:one for|keen on|into)\b"
)
_GOOD_DAY = re.compile(r"\ba good day (?:is|would be|for me)\b|\bon a good day i\b")
_TRIED = re.compile(r"\bi(?:'ve| have)? (?:tried|once went to|went to|been to)\b")

# the first that fits a clause of their own, with no negation in it, says what it is
_PLAIN: tuple[tuple[Heard, re.Pattern[str]], ...] = (
    (
        Heard.WANT,
        re.compile(
            r"\b(?:i'd|i would|we'd) (?:really )?(?:like|love)\b|\bi wish i\b"
            r"|\bi (?:really )?(?:want|fancy|miss)\b|\bi(?:'ve| have) always wanted\b"
            r"|\bi'm (?:hoping|looking) (?:to|for)\b|\bi'd give anything\b"
        ),
    ),
    (
        Heard.HEAD,
        re.compile(
            r"\bi know (?:a lot |a bit |plenty )?about\b|\bi speak\b"
            r"|\bi(?:'m| am) good (?:at listening|at sums|with (?:numbers|figures))\b"
            r"|\bi was an? (?:\w+ )?(?:teacher|nurse|bookkeeper|clerk|librarian)\b"
            r"|\bi (?:worked|was) in .*\b(?:books|office|bank|school|accounts)\b"
        ),
    ),
    (
        Heard.HANDS,
        re.compile(
            r"\bi can (?!only\b)(?:still )?\w+|\bi could (?:teach|help|show|run)\b"
            r"|\bi(?:'m| am) (?:good|handy) (?:at|with)\b"
            r"|\bi used to (?:be an?|sing|play|bake|sew|knit|run|make|teach|dance|coach)\b"
            r"|\bi (?:play|fix|mend|make|bake|sew|knit|paint|grow|build|cook|sing|dance)\b"
            r"|\bi was an? \w+(?: \w+)? (?:for|till|until|all)\b|\bi worked (?:in|on|at|as)\b"
        ),
    ),
    (
        Heard.HEART,
        re.compile(
            r"\bi (?:really )?(?:love|like|enjoy|adore)\b|\bi care about\b"
            r"|\bwhat matters (?:to me )?(?:most )?is\b|\bmatters to me\b"
        ),
    ),
)


def proposals(words: str) -> list[Proposal]:
    """Give what may be confirmed with somebody who said this, in order, each once.

    >>> [(p.kind.value, p.words) for p in proposals(
    ...     "I can still bake. I can't be doing with bingo. My wife loves cards.")]
    [('hands', 'I can still bake'), ('avoid', "I can't be doing with bingo")]
    """
    found = [
        proposal for sentence in _sentences(words) for proposal in _heard(sentence)
    ]
    return list(dict.fromkeys(found))


def _sentences(words: str) -> Iterator[str]:
    """Give the sentences that are the person's own and are no question."""
    straight = words.replace("’", "'").replace("‘", "'")
    for sentence in _SENTENCES.findall(straight):
        plain = sentence.lower()
        is_theirs = not _OTHERS_WORDS.search(_I_SAY.sub("", plain))
        is_open = sentence.rstrip().endswith("?") or _IF.search(plain)
        if is_theirs and not is_open and not _QUOTED.search(sentence):
            yield sentence.strip(" .!\t")


def _heard(sentence: str) -> Iterator[Proposal]:
    plain = sentence.lower()
    for kind, cue in ((Heard.NEVER, _NEVER), (Heard.GOOD_DAY, _GOOD_DAY)):
        if cue.search(plain):
            yield Proposal(kind=kind, words=sentence)
            return
    if _TRIED.search(plain):
        yield Proposal(kind=Heard.TRIED, words=sentence)
        return
    for clause in _clauses(sentence):
        heard = _kind_of(clause.lower())
        if heard is not None:
            yield Proposal(kind=heard, words=clause)
        elif _takes_it_back(clause.lower()):
            return


def _clauses(sentence: str) -> Iterator[str]:
    """Give the clauses of their own, as the engine parts them, in their own letters."""
    start = 0
    for piece in read_wishes(sentence, splits_lists=False).pieces:
        if piece.kind is Said.OTHERS:
            continue
        at = sentence.find(piece.said, start)
        if at < 0:
            continue
        # what they avoid is told without its cue, which stands just before it
        begin = start if piece.kind is Said.AVOIDS else at
        start = at + len(piece.said)
        yield sentence[begin:start].strip(" ,")


def _kind_of(clause: str) -> Heard | None:
    if not _MINE.search(clause):
        return None
    if _AVOID.search(clause):
        return Heard.AVOID
    if _NOT.search(clause):
        return None
    return next((kind for kind, cue in _PLAIN if cue.search(clause)), None)


def _takes_it_back(clause: str) -> bool:
    return bool(_NOT.search(clause))
