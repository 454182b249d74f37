"""Reads of places: a postcode, a point, what is near, what is known of an area.

Shapes and venues are held in the process as arrays, made once for each version of
the data (the newest ``Load``) and thrown away when it changes. All of it is open
data; a person's postcode is looked up and never kept.
"""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

import holidays
import numpy as np
import numpy.typing as npt
import shapely
from django.db.models import QuerySet, Sum
from django.utils import timezone
from shapely.geometry import shape

from thedeal.lib import definitions, postcodes
from thedeal.lib.definitions import Entry
from thedeal.places import hours, walking
from thedeal.places.models import (
    Area,
    AreaFigure,
    AreaKind,
    Category,
    Entrance,
    Load,
    Neighbourhood,
    Postcode,
    Source,
    Venue,
)

FURTHEST_MINUTES = 120.0
METRES_A_DEGREE = 111_195.0  # of latitude


class Answer(StrEnum):
    """What came of a typed postcode; each has its own sentence on the page."""

    FOUND = "found"
    EMPTY = "empty"
    PART = "part"  # only the first half
    MALFORMED = "malformed"  # no postcode looks like that
    UNKNOWN = "unknown"  # looks right, but we do not have it
    TERMINATED = "terminated"  # Royal Mail no longer uses it
    ELSEWHERE = "elsewhere"  # another council's
    NOWHERE = "nowhere"  # ours, but in no neighbourhood


@dataclass(frozen=True, kw_only=True)
class PostcodeAnswer:
    """What we know of a typed postcode, and what it may have been meant as."""

    answer: Answer
    postcode: str = ""
    lat: float | None = None
    lon: float | None = None
    neighbourhood: Neighbourhood | None = None
    other_council: str = ""
    terminated_on: dt.date | None = None
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NearVenue:
    """A venue and about how many minutes' walk it is from a point."""

    id: UUID
    name: str
    category: str
    category_words: str
    detail: str
    address: str
    postcode: str
    lat: float
    lon: float
    walk_minutes: float
    open: hours.OpenState
    hours_text: str
    week: list[tuple[str, str]]
    source: str
    source_date: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A published figure with its words, its share and where it came from."""

    measure: str
    title: str
    amount: float
    unit: str
    share: float | None
    as_at: str
    note: str
    source: Source


def find_postcode(typed: str) -> PostcodeAnswer:
    """Give what is known of a postcode as somebody typed it. Two queries at most."""
    text = postcodes.normalise(typed) or postcodes.inside(typed)
    if text is None:
        return _not_a_postcode(typed)
    row = Postcode.objects.select_related("neighbourhood").filter(text=text).first()
    if row is None:
        return PostcodeAnswer(
            answer=Answer.UNKNOWN, postcode=text, suggestions=_that_exist(typed)
        )
    return PostcodeAnswer(
        answer=_answer(row),
        postcode=text,
        lat=row.lat,
        lon=row.lon,
        neighbourhood=row.neighbourhood,
        other_council=row.other_council,
        terminated_on=row.terminated_on,
    )


def _answer(row: Postcode) -> Answer:
    if row.other_council:
        return Answer.ELSEWHERE
    if row.terminated_on:
        return Answer.TERMINATED
    return Answer.FOUND if row.neighbourhood else Answer.NOWHERE


def _not_a_postcode(typed: str) -> PostcodeAnswer:
    if not typed.strip():
        return PostcodeAnswer(answer=Answer.EMPTY)
    if postcodes.is_first_half(typed):
        return PostcodeAnswer(answer=Answer.PART, postcode=postcodes.compact(typed))
    return PostcodeAnswer(answer=Answer.MALFORMED, suggestions=_that_exist(typed))


def _that_exist(typed: str, *, most: int = 3) -> tuple[str, ...]:
    """Give up to three living postcodes that this may have been meant as."""
    guesses = postcodes.near_matches(typed)
    if not guesses:
        return ()
    living = Postcode.objects.filter(text__in=guesses, terminated_on__isnull=True)
    known = set(living.values_list("text", flat=True))
    return tuple(guess for guess in guesses if guess in known)[:most]


def position_of(postcode: str) -> tuple[float, float] | None:
    """Give latitude and longitude of a postcode, living or not, or None."""
    text = postcodes.normalise(postcode)
    row = Postcode.objects.filter(text=text, lat__isnull=False).first()
    if row is None or row.lat is None or row.lon is None:
        return None
    return row.lat, row.lon


def neighbourhoods(*, authority_id: UUID | None = None) -> QuerySet[Neighbourhood]:
    """Give the neighbourhoods, of one authority or of all."""
    found = Neighbourhood.objects.select_related("authority")
    return found.filter(authority_id=authority_id) if authority_id else found


def only_council() -> UUID | None:
    """Give the one council whose places these are, or None where there are several.

    One query where the version is known to the process already.
    """
    return _only_council(version())


def neighbourhood_at(lat: float, lon: float) -> Neighbourhood | None:
    """Give the neighbourhood that a point is in, or None."""
    found = neighbourhood_id_at(lat, lon)
    return Neighbourhood.objects.get(pk=found) if found else None


def neighbourhood_id_at(lat: float, lon: float) -> UUID | None:
    """Give the id of the neighbourhood that a point is in, or None."""
    index = _areas(version())
    inside = index.tree.query(shapely.Point(lon, lat), predicate="intersects")
    return index.neighbourhoods[min(inside)] if len(inside) else None


def version() -> str:
    """Give the version of the places data: what is cached is cached under it."""
    newest = Load.objects.order_by("-created_at").values_list("pk", flat=True).first()
    return str(newest or "")


def walk_minutes(metres: float) -> float:
    """Give about how many minutes a straight line of so many metres is on foot."""
    return metres * walking.DETOUR / walking.METRES_A_MINUTE


def reach_m(minutes: float) -> float:
    """Give the straight line, in metres, that is about so many minutes on foot."""
    return minutes * walking.METRES_A_MINUTE / walking.DETOUR


def small_areas_around(lat: float, lon: float, *, within_m: float) -> list[Any]:
    """Give the outlines (GeoJSON) of the small areas that come near a point."""
    index = _areas(version())
    up = within_m / METRES_A_DEGREE
    along = up / math.cos(math.radians(lat))
    box = shapely.box(lon - along, lat - up, lon + along, lat + up)
    return [index.boundaries[i] for i in sorted(index.tree.query(box))]


def small_areas_of(neighbourhood: Neighbourhood) -> list[Any]:
    """Give the outlines (GeoJSON) of the small areas that make a neighbourhood."""
    index = _areas(version())
    pairs = zip(index.neighbourhoods, index.boundaries, strict=True)
    return [outline for owner, outline in pairs if owner == neighbourhood.pk]


def hubs_near(
    lat: float,
    lon: float,
    *,
    limit_minutes: float = 20,
    categories: Iterable[str] = (),
    at: dt.datetime | None = None,
) -> list[NearVenue]:
    """Give the open venues within a walk of a point, nearest first.

    ``limit_minutes`` is capped at two hours. One query where the version is known to
    the process already. Minutes come from straight lines: say "about".
    """
    index = _venues(version())
    if not len(index.venues):
        return []
    minutes = walking.minutes_from(lat, lon, lats=index.lats, lons=index.lons)
    limit = min(limit_minutes, FURTHEST_MINUTES)
    wanted = set(categories) or set(Category.values)
    near = [i for i in np.argsort(minutes, kind="stable") if minutes[i] <= limit]
    moment = timezone.localtime(at)
    is_holiday = moment.date() in _bank_holidays(moment.year)
    return [
        _near(index.venues[i], float(minutes[i]), moment, is_holiday=is_holiday)
        for i in near
        if index.venues[i].category in wanted
    ]


def nearest_green_space(lat: float, lon: float) -> float | None:
    """Give about how many minutes' walk the nearest way into a green space is."""
    index = _entrances(version())
    if not len(index.lats):
        return None
    return float(walking.minutes_from(lat, lon, lats=index.lats, lons=index.lons).min())


def venues_in(neighbourhood: Neighbourhood) -> QuerySet[Venue]:
    """Give the venues of a neighbourhood that have not closed."""
    return neighbourhood.venues.filter(closed_on__isnull=True).select_related("source")


def described(
    venues: Iterable[Venue], *, at: dt.datetime | None = None
) -> list[tuple[Venue, hours.OpenState]]:
    """Give each venue with whether it is open now."""
    moment = timezone.localtime(at)
    is_holiday = moment.date() in _bank_holidays(moment.year)
    return [(v, hours.state(v.week, at=moment, is_holiday=is_holiday)) for v in venues]


def neighbourhood_figures(neighbourhood: Neighbourhood) -> dict[str, Figure]:
    """Give the figures of a neighbourhood that add up from its small areas."""
    added = [e for e in _measures() if e.more.get("adds")]
    names = [e.key.rpartition(".")[2] for e in added]
    sums = (
        AreaFigure.objects.filter(area__neighbourhood=neighbourhood, measure__in=names)
        .values("measure", "as_at", "source_id")
        .annotate(total=Sum("amount"))
        .order_by("as_at")
    )
    amounts = {row["measure"]: row for row in sums}
    sources = Source.objects.in_bulk({row["source_id"] for row in amounts.values()})
    return _figures(added, amounts, sources)


def borough_figures(borough_code: str) -> dict[str, Figure]:
    """Give the figures published for a whole borough."""
    found = AreaFigure.objects.filter(
        area__code=borough_code, area__kind=AreaKind.BOROUGH
    )
    rows = found.values("measure", "as_at", "source_id", "amount").order_by("as_at")
    amounts = {r["measure"]: dict(r, total=r["amount"]) for r in rows}
    sources = Source.objects.in_bulk({row["source_id"] for row in amounts.values()})
    return _figures(_measures(), amounts, sources)


def figures_around(neighbourhood: Neighbourhood) -> dict[str, Figure]:
    """Give the figures published for the whole borough that a neighbourhood is in."""
    codes = neighbourhood.areas.values_list("borough_code", flat=True)
    code = codes.order_by("borough_code").first()
    return borough_figures(code) if code else {}


@dataclass(frozen=True, kw_only=True)
class Deprivation:
    """How many of a neighbourhood's small areas are among England's poorest."""

    areas: int
    in_poorest_tenth: int
    in_poorest_fifth: int
    in_richest_fifth: int
    as_at: str
    source: Source


def deprivation(neighbourhood: Neighbourhood) -> Deprivation | None:
    """Give where a neighbourhood's small areas stand in England, or None."""
    rows = list(
        AreaFigure.objects.filter(
            area__neighbourhood=neighbourhood, measure="imd_decile"
        ).select_related("source")
    )
    if not rows:
        return None
    newest = max(row.as_at for row in rows)
    tenths = [row.amount for row in rows if row.as_at == newest]
    return Deprivation(
        areas=len(tenths),
        in_poorest_tenth=sum(t <= 1 for t in tenths),
        in_poorest_fifth=sum(t <= 2 for t in tenths),
        in_richest_fifth=sum(t >= 9 for t in tenths),
        as_at=newest,
        source=rows[0].source,
    )


def sources() -> QuerySet[Source]:
    """Give every source of open data, for the page that thanks them."""
    return Source.objects.order_by("name")


def _measures() -> list[Entry]:
    return definitions.within("area_measures.")


def _figures(
    entries: Iterable[Entry], amounts: dict[str, Any], known: dict[UUID, Source]
) -> dict[str, Figure]:
    found = {}
    for entry in entries:
        measure = entry.key.rpartition(".")[2]
        if measure not in amounts:
            continue
        row = amounts[measure]
        whole = amounts.get(entry.more.get("share_of", ""))
        found[measure] = Figure(
            measure=measure,
            title=entry.title,
            amount=row["total"],
            unit=entry.unit,
            share=row["total"] / whole["total"] if whole and whole["total"] else None,
            as_at=row["as_at"],
            note=entry.notes,
            source=known[row["source_id"]],
        )
    return found


@dataclass(frozen=True)
class _Areas:
    tree: Any
    neighbourhoods: list[UUID]
    boundaries: list[Any]


@dataclass(frozen=True)
class _Points:
    lats: npt.NDArray[np.float64]
    lons: npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Venues(_Points):
    venues: list[Venue]


@lru_cache(maxsize=2)
def _only_council(version: str) -> UUID | None:
    found = set(Neighbourhood.objects.values_list("authority_id", flat=True))
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=2)
def _areas(version: str) -> _Areas:
    rows = Area.objects.filter(neighbourhood__isnull=False).order_by("code")
    pairs = list(rows.values_list("boundary", "neighbourhood_id"))
    shapes = [shape(boundary) for boundary, _ in pairs]
    return _Areas(
        shapely.STRtree(shapes),
        [known for _, known in pairs],
        [boundary for boundary, _ in pairs],
    )


@lru_cache(maxsize=2)
def _venues(version: str) -> _Venues:
    rows = Venue.objects.filter(closed_on__isnull=True).select_related("source")
    venues = list(rows.order_by("key"))
    return _Venues(
        np.array([v.lat for v in venues]), np.array([v.lon for v in venues]), venues
    )


@lru_cache(maxsize=2)
def _entrances(version: str) -> _Points:
    pairs = list(Entrance.objects.order_by("key").values_list("lat", "lon"))
    return _Points(np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs]))


@lru_cache(maxsize=4)
def _bank_holidays(year: int) -> frozenset[dt.date]:
    """Give the days of a year on which weekly hours cannot be trusted in England."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def _near(
    venue: Venue, minutes: float, moment: dt.datetime, *, is_holiday: bool
) -> NearVenue:
    return NearVenue(
        id=venue.pk,
        name=venue.name,
        category=venue.category,
        category_words=Category(venue.category).label,
        detail=venue.detail,
        address=venue.address,
        postcode=venue.postcode,
        lat=venue.lat,
        lon=venue.lon,
        walk_minutes=minutes,
        open=hours.state(venue.week, at=moment, is_holiday=is_holiday),
        hours_text=venue.hours_text,
        week=hours.lines(venue.week),
        source=venue.source.name if venue.source else "Told to us",
        source_date=venue.source_date,
    )
