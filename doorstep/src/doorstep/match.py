"""The match: a short, varied list of what is near, when, and why it fits this person.

Every rule is named in `doorstep.rules` and printed in public; the same question has
the same answer. What a person said is used for one answer and kept nowhere.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from doorstep import subjects, telling, thesaurus
from doorstep._internals import scoring
from doorstep.catalogue import TENDER_BIT, Catalogue, quantised
from doorstep.errors import DoorstepError
from doorstep.hours import FreeHours
from doorstep.listings import FACTS, Listing
from doorstep.meaning import DIMENSIONS, SentenceModel
from doorstep.rules import RULES, NotForMe, Weights
from doorstep.sessions import LONDON
from doorstep.walks import Reach
from doorstep.wishes import Kind, Wish, Wishes, read_wishes

Float32s = npt.NDArray[np.float32]

ENOUGH_MINUTES = 30
"""A session fits free hours if this much of it, or all of a shorter one, falls there."""

FLOOR, FLOOR_IN_WORDS = 0.3, 0.05
"""The least a listing has to do with what was said; less is not shown at all."""

TENDER_FLOOR = 0.45
"""The same where the group asks to be shown only to those whom it plainly fits."""

STALE_DAYS = 365
"""A listing checked so long ago or longer is no fresher than one never checked."""

AMONG = 80
"""How many of the best the varied list is chosen from."""

MOST_OF_A_KIND, MOST_OF_A_GROUP = 2, 2
LIKENESS, UNANSWERED = 0.1, 0.04
"""How much being like what stands above takes off, and what a wish of several that
nothing answers yet adds, in the unit of the weights."""

WORDS_ALONE = "We matched on words alone: the sentence model is not installed here."
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
    language : one that must be spoken, as ISO 639-1; empty: any.
    must_be_free : costs nothing.
    age : in years; None: not said.
    how_many : the longest list.
    not_for_me : listings that were not for them, by key, and why.
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

    def __post_init__(self) -> None:
        """Refuse a question nobody can answer."""
        if not 0 < self.limit_minutes <= 240:
            raise BadQuestionError("Say how far you can walk: 1 to 240 minutes.")
        if strange := self.needs - set(FACTS):
            raise BadQuestionError(f"We do not keep {', '.join(sorted(strange))}.")


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


@dataclass(frozen=True, kw_only=True)
class Match:
    """One listing for one person, with its reasons and cautions as sentences."""

    key: str
    activity: str
    group: str
    place: str
    walk_minutes: float | None
    walk_is_estimate: bool
    next_session: dt.datetime | None
    cost: str
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    answers: str
    comes_last: bool
    terms: dict[str, float]

    def as_json(self) -> dict[str, Any]:
        """Give what is told outside; terms stay inside, since a person sees no score."""
        minutes = self.walk_minutes
        return {
            "activity": self.activity,
            "group": self.group,
            "venue": self.place,
            "walk_minutes": None if minutes is None else max(1, int(np.ceil(minutes))),
            "walk_is_estimate": self.walk_is_estimate,
            "next_session": self.next_session and self.next_session.isoformat(),
            "cost": self.cost,
            "reasons": list(self.reasons),
            "cautions": list(self.cautions),
        }


@dataclass(frozen=True)
class Answer:
    """The list, and what must be said above it."""

    matches: tuple[Match, ...]
    notes: tuple[str, ...] = ()


def understand(words: str, model: SentenceModel | None) -> Understood:
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


def minutes_by_venue(reach: Reach, n_venues: int) -> Float32s:
    """Give the walk to every venue by its number, infinite where it is too far."""
    minutes = np.full(n_venues, np.inf, np.float32)
    minutes[reach.venue] = reach.minutes
    return minutes


def match(
    catalogue: Catalogue,
    asked: Asked,
    understood: Understood,
    *,
    minutes: Float32s,
    is_estimate: bool,
    now: dt.datetime,
) -> Answer:
    """Give the list for one person.

    Parameters
    ----------
    minutes : the walk to each venue by its number, infinite or NaN where unreachable.
    is_estimate : whether the minutes are told with "about".
    now : the moment of asking, with a time zone.
    """
    columns = _columns(catalogue, minutes)
    weights = asked.weights.after(*(why for _, why in asked.not_for_me))
    said = _said(catalogue, asked, understood)
    found = _found(len(catalogue))
    person = _person(catalogue, asked, understood, now)
    scoring.score_rows(
        columns, person, _hours(asked), minutes, said, weights.array(), found
    )
    _forget(catalogue, asked, found)
    rows = _chosen(catalogue, found, asked.how_many)
    matches = tuple(
        _match(catalogue, row, asked, understood, found, minutes, is_estimate, now)
        for row in rows
    )
    return Answer(matches, _notes(understood, matches))


def _columns(catalogue: Catalogue, minutes: Float32s) -> scoring.Columns:
    rows = len(catalogue)
    columns = {name: catalogue.columns[name][:rows] for name in scoring.Columns._fields}
    if rows and int(columns["venue"].max()) >= len(minutes):
        raise BadQuestionError("There are venues whose walk was not given.")
    return scoring.Columns(**columns)


def _said(catalogue: Catalogue, asked: Asked, understood: Understood) -> scoring.Said:
    """Give the wishes in numbers, with what was "not my sort" as something to avoid."""
    pairs = [quantised(vector) for vector in understood.vectors]
    kinds = list(understood.kinds)
    for key, why in asked.not_for_me:
        row = catalogue.row_of.get(key)
        if why is NotForMe.NOT_MY_SORT and row is not None:
            scale = float(catalogue.columns["what_scale"][row])
            pairs.append((np.array(catalogue.columns["what"][row]), scale))
            kinds.append(np.int8(scoring.AVOID))
    wishes = np.array([pair[0] for pair in pairs], np.int8).reshape(-1, DIMENSIONS)
    scales = np.array([pair[1] for pair in pairs], np.float32)
    return scoring.Said(wishes, scales, _int8(kinds), _lexical(catalogue, understood))


def _lexical(catalogue: Catalogue, understood: Understood) -> Float32s:
    wanted = understood.wishes.of(Kind.WANTS, Kind.GIVES)
    if not wanted:
        return np.zeros(len(catalogue), np.float32)
    return catalogue.words.scores(_in_full(wanted))


def _in_full(wanted: Sequence[Wish]) -> str:
    """Give everything wanted, plainly, with what directories call it."""
    said = [piece.plainly for piece in wanted]
    called = thesaurus.also(". ".join(piece.said for piece in wanted))
    return ". ".join([*said, *called])


def _person(
    catalogue: Catalogue, asked: Asked, understood: Understood, now: dt.datetime
) -> scoring.Person:
    return scoring.Person(
        limit=np.float32(asked.limit_minutes),
        enough=ENOUGH_MINUTES,
        language=np.uint64(_language_bit(catalogue, asked.language)),
        must_be_free=asked.must_be_free,
        age=-1 if asked.age is None else asked.age,
        raised=np.uint64(understood.raised),
        refused=np.uint64(understood.refused),
        tender=np.uint64(subjects.UNLESS_RAISED),
        tender_bit=np.uint64(1 << TENDER_BIT),
        today=(now.date() - dt.date(1970, 1, 1)).days,
        floor=np.float32(_floor(understood)),
        floor_in_words=np.float32(-np.inf if understood.is_open else FLOOR_IN_WORDS),
        tender_floor=np.float32(TENDER_FLOOR),
        stale_days=np.float32(STALE_DAYS),
    )


def _hours(asked: Asked) -> scoring.Hours:
    first, past = (asked.free or FreeHours(())).arrays()
    return scoring.Hours(first, past, np.array([f in asked.needs for f in FACTS]))


def _language_bit(catalogue: Catalogue, language: str) -> int:
    """Give a language as a bit; one that no listing has is a bit that none has."""
    if not language:
        return 0
    if language in catalogue.languages:
        return 1 << catalogue.languages.index(language)
    return 1 << TENDER_BIT


def _floor(understood: Understood) -> float:
    if understood.is_open:
        return -np.inf
    return FLOOR if len(understood.vectors) else FLOOR_IN_WORDS


def _found(rows: int) -> scoring.Found:
    return scoring.Found(
        np.empty(rows, np.int8),
        np.empty(rows, np.float32),
        np.zeros((rows, scoring.N_TERMS), np.float32),
        np.empty(rows, np.int8),
        np.empty(rows, np.int8),
    )


def _forget(catalogue: Catalogue, asked: Asked, found: scoring.Found) -> None:
    for key, _ in asked.not_for_me:
        if (row := catalogue.row_of.get(key)) is not None:
            found.tiers[row] = scoring.OUT


def _chosen(catalogue: Catalogue, found: scoring.Found, how_many: int) -> list[int]:
    """Choose the varied list; what comes last is chosen only after all the rest."""
    chosen: list[int] = []
    for tier in (scoring.SHOWN, scoring.LAST):
        wanted = how_many - len(chosen)
        rows = np.flatnonzero(found.tiers == tier)
        if wanted > 0 and len(rows):
            best = _best(catalogue, rows, found.scores)
            chosen += _pick(catalogue, best, found, wanted)
    return chosen


def _best(
    catalogue: Catalogue, rows: npt.NDArray[np.int64], scores: Float32s
) -> npt.NDArray[np.int64]:
    """Give the best rows in order; equals stand by their keys, not by their place."""
    if len(rows) > AMONG:
        worst = np.partition(scores[rows], -AMONG)[-AMONG]
        rows = rows[scores[rows] >= worst]
    listings = catalogue.listings
    order = sorted(rows.tolist(), key=lambda r: (-scores[r], _key(listings[r])))
    return np.array(order[:AMONG], np.int64)


def _key(listing: Listing | None) -> str:
    return "" if listing is None else listing.key


def _pick(
    catalogue: Catalogue, best: npt.NDArray[np.int64], found: scoring.Found, wanted: int
) -> list[int]:
    columns = catalogue.columns
    chosen = scoring.pick(
        best,
        found.scores,
        found.which,
        columns["kind"],
        columns["group"],
        columns["what"],
        columns["what_scale"],
        wanted,
        (MOST_OF_A_KIND, MOST_OF_A_GROUP),
        LIKENESS,
        UNANSWERED,
    )
    return [int(row) for row in chosen]


def _match(
    catalogue: Catalogue,
    row: int,
    asked: Asked,
    understood: Understood,
    found: scoring.Found,
    minutes: Float32s,
    is_estimate: bool,
    now: dt.datetime,
) -> Match:
    listing = catalogue.listings[row]
    if listing is None:
        raise BadQuestionError("The catalogue changed while it was asked: ask again.")
    slot, which = int(found.slots[row]), int(found.which[row])
    at = int(catalogue.columns["slot_next"][row, slot]) if slot >= 0 else None
    starts = None if at is None else dt.datetime.fromtimestamp(at * 60, LONDON)
    walks = listing.venue >= 0 and not listing.is_online
    walk = float(minutes[listing.venue]) if walks else None
    wish = understood.pieces[which] if which >= 0 else None
    told = telling.Told(
        listing=listing,
        walk_minutes=walk,
        walk_is_estimate=is_estimate,
        starts=starts,
        doubts=catalogue.doubts[row] if slot == 0 else (),
        wish=wish,
        gift=telling.gift_of(wish),
        raised=understood.raised,
        about=int(catalogue.columns["about"][row]),
        needs=asked.needs,
        language=asked.language,
        must_be_free=asked.must_be_free,
        today=now.date(),
    )
    terms = zip(RULES, found.terms[row].tolist(), strict=True)
    return Match(
        key=listing.key,
        activity=listing.activity,
        group=listing.group,
        place=listing.place,
        walk_minutes=walk,
        walk_is_estimate=is_estimate,
        next_session=starts,
        cost=telling.cost_words(listing),
        reasons=telling.reasons(told),
        cautions=telling.cautions(told),
        answers="" if wish is None else wish.said,
        comes_last=bool(found.tiers[row] == scoring.LAST),
        terms={rule.name: round(value, 4) for rule, value in terms},
    )


def _notes(understood: Understood, matches: Sequence[Match]) -> tuple[str, ...]:
    notes = [] if understood.has_model else [WORDS_ALONE]
    if not matches:
        notes.append(
            "Nothing we know of fits all of that. Try a longer walk or other hours."
        )
    return tuple(notes)


def _int8(values: Sequence[int]) -> npt.NDArray[np.int8]:
    return np.array(values, np.int8)
