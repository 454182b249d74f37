"""What one person asks: their words, read once, and what they need beside them.

What a person said is used for their answer and kept nowhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from doorstep import subjects, thesaurus
from doorstep._internals import scoring
from doorstep.errors import DoorstepError
from doorstep.hours import FreeHours
from doorstep.languages import code_of, is_code
from doorstep.listings import FACTS
from doorstep.meaning import DIMENSIONS, Directions
from doorstep.rules import NotForMe, Weights
from doorstep.wishes import Kind, Wish, Wishes, read_wishes

Float32s = npt.NDArray[np.float32]

OLDEST_YEARS = 120
LONGEST_LIST = 100
KINDS = {Kind.WANTS: scoring.WANT, Kind.GIVES: scoring.GIVE, Kind.AVOIDS: scoring.AVOID}


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
    """Somebody's words, read once: the wishes, and their directions if there is a model."""

    words: str
    wishes: Wishes
    pieces: tuple[Wish | None, ...]
    vectors: Float32s
    kinds: npt.NDArray[np.int8]
    raised: int
    refused: int
    has_model: bool
    is_open: bool
    in_full: str


def understand(words: str, model: Directions | None) -> Understood:
    """Read somebody's words, once for any number of questions.

    Without a model the wishes are still taken apart; the match then rests on words.
    """
    wishes = _something_wanted(read_wishes(words))
    wanted = wishes.of(Kind.WANTS, Kind.GIVES)
    texts = _texts(wishes)
    has_vectors = model is not None and bool(texts)
    return Understood(
        words,
        wishes,
        tuple(whose for _, _, whose in texts),
        model.vectors([text for text, _, _ in texts])
        if model is not None and texts
        else np.zeros((0, DIMENSIONS), np.float32),
        _int8([kind for _, kind, _ in texts] if has_vectors else []),
        wishes.raised,
        wishes.refused,
        has_model=model is not None,
        is_open=not wanted,
        in_full=_in_full(wanted),
    )


def _something_wanted(wishes: Wishes) -> Wishes:
    """Give the wishes; where nothing was asked but a hard thing was told, that is one.

    "My wife died and I don't know what to do with myself" asks for those who know it.
    """
    if wishes.of(Kind.WANTS, Kind.GIVES):
        return wishes
    told = wishes.of(Kind.OTHERS)
    hard = tuple(
        replace(piece, kind=Kind.WANTS) for piece in told if subjects.raised(piece.said)
    )
    return replace(wishes, pieces=(*wishes.pieces, *hard))


def _texts(wishes: Wishes) -> list[tuple[str, int, Wish | None]]:
    """Give every text to be given a direction: of what kind, and whose wish it is.

    First everything wanted together, then each wish as it was said and as directories
    would call it, then what is to be avoided.
    """
    wanted = wishes.of(Kind.WANTS, Kind.GIVES)
    texts: list[tuple[str, int, Wish | None]] = []
    if wanted:
        texts.append((_in_full(wanted), scoring.JOINED, None))
    for wish in wanted:
        for text in (wish.plainly, *thesaurus.also(wish.said)):
            texts.append((text, KINDS[wish.kind], wish))
    for wish in wishes.of(Kind.AVOIDS):
        texts.append((wish.plainly, scoring.AVOID, wish))
    return texts


def _in_full(wanted: Sequence[Wish]) -> str:
    """Give everything wanted, plainly, with what directories call it."""
    said = [piece.plainly for piece in wanted]
    called = thesaurus.also(". ".join(piece.said for piece in wanted))
    return ". ".join([*said, *called])


def _int8(values: Sequence[int]) -> npt.NDArray[np.int8]:
    return np.array(values, np.int8)
