"""What one person asks: their words, read once, and what they need beside them.

What a person said is used for their answer and kept nowhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from doorstep import themes
from doorstep._internals import scoring
from doorstep.ages import Ages
from doorstep.asked_times import asked_times
from doorstep.errors import DoorstepError
from doorstep.hours import FreeHours
from doorstep.languages import code_of, is_code
from doorstep.listings import FACTS
from doorstep.meaning import DIMENSIONS, Directions
from doorstep.rules import NotForMe, Weights
from doorstep.wishes import OWN, Kind, Wish, Wishes, advice_in, read_wishes
from doorstep.words import stems

Float32s = npt.NDArray[np.float32]

MOST_NAMED = 2
"""More telling words than so many are something said, and not one thing named."""

OLDEST_YEARS = 120
LONGEST_LIST = 100
KINDS = {
    Kind.WANTS: scoring.WANT,
    Kind.GIVES: scoring.GIVE,
    Kind.TELLS: scoring.TELL,
    Kind.AVOIDS: scoring.AVOID,
}


class BadQuestionError(DoorstepError):
    """A question that cannot be answered; the sentence says what to change."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one person asks, beside their words.

    Parameters
    ----------
    limit_minutes : the longest walk.
    free : hours of the week; None: whenever.
    needs : facts of a place that must be so, out of FACTS.
    language : one that must be spoken, by its name or its code; empty: any.
    must_be_free : costs nothing.
    age : in years; None: not said.
    how_many : the longest list.
    not_for_me : listings that were not for them, by key, and why.
    mattered : listings that they tried and that mattered to them, by key.
    by_wheelchair : the minutes are by wheelchair, and told so.
    """

    limit_minutes: float = 20.0
    free: FreeHours | None = None
    needs: frozenset[str] = frozenset()
    language: str = ""
    must_be_free: bool = False
    age: int | None = None
    how_many: int = 6
    weights: Weights = field(default_factory=Weights)
    not_for_me: tuple[tuple[str, NotForMe], ...] = ()
    mattered: tuple[str, ...] = ()
    by_wheelchair: bool = False

    def __post_init__(self) -> None:
        """Refuse a question nobody can answer.

        Raises BadQuestionError, which names everything that is to be changed.
        """
        if wrong := list(self._wrong()):
            raise BadQuestionError(" ".join(wrong))

    def _wrong(self) -> Iterator[str]:
        if not 0 < self.limit_minutes <= 240:
            yield "Say how far you can walk: 1 to 240 minutes."
        if strange := self.needs - set(FACTS):
            known = ", ".join(fact.replace("_", "-") for fact in FACTS)
            yield f"We do not keep {', '.join(sorted(strange))}. Ask for any of {known}."
        if self.language and not is_code(code_of(self.language)):
            yield (
                f"“{self.language}” is no language we know. Give its ISO 639 code, "
                "such as pl for Polish or bfi for British Sign Language."
            )
        if self.age is not None and not 0 <= self.age <= OLDEST_YEARS:
            yield f"Give an age in whole years, 0 to {OLDEST_YEARS}, or none."
        if not 1 <= self.how_many <= LONGEST_LIST:
            yield f"Ask for a list of 1 to {LONGEST_LIST}."


@dataclass(frozen=True)
class Understood:
    """Somebody's words, read once: the wishes, and their directions if there is a model.

    `pieces`, `vectors`, `kinds` and `themes` stand beside one another, one for each text
    that is compared; without a model the vectors are all nothing.
    """

    words: str
    wishes: Wishes
    pieces: tuple[Wish | None, ...]
    vectors: Float32s
    kinds: npt.NDArray[np.int8]
    themes: npt.NDArray[np.uint64]
    raised: int
    raised_to_give: int
    refused: int
    ages: Ages
    wanted_themes: int
    avoided_themes: int
    has_model: bool
    is_open: bool
    in_full: str
    named: str
    times: FreeHours


@dataclass(frozen=True)
class _Text:
    """One text to be compared: of what kind, whose wish it is, and its themes."""

    text: str
    kind: int
    wish: Wish | None = None
    themes: int = 0


def understand(words: str, model: Directions | None) -> Understood:
    """Read somebody's words, once for any number of questions.

    Without a model the wishes are still taken apart; the match then rests on words.
    """
    wishes = _something_wanted(read_wishes(words))
    wanted = wishes.of(*OWN) if wishes.of(Kind.WANTS, Kind.GIVES) else ()
    texts = list(_texts(wishes, wanted))
    named = _themes(wanted)
    return Understood(
        words,
        wishes,
        tuple(text.wish for text in texts),
        _vectors(texts, model),
        np.array([text.kind for text in texts], np.int8),
        np.array([text.themes for text in texts], np.uint64),
        wishes.raised,
        wishes.raised_to_give,
        wishes.refused,
        wishes.ages,
        named,
        _themes(wishes.of(Kind.AVOIDS)) & ~named & ~themes.BROAD,
        has_model=model is not None,
        is_open=not wanted,
        in_full=_in_full(wanted),
        named=_named(wanted),
        times=asked_times(piece.said for piece in wishes.of(Kind.WANTS)),
    )


def _something_wanted(wishes: Wishes) -> Wishes:
    """Give the wishes; where nothing was asked, what was told of a life is one.

    "My wife died and I don't know what to do with myself" asks for those who know it;
    and where nothing of their own was said at all, advice to them is taken for a wish
    ("the doctor says I should get moving").
    """
    if wishes.of(Kind.WANTS, Kind.GIVES):
        return wishes
    told = wishes.of(Kind.TELLS) or tuple(
        piece
        for piece in wishes.of(Kind.OTHERS)
        if advice_in(piece) and not wishes.of(Kind.AVOIDS)
    )
    pieces = tuple(
        replace(piece, kind=Kind.WANTS) if piece in told else piece
        for piece in wishes.pieces
    )
    return Wishes(pieces)


def _texts(wishes: Wishes, wanted: Sequence[Wish]) -> Iterator[_Text]:
    """Give every text to be given a direction.

    First everything wanted together, then each wish as it was said and as directories
    would call it, then what is to be avoided.
    """
    if wanted:
        yield _Text("", scoring.JOINED)
    met = 0
    for wish in wanted:
        yield _Text(wish.plainly, KINDS[wish.kind], wish, wish.themes)
        for theme in themes.named(wish.themes & ~met):
            yield _Text(theme.called, KINDS[wish.kind], wish)
        met |= wish.themes
    for wish in wishes.of(Kind.AVOIDS):
        yield _Text(wish.plainly, scoring.AVOID, wish)


def _vectors(texts: Sequence[_Text], model: Directions | None) -> Float32s:
    """Give the direction of each text, shape (n, 384); of all wanted, their mean.

    That finds as well as reading it all at once (docs/measured/quality.md), and a
    conversation that grows is not read anew at each pause: only what was added is.
    """
    found = np.zeros((len(texts), DIMENSIONS), np.float32)
    read = [row for row, text in enumerate(texts) if text.kind != scoring.JOINED]
    if model is None or not read:
        return found
    found[read] = model.vectors([texts[row].text for row in read])
    if len(read) < len(texts):
        wanted = [row for row in read if texts[row].kind != scoring.AVOID]
        found[0] = _together(found[wanted])
    return found


def _together(parts: Float32s) -> Float32s:
    """Give the mean of directions, as long as the root of its own length.

    The more they differ the shorter: at length one, the mean of things that have nothing
    to do with one another is nearer to everything than any of them is.
    """
    mean = parts.mean(axis=0)
    together: Float32s = mean / np.sqrt(max(float(np.linalg.norm(mean)), 1e-9))
    return together


def _themes(pieces: Sequence[Wish]) -> int:
    bits = 0
    for piece in pieces:
        bits |= piece.themes
    return bits


def _named(wanted: Sequence[Wish]) -> str:
    """Give the one thing that was named, where hardly another word was said."""
    said = " ".join(piece.plainly for piece in wanted)
    return said if len(set(stems(said))) <= MOST_NAMED else ""


def _in_full(wanted: Sequence[Wish]) -> str:
    """Give everything wanted, plainly, with what directories call it."""
    said = [piece.plainly for piece in wanted]
    called = [theme.called for theme in themes.named(_themes(wanted))]
    return ". ".join([*said, *called])
