"""Finds activities by words, place, day, time, cost, access, language, age, theme.

Words go through PostgreSQL's English full text; a word that is in no listing is mended
to the nearest that is (``vocabulary``), so that "kniting" finds the knitters. All else is
filtered, counted and put in order on the shelf (``choosing``); only the rows of the
page are then read. Demoted ones come last; then what is nearest to the place asked, or
fits the words best; where neither was said, what is next. Then by name and id.
"""

import datetime as dt
import math
from dataclasses import dataclass, field, fields, replace
from uuid import UUID

import numpy as np
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Aggregate, BinaryField, Case, F, QuerySet, When
from django.db.models.expressions import Combinable

from thedeal.community.models import Activity
from thedeal.community.models.activities import LISTED
from thedeal.community.selectors import choosing
from thedeal.community.selectors.choosing import Counts, Hits, Search
from thedeal.community.selectors.coming_up import MINUTE, NEVER
from thedeal.community.selectors.shelf import KEY, Marks, Shelf, shelf
from thedeal.community.selectors.wanted import Wanted
from thedeal.places import selectors as places

PAGE = 20
MOST_MENDED = 6
# what the machine keeps of a listing and no page tells
UNTOLD = (
    "search",
    "plain",
    "provenance",
    "group__provenance",
    "neighbourhood__boundary",
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of what was found, with what each further filter would leave."""

    wanted: Wanted
    rows: list[Activity]
    total: int
    page: int
    meant: str = ""  # the words as they were likely meant, where they were mended
    is_some: bool = False  # nothing has all of the words: these have one or more
    place: places.PostcodeAnswer | None = None
    loosen: list[tuple[str, int]] = field(default_factory=list)
    seen: Search = field(compare=False, repr=False)

    @property
    def pages(self) -> int:
        """Give how many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))

    @property
    def order(self) -> str:
        """Say what comes first; "" where it is what fits the words best."""
        if self.seen.metres is not None:
            return "The nearest comes first."
        return "What is next comes first." if self.seen.coming is not None else ""


def find(wanted: Wanted, *, page: int = 1) -> Found:
    """Find activities; give one page, and the number of all."""
    place = places.find_postcode(wanted.postcode) if wanted.postcode else None
    if place is not None and place.lat is not None and place.lon is not None:
        wanted = replace(wanted, lat=place.lat, lon=place.lon)
    known = shelf()
    said = _said(known, wanted)
    seen = choosing.search(known, wanted, said.hits)
    marked = choosing.fitting(seen, wanted)
    total = int(np.count_nonzero(marked))
    page = min(max(1, page), max(1, -(-total // PAGE)))
    return Found(
        wanted=wanted,
        rows=_page(seen, marked, page),
        total=total,
        page=page,
        meant=said.meant,
        is_some=said.is_some,
        place=place,
        loosen=_loosen(seen, wanted) if not total else [],
        seen=seen,
    )


def counts(found: Found) -> Counts:
    """Give filter -> value -> how many each further filter would leave of a search."""
    return choosing.counts(found.seen, found.wanted)


def _page(seen: Search, marked: Marks, page: int) -> list[Activity]:
    """Read the rows of one page, each with its ``metres`` where a place was asked, or
    with when it is ``next_at`` where that is the order.
    """
    rows = choosing.in_order(seen, marked, first=(page - 1) * PAGE, most=PAGE)
    ids = [seen.known.ids[row] for row in rows]
    found = by_ids(ids)
    if seen.metres is not None:
        far = dict(zip(ids, seen.metres[rows].tolist(), strict=True))
        for one in found:
            here = far[one.pk]
            one.metres = None if math.isnan(here) else here  # type: ignore[attr-defined] # read by telling.walk
    if seen.coming is not None:
        soon = dict(zip(ids, seen.coming[rows].tolist(), strict=True))
        for one in found:
            one.next_at = _moment(soon[one.pk])  # type: ignore[attr-defined] # read by telling.next_on
    return found


def _moment(minute: int) -> dt.datetime | None:
    return (
        dt.datetime.fromtimestamp(minute * MINUTE, dt.UTC) if minute < NEVER else None
    )


def listed(authority_id: UUID | None = None) -> QuerySet[Activity]:
    """Give the activities that readers may find."""
    rows = Activity.objects.filter(LISTED)
    return rows.filter(authority_id=authority_id) if authority_id else rows


def with_its_group(slug: str, *, most: int) -> list[Activity]:
    """Give an activity that readers may find, then others that its group does.

    [] where there is none; as many statements as for one alone.
    """
    one = listed().filter(slug=slug)
    does = listed().filter(group__in=one.values("group"))
    order = Case(When(slug=slug, then=0), default=1)
    found = list(with_times(does.order_by(order, "name", "id"))[: most + 1])
    return found if found and found[0].slug == slug else []


def by_ids(ids: list[UUID]) -> list[Activity]:
    """Give activities that readers may find, in the order asked, ready to be told."""
    rows = with_times(listed().filter(pk__in=ids))
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in ids if pk in found]


def with_times(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Give activities with all that telling them needs, in three queries."""
    told = rows.select_related("group", "neighbourhood").defer(*UNTOLD)
    return told.prefetch_related("sessions", "opening_hours")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What became of the words of a search."""

    hits: Hits | None = None  # None: no words were said
    meant: str = ""
    is_some: bool = False


def _said(known: Shelf, wanted: Wanted) -> Said:
    """Give the rows with the words, as typed or as they were likely meant.

    ``meant`` is "" where nothing is to mend: the words find something, or are like
    nothing known. ``is_some`` says that some of them must do.
    """
    if not wanted.words:
        return Said()
    rows = listed(wanted.authority_id)
    if len((hits := _hits(known, wanted.words, rows)).rows):
        return Said(hits=hits)
    typed = wanted.words.lower().split()[:MOST_MENDED]
    near = " ".join(_nearest(known, word, rows) for word in typed)
    meant = "" if near == " ".join(typed) else near
    hits = _hits(known, near, rows) if meant else hits
    is_some = len(typed) > 1 and not len(hits.rows)
    hits = _hits(known, any_of(near), rows) if is_some else hits
    return Said(hits=hits, meant=meant, is_some=is_some)


def _hits(known: Shelf, words: str, rows: QuerySet[Activity]) -> Hits:
    """Give the rows that have the words: one statement, and one row of all their ids.

    Common words are in tens of thousands of listings: bytes side by side are read at
    once, where a row of Python's own for each would take a tenth of a second.
    """
    query = _query(words)
    fit = SearchRank(F("search"), query)
    found = rows.filter(search=query).order_by()
    said = found.aggregate(
        ids=_Joined(F("pk"), "uuid_send"), fits=_Joined(fit, "float4send")
    )
    keys = np.frombuffer(bytes(said["ids"] or b""), KEY)
    fits = np.frombuffer(bytes(said["fits"] or b""), ">f4")
    at, is_here = known.keys.rows_of(keys)
    return Hits(at, fits[is_here].astype(np.float64))


class _Joined(Aggregate):
    """The values of a column in PostgreSQL's own bytes, one after another."""

    function = "string_agg"
    template = "%(function)s(%(sends)s(%(expressions)s), ''::bytea)"
    output_field = BinaryField()

    def __init__(self, one: Combinable, sends: str) -> None:
        """Take a column, and the function that gives its bytes."""
        super().__init__(one, sends=sends)


def any_of(words: str) -> str:
    """Give words as a search for any of them."""
    return " or ".join(words.replace('"', " ").split())


def _nearest(known: Shelf, word: str, rows: QuerySet[Activity]) -> str:
    """Give the listings' own word that is most like one, or the word itself."""
    near = known.vocabulary.nearest(word)
    return word if not near or len(_hits(known, word, rows).rows) else near


def _query(words: str) -> SearchQuery:
    return SearchQuery(words, config="english", search_type="websearch")


def _loosen(seen: Search, wanted: Wanted) -> list[tuple[str, int]]:
    """Give what to leave out so that something is found, with how much."""
    blank = type(wanted)()
    found = []
    kept = {"authority_id", "lat", "lon", "postcode"}
    for one in fields(wanted):
        name = one.name
        if name in kept or getattr(wanted, name) == getattr(blank, name):
            continue
        less = replace(wanted, **{name: getattr(blank, name)})
        without = replace(seen, hits=None) if name == "words" else seen
        if number := int(np.count_nonzero(choosing.fitting(without, less))):
            found.append((name, number))
    return sorted(found, key=lambda pair: -pair[1])
