"""Finds activities by words, place, day, time, cost, access, language, age, theme.

Words go through PostgreSQL's English full text; what finds nothing is tried again by
likeness (trigrams), so that "kniting" finds the knitters. Filters join with "and";
what is not known never counts as no. The order is the same each time: demoted ones
last, then fit, then nearness, then name and id.
"""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.search import (
    SearchQuery,
    SearchRank,
    TrigramStrictWordDistance,
)
from django.db import connections
from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Cos, Radians, Sqrt
from django.db.models.lookups import LessThanOrEqual

from thedeal.community.models import Activity, OpeningHours, Session
from thedeal.community.models.activities import LISTED, Capacity, Timing
from thedeal.lib import logins
from thedeal.places import selectors as places
from thedeal.places import walking

PAGE = 20
LIKE_ENOUGH = 0.45  # share of trigrams: "sining" is meant as "singing"
SHORTEST_MEANT = 4  # letters: shorter words are alike to too much
MOST_MEANT = 6  # words
MOST_LIKE = 1000
METRES_A_DEGREE = 111_320.0
PARTS = {
    "morning": (dt.time(5), dt.time(12)),
    "afternoon": (dt.time(12), dt.time(17)),
    "evening": (dt.time(17), dt.time(23, 59)),
}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_WALK = 60
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
    # those found by likeness, where the words as typed find nothing
    like: list[UUID] | None = None
    place: places.PostcodeAnswer | None = None
    loosen: list[tuple[str, int]] = field(default_factory=list)

    @property
    def pages(self) -> int:
        """Give how many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def find(wanted: Wanted, *, page: int = 1) -> Found:
    """Find activities; give one page, the number of all, and counts by filter."""
    place = places.find_postcode(wanted.postcode) if wanted.postcode else None
    if place is not None and place.lat is not None and place.lon is not None:
        wanted = replace(wanted, lat=place.lat, lon=place.lon)
    like = _like(wanted)
    rows = matching(wanted, like=like)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE
    shown = with_times(_ordered(rows, wanted, is_like=like is not None))
    return Found(
        wanted=wanted,
        rows=list(shown[first : first + PAGE]),
        total=total,
        page=page,
        like=like,
        place=place,
        loosen=_loosen(wanted) if not total else [],
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
    return rows.select_related("group", "neighbourhood").prefetch_related(
        "sessions", "opening_hours"
    )


def near_metres(lat: float, lon: float) -> Any:
    """Give the expression of an activity's distance from a point, in metres."""
    up = (F("lat") - lat) * METRES_A_DEGREE
    along = (F("lon") - lon) * METRES_A_DEGREE * Cos(Radians(Value(lat)))
    return Sqrt(up * up + along * along, output_field=FloatField())


def matching(wanted: Wanted, *, like: list[UUID] | None) -> QuerySet[Activity]:
    """Give the activities that fit: by the words as typed, or among those ``like``."""
    rows = listed(wanted.authority_id).filter(_filters(wanted))
    if not wanted.words:
        return rows
    if like is not None:
        return rows.filter(pk__in=like)
    return rows.filter(search=_query(wanted))


def _like(wanted: Wanted) -> list[UUID] | None:
    """Give what the words may be meant as, or None where they fit as typed."""
    rows = listed(wanted.authority_id)
    if not wanted.words or rows.filter(search=_query(wanted)).exists():
        return None
    with connections[logins.alias()].cursor() as cursor:
        cursor.execute(
            "select set_config('pg_trgm.strict_word_similarity_threshold', %s, false)",
            [str(LIKE_ENOUGH)],
        )
    found = rows.filter(*_each_word_meant(wanted.words)).order_by("pk")
    return list(found.values_list("pk", flat=True)[:MOST_LIKE])


def _each_word_meant(words: str) -> list[Q]:
    """Give a filter for each word: something alike is in the listing's words."""
    found = words.lower().split()
    telling = [word for word in found if len(word) >= SHORTEST_MEANT] or found
    return [Q(plain__trigram_strict_word_similar=word) for word in telling[:MOST_MEANT]]


def _query(wanted: Wanted) -> SearchQuery:
    return SearchQuery(wanted.words, config="english", search_type="websearch")


def _ordered(
    rows: QuerySet[Activity], wanted: Wanted, *, is_like: bool
) -> QuerySet[Activity]:
    order: list[Any] = [F("demoted_at").asc(nulls_first=True)]
    if wanted.words and is_like:
        order.append(TrigramStrictWordDistance(wanted.words.lower(), "plain"))
    elif wanted.words:
        order.append(SearchRank(F("search"), _query(wanted)).desc())
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
    metres = minutes * walking.METRES_A_MINUTE / walking.DETOUR
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
        if number := _number_of(replace(wanted, **{name: getattr(blank, name)})):
            found.append((name, number))
    return sorted(found, key=lambda pair: -pair[1])


def _number_of(wanted: Wanted) -> int:
    return matching(wanted, like=_like(wanted)).count()


def _number(given: Any, *, most: int) -> int | None:
    text = str(given or "")
    return min(int(text), most) if text.isdecimal() and len(text) < 6 else None
