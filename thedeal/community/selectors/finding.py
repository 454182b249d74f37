"""Finds activities by words, place, day, time, cost, access, language, age, theme.

Words go through PostgreSQL's English full text; a word that is in no listing is mended
to the nearest that is (trigrams), so that "kniting" finds the knitters. Filters join with "and";
what is not known never counts as no. The order is the same each time: demoted ones
last, then fit, then nearness, then name and id.
"""

import datetime as dt
import difflib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connections
from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Cos, Radians, Sqrt
from django.db.models.lookups import LessThanOrEqual

from thedeal.community.models import Activity, OpeningHours, Session
from thedeal.community.models.activities import LISTED, Capacity, Timing
from thedeal.lib import logins
from thedeal.places import selectors as places

PAGE = 20
# share of trigrams in common, tried in turn: "sining", then "needels" for "needles"
LIKE_ENOUGH = (0.5, 0.33)
MOST_ALIKE = 200
NEAR_ENOUGH = (
    0.75  # share of letters in common and in order: "writing" is not "kniting"
)
SHORTEST_MENDED = 4  # letters: shorter words are like too much
MOST_MENDED = 6
METRES_A_DEGREE = 111_320.0
PARTS = {
    "morning": (dt.time(5), dt.time(12)),
    "afternoon": (dt.time(12), dt.time(17)),
    "evening": (dt.time(17), dt.time(23, 59)),
}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_WALK = 60
# what the machine keeps of a listing and no page tells
UNTOLD = ("search", "plain", "provenance", "group__provenance")
# an activity's times are its dated sessions or its opening hours, never both
OPEN_HOURS = Q(timing=Timing.OPENING_HOURS)
DATED = ~OPEN_HOURS
HAS_ROOM = ~Q(capacity__in=[Capacity.FULL, Capacity.WAITING])
WALKS = (10, 20, 40)
FACTS = ("step_free", "hearing_loop", "toilet", "quiet", "parking")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for; all blank is everything."""

    words: str = ""
    postcode: str = ""
    lat: float | None = None
    lon: float | None = None
    walk_minutes: int | None = None
    days: tuple[int, ...] = ()
    part: str = ""
    is_free: bool = False
    is_online: bool = False
    access: tuple[str, ...] = ()
    language: str = ""
    age: int | None = None
    theme: str = ""
    neighbourhood_id: UUID | None = None
    has_room: bool = False
    authority_id: UUID | None = None

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> Self:
        """Read an address's query; whatever makes no sense is left out."""
        getlist = getattr(query, "getlist", lambda k: [query[k]] if k in query else [])
        days = tuple(DAYS.index(d) for d in getlist("day") if d in DAYS)
        part = str(query.get("time", ""))
        return cls(
            words=" ".join(str(query.get("q", "")).replace("\x00", "").split())[:200],
            postcode=str(query.get("postcode", ""))[:20].strip(),
            walk_minutes=_number(query.get("walk"), most=MOST_WALK),
            days=days,
            part=part if part in PARTS else "",
            is_free=query.get("free") == "1",
            is_online=query.get("online") == "1",
            has_room=query.get("room") == "1",
            access=tuple(a for a in getlist("access") if a in FACTS),
            language=str(query.get("language", ""))[:8],
            age=_number(query.get("age"), most=120),
            theme=str(query.get("theme", ""))[:40].lower(),
        )

    @property
    def is_anything(self) -> bool:
        """Say whether anything at all was asked."""
        return self != type(self)(authority_id=self.authority_id)


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

    @property
    def searched(self) -> Wanted:
        """Give what was looked for, the words mended."""
        words = self.meant or self.wanted.words
        return replace(self.wanted, words=any_of(words) if self.is_some else words)

    @property
    def pages(self) -> int:
        """Give how many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def find(wanted: Wanted, *, page: int = 1) -> Found:
    """Find activities; give one page, the number of all, and counts by filter."""
    place = places.find_postcode(wanted.postcode) if wanted.postcode else None
    if place is not None and place.lat is not None and place.lon is not None:
        wanted = replace(wanted, lat=place.lat, lon=place.lon)
    meant, is_some = understood(wanted)
    words = meant or wanted.words
    searched = replace(wanted, words=any_of(words) if is_some else words)
    rows = matching(searched)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE
    shown = with_times(_ordered(rows, searched))
    return Found(
        wanted=wanted,
        rows=list(shown[first : first + PAGE]),
        total=total,
        page=page,
        meant=meant,
        is_some=is_some,
        place=place,
        loosen=_loosen(searched) if not total else [],
    )


def listed(authority_id: UUID | None = None) -> QuerySet[Activity]:
    """Give the activities that readers may find."""
    rows = Activity.objects.filter(LISTED)
    return rows.filter(authority_id=authority_id) if authority_id else rows


def by_ids(ids: list[UUID]) -> list[Activity]:
    """Give activities that readers may find, in the order asked, ready to be told."""
    rows = with_times(listed().filter(pk__in=ids))
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in ids if pk in found]


def with_times(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Give activities with all that telling them needs, in three queries."""
    told = rows.select_related("group", "neighbourhood").defer(*UNTOLD)
    return told.prefetch_related("sessions", "opening_hours")


def near_metres(lat: float, lon: float) -> Any:
    """Give the expression of an activity's distance from a point, in metres."""
    up = (F("lat") - lat) * METRES_A_DEGREE
    along = (F("lon") - lon) * METRES_A_DEGREE * Cos(Radians(Value(lat)))
    return Sqrt(up * up + along * along, output_field=FloatField())


def matching(wanted: Wanted) -> QuerySet[Activity]:
    """Give the activities that fit all that is asked."""
    rows = listed(wanted.authority_id).filter(_filters(wanted))
    return rows.filter(search=_query(wanted.words)) if wanted.words else rows


def understood(wanted: Wanted) -> tuple[str, bool]:
    """Give the words as they were likely meant, and whether some of them must do.

    "" where nothing is to mend: the words find something, or are like nothing known.
    """
    rows = listed(wanted.authority_id)
    if not wanted.words or _are_found(wanted.words, rows):
        return "", False
    typed = wanted.words.lower().split()[:MOST_MENDED]
    near = " ".join(_nearest(word, rows) for word in typed)
    meant = "" if near == " ".join(typed) else near
    return meant, len(typed) > 1 and not _are_found(near, rows)


def any_of(words: str) -> str:
    """Give words as a search for any of them."""
    return " or ".join(words.replace('"', " ").split())


def _are_found(words: str, rows: QuerySet[Activity]) -> bool:
    return rows.filter(search=_query(words)).exists()


def _nearest(word: str, rows: QuerySet[Activity]) -> str:
    """Give the listings' own word that is most like one, or the word itself."""
    is_short = len(word) < SHORTEST_MENDED
    if is_short or _are_found(word, rows):
        return word
    for share in LIKE_ENOUGH:
        known = {w for text in _alike(word, rows, share=share) for w in _words(text)}
        near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=NEAR_ENOUGH)
        if near:
            return near[0]
    return word


def _alike(word: str, rows: QuerySet[Activity], *, share: float) -> list[str]:
    """Give the words of some listings with a word that shares so many trigrams."""
    with connections[logins.alias()].cursor() as cursor:
        cursor.execute(
            "select set_config('pg_trgm.strict_word_similarity_threshold', %s, false)",
            [str(share)],
        )
    found = rows.filter(plain__trigram_strict_word_similar=word).order_by()
    return list(found.values_list("plain", flat=True)[:MOST_ALIKE])


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _query(words: str) -> SearchQuery:
    return SearchQuery(words, config="english", search_type="websearch")


def _ordered(rows: QuerySet[Activity], wanted: Wanted) -> QuerySet[Activity]:
    order: list[Any] = [F("demoted_at").asc(nulls_first=True)]
    if wanted.words:
        order.append(SearchRank(F("search"), _query(wanted.words)).desc())
    if wanted.lat is not None and wanted.lon is not None:
        rows = rows.annotate(metres=near_metres(wanted.lat, wanted.lon))
        near = F("metres").asc(nulls_last=True)
        order.insert(1, near)
    return rows.order_by(*order, "name", "id")


def _filters(wanted: Wanted) -> Q:
    chosen = (
        (wanted.is_free, Q(cost_pence=0)),
        (wanted.is_online, Q(is_online=True)),
        (wanted.has_room, HAS_ROOM),
        (wanted.access, Q(access__contains=dict.fromkeys(wanted.access, "yes"))),
        (wanted.language, Q(languages__contains=[wanted.language])),
        (wanted.theme, Q(themes__contains=[wanted.theme])),
        (wanted.neighbourhood_id, Q(neighbourhood_id=wanted.neighbourhood_id)),
    )
    found = Q()
    for is_asked, filter_ in chosen:
        if is_asked:
            found &= filter_
    return found & _aged(wanted.age) & _when(wanted) & _where(wanted)


def _aged(age: int | None) -> Q:
    """Give the filter by age: a bound that nobody told us keeps nobody out."""
    if age is None:
        return Q()
    young = Q(min_age__isnull=True) | Q(min_age__lte=age)
    return young & (Q(max_age__isnull=True) | Q(max_age__gte=age))


def _when(wanted: Wanted) -> Q:
    """Give the filter by day and part of the day, sessions and opening hours alike."""
    if not wanted.days and not wanted.part:
        return Q()
    session, hours = times(wanted)
    having = Session.objects.filter(session).values("activity")
    open_then = OpeningHours.objects.filter(hours).values("activity")
    return (DATED & Q(pk__in=having)) | (OPEN_HOURS & Q(pk__in=open_then))


def times(wanted: Wanted) -> tuple[Q, Q]:
    """Give the filters of sessions and of opening hours by day and part of the day."""
    session, hours = Q(), Q()
    if wanted.days:
        session &= Q(weekdays__overlap=list(wanted.days))
        hours &= Q(weekday__in=wanted.days)
    if wanted.part:
        at, open_then = within_part(wanted.part)
        session, hours = session & at, hours & open_then
    return session, hours


def within_part(part: str) -> tuple[Q, Q]:
    """Give the filters of what begins in a part of the day, and of what is open in it.

    Closing at 00:00 is midnight.
    """
    starts, ends = PARTS[part]
    closes = Q(closes__gt=starts) | Q(closes=dt.time(0))
    return Q(at__gte=starts, at__lt=ends), Q(opens__lt=ends) & closes


def _where(wanted: Wanted) -> Q:
    """Give the filter by walk, where a place and minutes are asked."""
    if wanted.lat is None or wanted.lon is None or wanted.walk_minutes is None:
        return Q()
    return within_walk(wanted.lat, wanted.lon, minutes=wanted.walk_minutes)


def within_walk(lat: float, lon: float, *, minutes: int) -> Q:
    """Give the filter by so many minutes on foot: a box for the index, then a circle.

    Minutes come from a straight line and the usual detour: "about".
    """
    metres = places.reach_m(minutes)
    up = metres / METRES_A_DEGREE
    along = up / math.cos(math.radians(lat))
    box = Q(lat__range=(lat - up, lat + up), lon__range=(lon - along, lon + along))
    return box & Q(LessThanOrEqual(near_metres(lat, lon), metres))


def _loosen(wanted: Wanted) -> list[tuple[str, int]]:
    """Give what to leave out so that something is found, with how much."""
    blank = type(wanted)()
    found = []
    kept = {"authority_id", "lat", "lon", "postcode"}
    for one in fields(wanted):
        name = one.name
        if name in kept or getattr(wanted, name) == getattr(blank, name):
            continue
        less = replace(wanted, **{name: getattr(blank, name)})
        if number := matching(less).count():
            found.append((name, number))
    return sorted(found, key=lambda pair: -pair[1])


def _number(given: Any, *, most: int) -> int | None:
    text = str(given or "")
    return min(int(text), most) if text.isdecimal() and len(text) < 6 else None
