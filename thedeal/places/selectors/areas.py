"""Reads of neighbourhoods: which there are, and which one a point is in.

Shapes are held in the process as arrays, made once for each version of the places and
thrown away when it changes.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import shapely
from django.db.models import QuerySet
from shapely.geometry import shape

from thedeal.places.models import Area, Load, Neighbourhood

METRES_A_DEGREE = 111_195.0  # of latitude


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
    return neighbourhood_ids_at([(lat, lon)])[0]


def neighbourhood_ids_at(points: Iterable[tuple[float, float]]) -> list[UUID | None]:
    """Give the same for many points. One query, however many."""
    index = _areas(version())
    found = []
    for lat, lon in points:
        inside = index.tree.query(shapely.Point(lon, lat), predicate="intersects")
        found.append(index.neighbourhoods[min(inside)] if len(inside) else None)
    return found


def version() -> str:
    """Give the version of the places data: what is cached is cached under it."""
    newest = Load.objects.order_by("-created_at").values_list("pk", flat=True).first()
    return str(newest or "")


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


@dataclass(frozen=True)
class _Areas:
    tree: Any
    neighbourhoods: list[UUID]
    boundaries: list[Any]


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
