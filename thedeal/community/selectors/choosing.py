"""Which listings of the shelf fit what is asked, in which order, and how many by chip.

Filters join with "and"; what is not known never counts as no. Nothing here asks the
database: the words of a search come in as the rows that have them (``Hits``).
"""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.utils import timezone

from thedeal.community.selectors import shelf
from thedeal.community.selectors.coming_up import (
    ALWAYS,
    ANY_TIME,
    BITS_A_DAY,
    MINUTE,
    NEVER,
    PART_BITS,
    next_of,
)
from thedeal.community.selectors.shelf import (
    FACT_BITS,
    NO_DAY,
    Floats,
    Marks,
    Numbers,
    Shelf,
)
from thedeal.community.selectors.wanted import DAYS, FACTS, PARTS, Wanted
from thedeal.places import selectors as places

METRES_A_DEGREE = 111_320.0
FURTHEST_M = 1e8  # further than anything on earth
WALKS = (10, 20, 40)
AGES = (3, 8, 14, 25, 45, 65, 80)
ONLY = {"free": shelf.FREE, "room": shelf.ROOM, "online": shelf.ONLINE}
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, eq=False)
class Hits:
    """The rows that have the words of a search, and how well each fits (0 to 1)."""

    rows: Numbers
    ranks: Floats


@dataclass(frozen=True, eq=False)
class Search:
    """The shelf as one search sees it: what its words and its place come to."""

    known: Shelf
    hits: Hits | None  # None: no words were said
    metres: Floats | None  # of each row from the place asked; None: no place was
    coming: Numbers | None  # how soon each row is; None: words or a place were said


def search(known: Shelf, wanted: Wanted, hits: Hits | None) -> Search:
    """Give the shelf as a search sees it."""
    metres = metres_from(known, wanted)
    is_plain = hits is None and metres is None
    return Search(known, hits, metres, _coming(known, wanted) if is_plain else None)


def _coming(known: Shelf, wanted: Wanted) -> Numbers:
    """Give the minute at which each row is next, among the days and times asked.

    What has opening hours comes after all that is dated, and what is neither, last.
    """
    is_timed = bool(wanted.days or wanted.part)
    times = _times(_days_of(wanted), wanted.part) if is_timed else ALWAYS
    now = math.ceil(timezone.now().timestamp() / MINUTE)
    found = next_of(known.starts, len(known.ids), after=now, times=times)
    last: Numbers = found + ((found == NEVER) & ~known.has_hours)
    return last


def fitting(seen: Search, wanted: Wanted) -> Marks:
    """Mark the rows that fit all that is asked."""
    marked = np.ones(len(seen.known.ids), bool)
    if seen.hits is not None:
        marked[:] = False
        marked[seen.hits.rows] = True
    for one in _marks(seen, wanted):
        marked &= one
    return marked


def _marks(seen: Search, wanted: Wanted) -> list[Marks]:
    known = seen.known
    return [
        *_by_facts(known, wanted),
        *_by_lists(known, wanted),
        *_by_age(known, wanted),
        *_by_when(known, wanted),
        *_by_walk_asked(seen, wanted),
    ]


def _by_facts(known: Shelf, wanted: Wanted) -> list[Marks]:
    bits = sum(FACT_BITS[fact] for fact in set(wanted.access))
    bits |= shelf.FREE if wanted.is_free else 0
    bits |= shelf.ROOM if wanted.has_room else 0
    bits |= shelf.ONLINE if wanted.is_online else 0
    return [(known.facts & bits) == bits] if bits else []


def _by_lists(known: Shelf, wanted: Wanted) -> list[Marks]:
    found = []
    if wanted.language:
        found.append(known.languages.where(lambda all_: wanted.language in all_))
    if wanted.theme:
        found.append(known.themes.where(lambda all_: wanted.theme in all_))
    if wanted.area:
        found.append(known.areas.where(lambda slug: slug == wanted.area))
    if wanted.authority_id:
        found.append(known.authorities.where(lambda pk: pk == wanted.authority_id))
    return found


def _by_age(known: Shelf, wanted: Wanted) -> list[Marks]:
    """Mark by age: a bound that nobody told us keeps nobody out."""
    if wanted.age is None:
        return []
    return [known.youngest <= wanted.age, known.oldest >= wanted.age]


def _by_when(known: Shelf, wanted: Wanted) -> list[Marks]:
    if not wanted.days and not wanted.part:
        return []
    days = wanted.days or tuple(range(NO_DAY + 1))
    return [(known.when & _times(days, wanted.part)) != 0]


def _times(days: tuple[int, ...], part: str) -> int:
    bit = PART_BITS[part or ANY_TIME]
    return sum(bit << (day * BITS_A_DAY) for day in set(days))


def _by_walk_asked(seen: Search, wanted: Wanted) -> list[Marks]:
    """Mark by a walk, where a place and minutes are asked.

    Minutes come from a straight line and the usual detour: "about".
    """
    if wanted.walk_minutes is None or seen.metres is None:
        return []
    return [seen.metres <= _reach_m(wanted.walk_minutes)]


@lru_cache(maxsize=64)
def _reach_m(minutes: int) -> float:
    return places.reach_m(minutes)


def metres_from(known: Shelf, wanted: Wanted) -> Floats | None:
    """Give each row's distance from where is asked, in metres; nan where unknown."""
    lat, lon = wanted.lat, wanted.lon
    if lat is None or lon is None:
        return None
    up = (known.lats - lat) * METRES_A_DEGREE
    along = (known.lons - lon) * (METRES_A_DEGREE * math.cos(math.radians(lat)))
    metres: Floats = np.hypot(up, along)
    return metres


def in_order(seen: Search, marked: Marks, *, first: int, most: int) -> Numbers:
    """Give some of the marked rows in order: demoted ones last, then what is nearest,
    then what fits the words best (or, where neither was said, is soonest), then by name.
    """
    rows = np.flatnonzero(marked)
    last = min(first + most, len(rows))
    keys = _keys(seen, rows)
    if keys and last:
        cut = np.partition(keys[-1], last - 1)[last - 1]
        some = np.flatnonzero(keys[-1] <= cut)  # sort only what may be shown
        rows = rows[some[np.lexsort([rows[some], *(key[some] for key in keys)])]]
    return rows[first:last]


def _keys(seen: Search, rows: Numbers) -> list[Floats]:
    """Give what rows are sorted by, the weightiest last, as ``lexsort`` takes them."""
    keys: list[Floats] = []
    demoted = seen.known.demoted[rows].astype(np.float64)
    if seen.hits is not None:
        ranks = np.zeros(len(seen.known.ids))
        ranks[seen.hits.rows] = seen.hits.ranks
        keys.append(demoted * 10 - ranks[rows])
    if seen.metres is not None:
        further = np.nan_to_num(seen.metres[rows], nan=FURTHEST_M)
        keys.append(demoted * FURTHEST_M * 10 + further)
    if seen.coming is not None:
        keys.append(demoted * NEVER * 10 + seen.coming[rows])
    return keys


def counts(seen: Search, asked: Wanted) -> Counts:
    """Give filter -> value -> how many each further filter would leave.

    Whatever is one of many (day, part of the day, walk, age, language) is counted with
    its own filter let go of; what adds up (access, free) with it kept.
    """

    def without(**changes: object) -> Marks:
        return fitting(seen, replace(asked, **changes))  # type: ignore[arg-type] # names of its own fields

    known = seen.known
    facts = known.facts[without()]
    when_days, when_parts = known.when[without(days=())], known.when[without(part="")]
    return {
        "only": {name: _having(facts, bit) for name, bit in ONLY.items()},
        "access": {name: _having(facts, FACT_BITS[name]) for name in FACTS},
        "language": _by_language(known, without(language="")),
        "day": {
            name: _having(when_days, _times((day,), asked.part))
            for day, name in enumerate(DAYS)
        },
        "time": {
            part: _having(when_parts, _times(_days_of(asked), part)) for part in PARTS
        },
        "walk": _by_walk(seen.metres, without),
        "age": _by_each_age(known, without(age=None)),
        "in": {slug: n for slug, n in known.areas.counted(without(area="")) if slug},
    }


def _days_of(asked: Wanted) -> tuple[int, ...]:
    return asked.days or tuple(range(NO_DAY + 1))


def _having(column: Numbers, bits: int) -> int:
    return int(np.count_nonzero(column & bits))


def _by_language(known: Shelf, marked: Marks) -> dict[str, int]:
    found: Counter[str] = Counter()
    for spoken, number in known.languages.counted(marked):
        for code in set(spoken):
            found[code] += number
    return dict(found)


def _by_walk(metres: Floats | None, without: Callable[..., Marks]) -> dict[str, int]:
    if metres is None:
        return {}
    near = metres[without(walk_minutes=None)]
    return {str(n): int(np.count_nonzero(near <= _reach_m(n))) for n in WALKS}


def _by_each_age(known: Shelf, marked: Marks) -> dict[str, int]:
    youngest, oldest = known.youngest[marked], known.oldest[marked]
    fits = ((age, (youngest <= age) & (oldest >= age)) for age in AGES)
    return {str(age): int(np.count_nonzero(those)) for age, those in fits}
