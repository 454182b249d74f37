"""Writes what an area record's files gave into the database, all of it or nothing.

Loading again changes only what changed: rows are matched by their own code or key,
and what a newer edition no longer has goes: venues are closed, never deleted, since
a deal may point at them. Nothing here ever touches a venue that people added.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import shapely
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from shapely.geometry import mapping, shape

from thedeal.audit.actions import trail
from thedeal.lib import definitions, logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority
from thedeal.places import permissions
from thedeal.places.importers import Gathered
from thedeal.places.importers.region import Region
from thedeal.places.importers.rows import AreaRow
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

M = TypeVar("M", bound=models.Model)
BATCH = 2_000
PLACES = 6  # decimals of a degree
Sources = Mapping[str, Source]


@logins.atomic
def load(*, gathered: Gathered, authority: Authority, by: Any) -> Load:
    """Write all that was gathered for an authority; give the load, with its report.

    Raises UserFacingError where a category or measure is not one of ours, or where
    the neighbourhoods leave out part of the borough.
    """
    permissions.check_can_change_places(by, authority=authority)
    region = gathered.region
    _check_names(region)
    sources = _write_sources(region)
    neighbourhoods = _write_neighbourhoods(region, authority)
    _write_areas(region, sources, neighbourhoods)
    _write_postcodes(region, sources, neighbourhoods)
    _write_figures(region, sources)
    _write_venues(region, sources, neighbourhoods, authority)
    _write_entrances(region, sources, neighbourhoods, authority)
    done = Load.objects.create(
        authority=authority,
        record=region.record.id,
        digest=gathered.digest,
        report=[report.as_dict() for report in gathered.reports],
        by_id=getattr(by, "pk", None),
    )
    trail.record("places.loaded", by=by, subject=done, record=region.record.id)
    return done


def _check_names(region: Region) -> None:
    categories = {venue.category for venue in region.venues.values()}
    unknown = categories - set(Category.values)
    if unknown:
        raise UserFacingError(
            f"No kind of place called {', '.join(sorted(unknown))}. There are: "
            f"{', '.join(Category.values)}."
        )
    for measure in sorted({m for _, m, _ in region.figures}):
        if f"area_measures.{measure}" not in definitions.everything():
            raise UserFacingError(
                f"No measure called {measure}: add it to definitions/area_measures.yaml."
            )


def _write_sources(region: Region) -> Sources:
    named = {f.name for f in Source._meta.fields} - {"id", "created_at"}
    rows = [
        Source(**{name: given.get(name, "") for name in named})
        for given in region.record.sources
    ]
    _upsert(rows, unique=("key",))
    return Source.objects.in_bulk([row.key for row in rows], field_name="key")


def _write_neighbourhoods(
    region: Region, authority: Authority
) -> dict[str, Neighbourhood]:
    """Give the neighbourhoods by name, with boundaries joined from their areas."""
    parts: dict[str, list[AreaRow]] = {}
    for code, name in sorted(region.members.items()):
        parts.setdefault(name, []).append(region.areas["lsoa", code])
    slugs = _slugs(parts, authority)
    rows = [
        Neighbourhood(
            authority=authority,
            name=name,
            slug=slugs[name],
            population=_population(region, areas),
            grouping=region.record.grouping,
            **_joined(areas),
        )
        for name, areas in parts.items()
    ]
    _upsert(rows, unique=("authority", "name"), keep=("slug",))
    mine = Neighbourhood.objects.filter(authority=authority)
    mine.exclude(name__in=parts).delete()
    return {row.name: row for row in mine}


def _slugs(names: Iterable[str], authority: Authority) -> dict[str, str]:
    """Give each name its address; one that another council has gains our own."""
    others = Neighbourhood.objects.exclude(authority=authority)
    taken = set(others.values_list("slug", flat=True))
    found = {}
    for name in names:
        plain = slugify(name)[:60]
        found[name] = f"{authority.slug}-{plain}"[:80] if plain in taken else plain
    return found


def _population(region: Region, areas: Iterable[AreaRow]) -> int:
    """Give the sum of the newest count of all people in each area."""
    counted: dict[str, tuple[str, float]] = {}
    for (code, measure, as_at), row in region.figures.items():
        if measure == "people_all" and as_at >= counted.get(code, ("", 0.0))[0]:
            counted[code] = (as_at, row.amount)
    return round(sum(counted.get(area.code, ("", 0.0))[1] for area in areas))


def _joined(areas: Iterable[AreaRow]) -> dict[str, Any]:
    """Give the outline of areas together: slivers between generalised edges closed."""
    whole = shapely.union_all([shape(area.boundary) for area in areas])
    sliver = 0.00002  # degrees, about 2 metres
    whole = whole.buffer(sliver, join_style="mitre").buffer(-sliver, join_style="mitre")
    whole = shapely.transform(whole, lambda points: points.round(PLACES))
    inside = whole.representative_point()
    west, south, east, north = whole.bounds
    return {
        "boundary": mapping(whole),
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "lat": round(inside.y, PLACES),
        "lon": round(inside.x, PLACES),
    }


def _write_areas(
    region: Region, sources: Sources, neighbourhoods: Mapping[str, Neighbourhood]
) -> None:
    rows = []
    for row in region.areas.values():
        parent = region.parents.get(row.code)
        west, south, east, north = row.bbox
        rows.append(
            Area(
                kind=row.kind,
                code=row.code,
                name=row.name,
                year=row.year,
                borough_code=region.record.borough_code,
                msoa_code=parent.msoa_code if parent else "",
                ward_code=parent.ward_code if parent else "",
                neighbourhood=neighbourhoods.get(region.members.get(row.code, "")),
                source=sources[row.source],
                boundary=row.boundary,
                west=west,
                south=south,
                east=east,
                north=north,
                lat=row.lat,
                lon=row.lon,
            )
        )
    _upsert(rows, unique=("kind", "code", "year"))
    own = Area.objects.filter(borough_code=region.record.borough_code)
    own.exclude(code__in=[row.code for row in rows]).delete()


def _write_postcodes(
    region: Region, sources: Sources, neighbourhoods: Mapping[str, Neighbourhood]
) -> None:
    own = region.record.borough_code
    # a border postcode whose own council is here too stays as that council loaded it
    boroughs = Area.objects.filter(kind=AreaKind.BOROUGH).exclude(code=own)
    anothers = set(boroughs.values_list("code", flat=True))
    rows = [
        Postcode(
            text=row.text,
            lat=row.lat,
            lon=row.lon,
            lsoa_code=row.lsoa_code,
            msoa_code=row.msoa_code,
            ward_code=row.ward_code,
            borough_code=row.borough_code,
            other_council=row.other_council,
            introduced_on=row.introduced or None,
            terminated_on=row.terminated or None,
            neighbourhood=neighbourhoods.get(region.members.get(row.lsoa_code, "")),
            source=sources[row.source],
        )
        for row in region.postcodes.values()
        if row.borough_code not in anothers
    ]
    _upsert(rows, unique=("text",))
    mine = Postcode.objects.filter(borough_code=own)
    mine.exclude(text__in=[row.text for row in rows]).delete()


def _write_figures(region: Region, sources: Sources) -> None:
    areas = Area.objects.filter(borough_code=region.record.borough_code)
    ids = dict(areas.values_list("code", "pk"))
    rows = [
        AreaFigure(
            area_id=ids[row.area_code],
            measure=row.measure,
            amount=row.amount,
            unit=definitions.get(f"area_measures.{row.measure}").unit,
            as_at=row.as_at,
            source=sources[row.source],
        )
        for row in region.figures.values()
    ]
    _upsert(rows, unique=("area", "measure", "as_at"))
    kept = {(row.area_id, row.measure, row.as_at) for row in rows}
    stored = AreaFigure.objects.filter(area_id__in=ids.values())
    gone = [
        pk
        for pk, *its in stored.values_list("pk", "area_id", "measure", "as_at")
        if tuple(its) not in kept
    ]
    AreaFigure.objects.filter(pk__in=gone).delete()


def _write_venues(
    region: Region,
    sources: Sources,
    neighbourhoods: Mapping[str, Neighbourhood],
    authority: Authority,
) -> None:
    rows = []
    for row in region.venues.values():
        lsoa = region.code_at("lsoa", lat=row.lat, lon=row.lon)
        rows.append(
            Venue(
                authority=authority,
                key=f"{authority.slug}:{row.key}"[:120],
                name=row.name,
                category=row.category,
                detail=row.detail,
                address=row.address,
                postcode=row.postcode,
                lat=row.lat,
                lon=row.lon,
                lsoa_code=lsoa,
                neighbourhood=neighbourhoods.get(region.members.get(lsoa, "")),
                week=row.week,
                hours_text=row.hours_text,
                uprn=row.uprn,
                closed_on=None,
                source=sources[row.source],
                source_ref=row.source_ref,
                source_date=row.source_date,
            )
        )
    _upsert(rows, unique=("key",))
    gone = Venue.objects.filter(
        authority=authority, source__isnull=False, closed_on__isnull=True
    )
    gone.exclude(key__in=[row.key for row in rows]).update(
        closed_on=timezone.localdate()
    )


def _write_entrances(
    region: Region,
    sources: Sources,
    neighbourhoods: Mapping[str, Neighbourhood],
    authority: Authority,
) -> None:
    rows = []
    for row in region.entrances.values():
        lsoa = region.code_at("lsoa", lat=row.lat, lon=row.lon)
        rows.append(
            Entrance(
                authority=authority,
                key=f"{authority.slug}:{row.key}"[:120],
                kind=row.kind,
                name=row.name,
                lat=row.lat,
                lon=row.lon,
                neighbourhood=neighbourhoods.get(region.members.get(lsoa, "")),
                source=sources[row.source],
            )
        )
    _upsert(rows, unique=("key",))
    mine = Entrance.objects.filter(authority=authority)
    mine.exclude(key__in=[row.key for row in rows]).delete()


def _upsert(
    rows: list[M], *, unique: tuple[str, ...], keep: tuple[str, ...] = ()
) -> None:
    """Write rows in a few statements; where one is there already, bring it up to date.

    The row's id and the day it was first written stay, and so do the fields ``keep``.
    """
    if not rows:
        return
    model = type(rows[0])
    fixed = {"id", "created_at", *unique, *keep}
    changing = [f.name for f in model._meta.fields if f.name not in fixed]
    model._default_manager.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=unique,
        update_fields=changing,
    )
