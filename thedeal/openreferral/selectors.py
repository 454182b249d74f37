"""Reads what may be passed on: shown listings of sources whose licence allows it.

In the order of their ids, which never changes and never ties, so that pages do not
overlap. Runs on the public login.
"""

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import (
    Coalesce,
    ExtractHour,
    ExtractMinute,
    Greatest,
)

from thedeal.community.models import Activity, Group, OpeningHours, Session, Source
from thedeal.community.states import SHOWN
from thedeal.lib.errors import UserFacingError
from thedeal.openreferral import shape
from thedeal.openreferral.asking import Asked
from thedeal.places import selectors as places

CHUNK = 500
METRES_A_DEGREE = 111_320.0
PLACED = ~Q(postcode="") | Q(lat__isnull=False) | ~Q(place_name="") | Q(is_online=True)


class LastSaid(Func):
    """When any field of a row was last said, by its provenance."""

    template = (
        "(select max((said.value->>'at')::timestamptz) "
        "from jsonb_each(%(expressions)s) said)"
    )
    output_field = DateTimeField()


def services() -> QuerySet[Any]:
    """Give every service that may be passed on, with when it last changed."""
    return (
        Activity.objects.filter(
            state__in=SHOWN,
            group__state__in=SHOWN,
            source__may_republish=True,
            group__source__may_republish=True,
        )
        .select_related("group", "authority")
        .annotate(
            changed_at=Greatest(
                "created_at",
                Coalesce(F("checked_at"), F("created_at")),
                Coalesce(F("capacity_at"), F("created_at")),
                Coalesce(LastSaid(F("provenance")), F("created_at")),
                Coalesce(LastSaid(F("group__provenance")), F("created_at")),
            )
        )
        .defer("search", "plain")
        .order_by("id")
    )


def with_times(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Give rows with their sessions and opening hours: two more queries in all."""
    return rows.prefetch_related("sessions", "opening_hours")


def found(asked: Asked) -> QuerySet[Any]:
    """Give the services that every filter lets through."""
    rows = services()
    if asked.search:
        query = SearchQuery(asked.search, config="english", search_type="websearch")
        rows = rows.filter(search=query)
    if asked.organization_id:
        rows = rows.filter(group_id=asked.organization_id)
    if asked.modified_after:
        rows = rows.filter(changed_at__gte=asked.modified_after)
    rows = _by_term(rows, asked)
    rows = _by_age(rows, asked)
    rows = _by_time(rows, asked)
    return _by_place(rows, asked)


def at_locations(asked: Asked) -> QuerySet[Any]:
    """Give the services that say where they are."""
    return found(asked).filter(PLACED)


def _by_term(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    if asked.taxonomy_id:
        if str(asked.taxonomy_id) != shape.THEMES_ID:
            return rows.none()
        rows = rows.exclude(themes=[])
    if asked.term_id:
        theme = term_named(asked.term_id)
        rows = rows.filter(themes__contains=[theme]) if theme else rows.none()
    return rows


def _by_age(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    """Keep what is for anybody between the two ages: ranges that overlap."""
    if asked.minimum_age is not None:
        rows = rows.filter(Q(max_age__isnull=True) | Q(max_age__gte=asked.minimum_age))
    if asked.maximum_age is not None:
        rows = rows.filter(Q(min_age__isnull=True) | Q(min_age__lte=asked.maximum_age))
    return rows


def _by_time(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    """Keep what opens at or after, and closes at or before, on one and the same day."""
    if asked.day is None and asked.starts is None and asked.ends is None:
        return rows
    sessions = Session.objects.filter(activity=OuterRef("pk"))
    hours = OpeningHours.objects.filter(activity=OuterRef("pk"))
    if asked.day is not None:
        sessions = sessions.filter(weekdays__contains=[asked.day])
        hours = hours.filter(weekday=asked.day)
    if asked.starts is not None:
        sessions = sessions.filter(at__gte=asked.starts)
        hours = hours.filter(opens__gte=asked.starts)
    if asked.ends is not None:
        last = asked.ends.hour * 60 + asked.ends.minute
        sessions = sessions.annotate(ends=_end_minutes()).filter(ends__lte=last)
        hours = hours.filter(closes__lte=asked.ends).exclude(closes=dt.time(0))
    return rows.filter(Exists(sessions) | Exists(hours))


def _end_minutes() -> Any:
    return ExpressionWrapper(
        ExtractHour("at") * 60 + ExtractMinute("at") + F("minutes"),
        output_field=IntegerField(),
    )


def _by_place(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    """Keep what is within so many metres of the postcode, as the crow flies."""
    if not asked.postcode:
        return rows
    at = places.position_of(asked.postcode)
    if at is None:
        raise UserFacingError(f"{asked.postcode} is not a postcode that we know.")
    lat, lon = at
    reach = asked.proximity_m / METRES_A_DEGREE
    squeeze = math.cos(math.radians(lat))
    north, east = F("lat") - Value(lat), (F("lon") - Value(lon)) * Value(squeeze)
    apart = ExpressionWrapper(north * north + east * east, output_field=FloatField())
    box = rows.filter(
        lat__range=(lat - reach, lat + reach),
        lon__range=(lon - reach / squeeze, lon + reach / squeeze),
    )
    near: QuerySet[Any] = box.annotate(apart=apart).filter(apart__lte=reach * reach)
    return near


def organizations(asked: Asked) -> QuerySet[Group]:
    """Give the groups that have a service to pass on."""
    rows = Group.objects.filter(pk__in=services().order_by().values("group_id"))
    if asked.search:
        words = asked.search
        rows = rows.filter(Q(name__icontains=words) | Q(what__icontains=words))
    return rows.order_by("id")


def services_of(group: Group) -> QuerySet[Any]:
    """Give the services of one group."""
    return services().filter(group=group)


def themes() -> list[str]:
    """Give every theme of what may be passed on, in order."""
    rows = services().order_by().annotate(theme=Func(F("themes"), function="unnest"))
    return sorted(set(rows.values_list("theme", flat=True)))


def term_named(pk: UUID) -> str:
    """Give the theme of a term's id, or ""."""
    return next((t for t in themes() if shape.term_id(t) == str(pk)), "")


def licences() -> list[dict[str, str]]:
    """Give each source with the licence that lets us pass it on."""
    rows = Source.objects.filter(may_republish=True).order_by("name", "id")
    return [
        shape.bare(
            {
                "source": row.name,
                "licence": row.licence,
                "licence_url": row.licence_url,
                "attribution": row.attribution,
            }
        )
        for row in rows
    ]


def each(rows: QuerySet[Any]) -> Iterator[Any]:
    """Give all rows, some hundreds at a time: never all in memory."""
    yield from rows.iterator(chunk_size=CHUNK)
