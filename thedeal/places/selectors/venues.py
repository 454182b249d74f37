"""Reads of venues: which are near, how far on foot, and whether they are open.

Minutes come from straight lines, so they are about. Venues are held in the process,
made once for each version of the places.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import holidays
import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet
from django.utils import timezone

from thedeal.places import hours, walking
from thedeal.places.models import Category, Entrance, Neighbourhood, Venue
from thedeal.places.selectors.areas import version

FURTHEST_MINUTES = 120.0


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


def hubs_near(
    lat: float,
    lon: float,
    *,
    limit_minutes: float = 20,
    categories: Iterable[str] = (),
    walker: str = walking.USUAL,
    at: dt.datetime | None = None,
) -> list[NearVenue]:
    """Give the open venues within a walk of a point, nearest first.

    ``limit_minutes`` is capped at two hours. One query where the version is known to
    the process already. Minutes come from straight lines: say "about".
    """
    index = _venues(version())
    if not len(index.venues):
        return []
    minutes = walking.minutes_from(
        lat, lon, lats=index.lats, lons=index.lons, walker=walker
    )
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


def nearest_green_space(
    lat: float, lon: float, *, walker: str = walking.USUAL
) -> float | None:
    """Give about how many minutes' walk the nearest way into a green space is."""
    index = _entrances(version())
    if not len(index.lats):
        return None
    minutes = walking.minutes_from(
        lat, lon, lats=index.lats, lons=index.lons, walker=walker
    )
    return float(minutes.min())


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


@dataclass(frozen=True)
class _Points:
    lats: npt.NDArray[np.float64]
    lons: npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Venues(_Points):
    venues: list[Venue]


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
