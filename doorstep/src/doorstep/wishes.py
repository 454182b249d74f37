"""What somebody wants, can give, and would rather not, taken out of their own words.

People say several things in one breath: "I used to sing, and I can still bake". Each
becomes a wish of its own, so that each finds its own matches. What they cannot be
doing with, what they say of somebody else ("my wife enjoys it") and what somebody else
says they should do are recognised, so that none is taken for a wish. What only tells of
a life ("the house is that quiet") is a wish where nothing else is. The rules are phrases
in a table, not a guess by a machine: the same words always give the same wishes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from doorstep import ages, cues, subjects, themes
from doorstep.cues import cue, whole
from doorstep.words import stems


class Kind(StrEnum):
    """What a piece of what somebody said is."""

    WANTS = "wants"
    GIVES = "gives"
    TELLS = "tells"
    AVOIDS = "avoids"
    OTHERS = "says of others"


OWN = (Kind.WANTS, Kind.GIVES, Kind.TELLS)


@dataclass(frozen=True)
class Wish:
    """One thing said: in their own letters, and plainly for the match."""

    kind: Kind
    said: str
    plainly: str

    @cached_property
    def themes(self) -> int:
        """Give the themes of it, as bits."""
        return themes.of_words(self.said) | themes.of_words(self.plainly)

    @cached_property
    def raised(self) -> int:
        """Give the subjects that it raises, as bits."""
        return subjects.raised(self.said) | subjects.raised(self.plainly)


@dataclass(frozen=True)
class Wishes:
    """Everything somebody said, piece by piece, in order."""

    pieces: tuple[Wish, ...]

    def of(self, *kinds: Kind) -> tuple[Wish, ...]:
        """Give the pieces of some kinds."""
        return tuple(piece for piece in self.pieces if piece.kind in kinds)

    @cached_property
    def raised(self) -> int:
        """Give the subjects that their own words raise, as bits."""
        child = ages.tells_a_child(". ".join(piece.said for piece in self.of(*OWN)))
        return self._subjects(*OWN) | (_OLDER_CHILD if child else 0)

    @cached_property
    def raised_to_give(self) -> int:
        """Give the subjects raised only by what they would gladly do for others."""
        return self._subjects(Kind.GIVES) & ~self._subjects(Kind.WANTS, Kind.TELLS)

    @cached_property
    def refused(self) -> int:
        """Give the subjects that they would rather not have, as bits."""
        refused = 0
        for piece in self.of(Kind.AVOIDS):
            refused |= subjects.named_in(f"{piece.said}. {piece.plainly}")
        refused |= subjects.others_of_a_group(self.raised)
        refused |= subjects.bit("later life") if self.is_for_the_young else 0
        refused |= subjects.ruled_out(self.told)
        return refused | (_FOR_ONE_OF_TWO if self.is_for_two else 0)

    @cached_property
    def told(self) -> str:
        """Give all that they said themselves, of themselves and of what they avoid."""
        return ". ".join(piece.said for piece in self.of(*OWN, Kind.AVOIDS))

    @cached_property
    def ages(self) -> ages.Ages:
        """Give the ages told of whoever they ask for."""
        own = ". ".join(piece.said for piece in self.of(*OWN))
        return ages.of_person(own, has_child=bool(self.raised & _CHILD))

    @property
    def is_for_two(self) -> bool:
        """Say whether a couple asks for both, so that what is for one sex is no use."""
        return any(
            _COUPLE.search(piece.said) for piece in self.of(Kind.WANTS, Kind.GIVES)
        )

    @property
    def is_for_the_young(self) -> bool:
        """Say whether everybody whose age they told is under 40, or just left care."""
        return self.ages[1] < _YOUNG or bool(_LEFT_CARE.search(self.told))

    def _subjects(self, *kinds: Kind) -> int:
        bits = 0
        for piece in self.of(*kinds):
            bits |= piece.raised
        return bits


PLAINLY: Mapping[str, str] = cues.DIALECT
"""Words of the place, said as the model learnt them. A council adds its own."""

_FAMILY, _KNOWN = cues.any_of(cues.OTHERS["family"]), cues.any_of(cues.OTHERS["known"])
_ADVISERS = cues.any_of(cues.OTHERS["advise"])
_DO, _SAY, _HAVE, _WANT = (
    cues.any_of(cues.OTHERS[name]) for name in ("do", "say", "have", "want")
)
_START = r"^(?:and |but |because |cos |so |then |now )*"
_MY = r"(?:my|me|our|the|his|her)"
_SOMEBODY = (
    rf"(?:{_MY} (?:[\w']+ ){{0,2}}?(?:{_FAMILY}|{_KNOWN}|{_ADVISERS})s?"
    rf"|(?:{_ADVISERS}|mum|dad|mam|nan|he|she|they|everyone|everybody|people|folk"
    r"|some(?:one|body)|our [a-z]+|(?-i:[A-Z][a-z]+)))"
)
_OTHERS_SAY = cue(
    rf"(?:{_START}|\b(?:but|because|and) ){_SOMEBODY}(?: at [\w' ]+?)?"
    rf"(?: (?:all|both|always|just|only|keep|keeps))* ?{_SAY}\b"
)
_TOLD_ME = cue(
    r"\b(?:i'?ve been|i was|been|was|got) (?:told|sent|referred|signed up|advised)\b"
)
_OTHERS_WANT = cue(rf"{_START}{_SOMEBODY} ?{_WANT}(?! me\b)")
_OTHERS_DO = cue(rf"{_START}{_SOMEBODY}(?: (?:and|or) {_SOMEBODY})? ?{_DO}(?![\w'])")
_FAMILY_HAVE = cue(rf"{_START}(?:{_MY} (?:\w+ )?)?{_FAMILY} ?{_HAVE}(?![\w'])")
_OF_KNOWN = cue(rf"{_START}(?:my|me|our|the|a|an) (?:[\w']+ )?{_KNOWN}\b")
_OWN_LOSS = cue(
    rf"{_START}(?:my|me|our) (?:\w+ )?(?:friend|mate)s? (?:has )?(?:died|passed)\b"
)
_SHARED = cue(
    rf"\b(?:we|we'?d|we're|we've|us|both of us|both|with me|together|(?:me|i) and (?:my|the|our)"
    rf"|{_FAMILY} and (?:i|me))\b"
)
_SOUGHT_FOR = cue(
    rf"\b(?:for|take|bring|with) (?:my|me|our|the|his|her) (?:[\w']+ ){{0,2}}?(?:{_FAMILY}|"
    r"grand\w+|little ones?|bab\w+|boys?|girls?|twins?|nephew|niece)\b"
    rf"|{_FAMILY} {_WANT}(?! me\b)"
)
_COUPLE = cue(
    r"\b(?:(?:me|i) and (?:my|the|our) (?:wife|husband|partner|missus)"
    r"|(?:my|the|me) (?:wife|husband|partner|missus) (?:and (?:i|me)\b|.*\bwith me\b))"
)
_LEFT_CARE = cue(r"\bleft care\b")
_YOUNG = 40
_FOR_ONE_OF_TWO = subjects.bit("women", "men")
_CHILD = subjects.bit("children", "small children")
_OLDER_CHILD = subjects.bit("children")

_AVOID_AFTER = whole(cues.AVOIDED["after"])
_AVOID_BEFORE = whole(cues.AVOIDED["before"])
_NO_NO = whole(cues.AVOIDED["no_no"])
_BARE_NO = cue(
    rf"(?<![\w'-])(?:but )?{cues.any_of(cues.AVOIDED['bare'])}(?: any| a| the)? (?!more\b|one\b|longer\b|"
    r"good\b|much\b|far\b|well\b|sure\b|able\b|too\b|bad\b|got\b|had\b|been\b|seen\b|so\b|"
    r"only\b|really\b|very\b|where\b|idea\b|as\b|like\b|a lot\b|quite\b|to\b|yet\b|"
    r"\w+ed (?:it|up|for|since|in|to|my|a|the|any|much|anything|owt|at|out|by)\b)(?=\w)"
)
_FILLER = cue(
    r"^(?: *(?:to|be|put in with|go to|go|sit in|do|doing|any|that|all that|all this|of|the"
    r"|with|another|more)\b)+(?= \w)"
)
_GIVES = whole(cues.GIVES["cues"])
_FOR_ME = whole(cues.GIVES["for_me"])
_WANTS = whole(cues.WANTS)
_TO_ME = whole(cues.TO_ME)

_ASKED_AND_NOT = cue(r"([^.?!;]+)\? *(?:no|nah|nope|not for me|no thanks)\b[.,! ]*")
_WORD = re.compile(r"(?<![\w'])[a-z]+(?![\w'])")
_SENTENCES = cue(r"[.!?;\n]+\s*|\s[-–—]+\s")
_OWN_START = (
    r"(?:i|i'?d|i'?m|i'?ve|im|we|we'd|my|our|me|not|no|nor|nowt|just|happy|can|could|can'?t|"
    r"don'?t|that's|it's|need|nothing|would|never|still|looking|maybe|he|she|they|he's|she's"
    r"|hes|shes|hate|love|like|want|used|any)\b(?! of\b)"
)
_CLAUSES = cue(
    r",?(?<!anything)(?<!owt)(?<!nothing)(?<!nowt)(?<!everything)\s+(?:but|though|although|however|whereas|because|cos)\s+(?!one\b)"
    r"|,?\s+(?:and|so|then)\s+(?=(?:i|i'?d|i'?m|i'?ve|im|we|we'd|my|can|could|still|happy|just"
    r"|it's|never|don'?t|can'?t|he|she|they|not)\b)"
    rf"|,\s*(?:and\s+|or\s+)?(?={_OWN_START})"
    r"|,?\s+(?=i just\b)|,\s*(?=(?:[\w']+ ){1,3}(?:would|will|is|are|sounds?|suits?)\b)"
)
_LIST = cue(r"\s*(?:,|&|/|\+|\band\b|\bor\b|\bplus\b)\s*(?:and |or )?")


def read_wishes(
    words: str, *, plainly: Mapping[str, str] = PLAINLY, splits_lists: bool = True
) -> Wishes:
    """Take what somebody said apart into wishes.

    `splits_lists`: "bowls, darts and a sing-song" becomes three.

    >>> [(w.kind.value, w.said) for w in read_wishes(
    ...     "I used to sing, and I can still bake").pieces]
    [('wants', 'I used to sing'), ('gives', 'I can still bake')]
    >>> [(w.kind.value, w.said) for w in read_wishes(
    ...     "I can't be doing with bingo").pieces]
    [('avoids', 'bingo')]
    """
    straight = _tidy(words)
    is_sought = bool(_SOUGHT_FOR.search(straight)) or ages.tells_a_child(straight)
    pieces: list[tuple[Kind, str]] = []
    for sentence in _SENTENCES.split(straight):
        takes_part = is_sought or bool(_SHARED.search(sentence))
        for clause in _CLAUSES.split(sentence):
            said = clause.strip(" ,")
            if pieces and pieces[-1][0] is Kind.OTHERS and _refuses_that(said):
                pieces.append((Kind.AVOIDS, pieces[-1][1]))
                continue
            pieces += _pieces(said, takes_part=takes_part)
            is_sought = is_sought or bool(_FAMILY_HAVE.search(said))
            takes_part = takes_part or is_sought
    if splits_lists:
        pieces = [part for piece in pieces for part in _one_by_one(*piece)]
    said = [(kind, text.strip(" ,'\"")) for kind, text in pieces]
    return Wishes(
        tuple(
            Wish(kind, text, plain(text.lower(), plainly))
            for kind, text in said
            if stems(text) or ages.any_in(text) or themes.of_words(text)
        )
    )


def plain(text: str, words: Mapping[str, str] = PLAINLY) -> str:
    """Say a text in words that the model learnt.

    >>> plain("a brew wi folk")
    'a cup of tea and a chat with people'
    """
    said = _dialect(tuple(words)).sub(lambda found: words[found[0]], text)
    return _WORD.sub(lambda found: themes.mended(found[0]), said)


@cache
def _dialect(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    either = "|".join(map(re.escape, longest_first)) or r"(?!)"
    return re.compile(rf"(?<![\w'-])(?:{either})(?![\w'-])")


def _tidy(words: str) -> str:
    straight = words.replace("’", "'").replace("‘", "'")
    straight = _ASKED_AND_NOT.sub(r"not \1.", straight)
    return re.sub(r"[ \t]+", " ", straight).strip()


def _pieces(clause: str, *, takes_part: bool) -> Iterator[tuple[Kind, str]]:
    if of_others := _of_others(clause, takes_part=takes_part):
        yield of_others, clause
        return
    said_no = _AVOID_BEFORE.search(clause)
    if said_no is not None and not _NO_NO.search(clause):
        first, last = _last_part(clause, said_no.start())
        if stems(first):
            yield _own(first), first
        yield Kind.AVOIDS, last
        return
    found = _avoided(clause)
    if found is None:
        yield _own(clause), clause
        return
    before = clause[: found.start()].strip(" ,")
    if stems(before):
        yield _own(before), before
    after = clause[found.end() :]
    yield Kind.AVOIDS, _FILLER.sub("", after).strip() or after


def _last_part(clause: str, until: int) -> tuple[str, str]:
    """Part a clause at its last "and" or comma before some place."""
    parts = [found for found in _LIST.finditer(clause, 0, until) if found.start()]
    if not parts:
        return "", clause
    return clause[: parts[-1].start()], clause[parts[-1].end() :]


def _refuses_that(clause: str) -> bool:
    """Say whether a clause only says no to what was said just before it."""
    found = _AVOID_BEFORE.search(clause) or _AVOID_AFTER.search(clause)
    if found is None or _NO_NO.search(clause):
        return False
    return not stems(clause[: found.start()] + " " + clause[found.end() :])


def _avoided(clause: str) -> re.Match[str] | None:
    """Give the first cue after which nothing is wanted, but for what only looks like one."""
    spared = [found.span() for found in _NO_NO.finditer(clause)]
    for pattern in (_AVOID_AFTER, _BARE_NO):
        for found in pattern.finditer(clause):
            is_spared = any(
                low < found.end() and found.start() < up for low, up in spared
            )
            if not is_spared and stems(clause[found.end() :]):
                return found
    return None


def _of_others(clause: str, *, takes_part: bool) -> Kind | None:
    """Say whether a clause is somebody else's words or ways, and not the person's own."""
    if _OTHERS_SAY.search(clause) or _TOLD_ME.search(clause):
        return Kind.OTHERS
    if takes_part or _OTHERS_WANT.search(clause) or _OWN_LOSS.search(clause):
        return None
    if _OTHERS_DO.search(clause) or _OF_KNOWN.search(clause):
        return Kind.OTHERS
    return Kind.TELLS if _FAMILY_HAVE.search(clause) else None


def _own(clause: str) -> Kind:
    if _GIVES.search(clause) and not _FOR_ME.search(clause):
        return Kind.GIVES
    is_wish = _WANTS.search(clause) or themes.of_words(clause) & ~themes.BROAD
    return Kind.WANTS if is_wish or themes.of_words(clause) else Kind.TELLS


def _one_by_one(kind: Kind, text: str) -> Iterator[tuple[Kind, str]]:
    """Take a list of wishes apart, where each part names a theme of its own."""
    parts = _LIST.split(text) if kind in (Kind.WANTS, Kind.GIVES) else [text]
    if len(parts) == 1:
        yield kind, text
        return
    start, at, met = 0, 0, 0
    for part in parts:
        begins = text.index(part, at)
        of_part = themes.of_words(part) & ~themes.BROAD
        if met and of_part & ~met:
            yield (
                kind,
                text[start:begins]
                .rstrip(" ,&/+")
                .removesuffix(" and")
                .removesuffix(" or"),
            )
            start, met = begins, 0
        at, met = begins + len(part), met | of_part
    yield kind, text[start:]


def advice_in(piece: Wish) -> bool:
    """Say whether somebody else's words tell the person what they should do."""
    return bool(_TO_ME.search(piece.said))
