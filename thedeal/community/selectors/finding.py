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

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordDistance
from django.db.models import Count, F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Cos, Radians, Sqrt

from thedeal.community.models import Activity
from thedeal.community.models.activities import LISTED, Capacity, Timing
from thedeal.places import selectors as places
from thedeal.places import walking

PAGE = 20
LIKE_ENOUGH = 0.45  # trigram word distance: 0 is the same
METRES_A_DEGREE = 111_320.0
PARTS = {
    "morning": (dt.time(5), dt.time(12)),
    "afternoon": (dt.time(12), dt.time(17)),
    "evening": (dt.time(17), dt.time(23, 59)),
}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_WALK = 60
HAS_ROOM = ~Q(capacity__in=[Capacity.FULL, Capacity.WAITING])
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
    counts: dict[str, int]
    meant: bool  # found by likeness, not by the words as typed
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
    rows, meant = _matching(wanted)
    counts = _counts(rows)
    total = counts.pop("all")
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE
    ordered = _ordered(rows, wanted, meant=meant)
    shown = ordered.select_related("group", "neighbourhood", "venue").prefetch_related(
        "sessions", "opening_hours"
    )
    return Found(
        wanted=wanted,
        rows=list(shown[first : first + PAGE]),
        total=total,
        page=page,
        counts=counts,
        meant=meant,
        place=place,
        loosen=_loosen(wanted) if not total else [],
    )


def listed(authority_id: UUID | None = None) -> QuerySet[Activity]:
    """Give the activities that readers may find."""
    rows = Activity.objects.filter(LISTED)
    return rows.filter(authority_id=authority_id) if authority_id else rows


def near_metres(lat: float, lon: float) -> Any:
    """Give the expression of an activity's distance from a point, in metres."""
    up = (F("lat") - lat) * METRES_A_DEGREE
    along = (F("lon") - lon) * METRES_A_DEGREE * Cos(Radians(Value(lat)))
    return Sqrt(up * up + along * along, output_field=FloatField())


def _matching(wanted: Wanted) -> tuple[QuerySet[Activity], bool]:
    rows = listed(wanted.authority_id).filter(_filters(wanted))
    if not wanted.words:
        return rows, False
    query = SearchQuery(wanted.words, config="english", search_type="websearch")
    exact = rows.filter(search=query)
    if exact.exists():
        return exact, False
    return rows.filter(plain__trigram_word_similar=wanted.words.lower()), True


def _ordered(
    rows: QuerySet[Activity], wanted: Wanted, *, meant: bool
) -> QuerySet[Activity]:
    order: list[Any] = [F("demoted_at").asc(nulls_first=True)]
    if wanted.words and meant:
        order.append(TrigramWordDistance(wanted.words.lower(), "plain"))
    elif wanted.words:
        query = SearchQuery(wanted.words, config="english", search_type="websearch")
        order.append(SearchRank(F("search"), query).desc())
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
    session, hours = Q(), Q()
    if wanted.days:
        session &= Q(sessions__weekdays__overlap=list(wanted.days))
        hours &= Q(opening_hours__weekday__in=wanted.days)
    if wanted.part:
        starts, ends = PARTS[wanted.part]
        session &= Q(sessions__at__gte=starts, sessions__at__lt=ends)
        hours &= Q(opening_hours__opens__lt=ends) & (
            Q(opening_hours__closes__gt=starts) | Q(opening_hours__closes=dt.time(0))
        )
    having = Activity.objects.filter(session).values("pk")
    open_then = Activity.objects.filter(
        hours, timing=Timing.OPENING_HOURS, opening_hours__isnull=False
    ).values("pk")
    return Q(pk__in=having) | Q(pk__in=open_then)


def _where(wanted: Wanted) -> Q:
    """Give the box around a walk; the corner of a box is further, and said so."""
    if wanted.lat is None or wanted.lon is None or wanted.walk_minutes is None:
        return Q()
    metres = wanted.walk_minutes * walking.METRES_A_MINUTE / walking.DETOUR
    up = metres / METRES_A_DEGREE
    along = up / math.cos(math.radians(wanted.lat))
    return Q(
        lat__range=(wanted.lat - up, wanted.lat + up),
        lon__range=(wanted.lon - along, wanted.lon + along),
    )


def _counts(rows: QuerySet[Activity]) -> dict[str, int]:
    """Count what each chip would leave, in one statement."""
    each = {
        "free": Q(cost_pence=0),
        "online": Q(is_online=True),
        "room": HAS_ROOM,
        **{name: Q(access__contains={name: "yes"}) for name in FACTS},
    }
    found: dict[str, int] = rows.order_by().aggregate(
        all=Count("pk"), **{k: Count("pk", filter=q) for k, q in each.items()}
    )
    return found


def _loosen(wanted: Wanted) -> list[tuple[str, int]]:
    """Give what to leave out so that something is found, with how much."""
    blank = type(wanted)()
    found = []
    kept = {"authority_id", "lat", "lon", "postcode"}
    for one in fields(wanted):
        name = one.name
        if name in kept or getattr(wanted, name) == getattr(blank, name):
            continue
        rows, _ = _matching(replace(wanted, **{name: getattr(blank, name)}))
        if number := rows.count():
            found.append((name, number))
    return sorted(found, key=lambda pair: -pair[1])


def _number(given: Any, *, most: int) -> int | None:
    text = str(given or "")
    return min(int(text), most) if text.isdecimal() and len(text) < 6 else None
