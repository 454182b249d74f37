"""What a listing says now, as facts: the shape that versions keep and forms show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from thedeal.community.facts import GroupFacts
from thedeal.community.models import (
    Activity,
    Contact,
    Group,
    OpeningHours,
    Session,
    Whereabouts,
)
from thedeal.community.states import ListingState

GROUP_FIELDS = (
    "name",
    "kind",
    "what",
    "legal_form",
    "charity_number",
    "website",
    "is_sensitive",
)
ACTIVITY_FIELDS = (
    "name",
    "description",
    "first_time",
    "asks",
    "timing",
    "is_online",
    "online_url",
    "cost_pence",
    "cost_words",
    "min_age",
    "max_age",
    "capacity",
    "capacity_places",
    "capacity_words",
    "capacity_until",
    "ends_on",
)
SESSION_FIELDS = (
    "starts_on",
    "at",
    "minutes",
    "rule",
    "left_out",
    "added",
    "is_term_time",
    "on_bank_holidays",
    "calendar_uid",
    "note",
)
HOURS_FIELDS = ("weekday", "opens", "closes", "is_term_time")


@dataclass(frozen=True, kw_only=True)
class Held:
    """One activity with what is kept apart of it."""

    row: Activity
    exact: Whereabouts | None
    sessions: Iterable[Session]
    hours: Iterable[OpeningHours]


def of(group: Group) -> GroupFacts:
    """Give what a group's listing says now, as facts (the contact left out)."""
    exact = {w.activity_id: w for w in Whereabouts.objects.filter(group=group)}
    return _read(group, exact)


def shown(group: Group) -> GroupFacts:
    """Give what anyone may read of a listing, as facts: blurred where it is."""
    return _read(group, {})


def as_written(group: Group, held: Iterable[Held]) -> GroupFacts:
    """Give the same of a group that was written just now, with no query."""
    given = _named(group, (*GROUP_FIELDS, "other_names"))
    given["source_ref"] = group.source_ref
    given["activities"] = [_activity_given(one) for one in held]
    return GroupFacts.read(given)


def _read(group: Group, exact: dict[UUID, Whereabouts]) -> GroupFacts:
    rows = (
        Activity.objects.filter(group=group)
        .exclude(state__in=[ListingState.ENDED, ListingState.MERGED])
        .prefetch_related("sessions", "opening_hours")
        .order_by("created_at", "id")
    )
    return as_written(
        group,
        (
            Held(
                row=row,
                exact=exact.get(row.pk),
                sessions=row.sessions.all(),
                hours=row.opening_hours.all(),
            )
            for row in rows
        ),
    )


def contact_of(group: Group) -> dict[str, Any]:
    """Give whom to ask about a group, as facts read it; {} where nobody is known."""
    contact = Contact.objects.filter(group=group).first()
    if contact is None:
        return {}
    return _named(contact, ("name", "phone", "email", "show"))


def _activity_given(held: Held) -> dict[str, Any]:
    row = held.row
    return {
        **_named(row, ACTIVITY_FIELDS),
        "id": str(row.pk),
        "source_ref": row.source_ref,
        "languages": row.languages,
        "themes": row.themes,
        "access": row.access,
        "spot": _spot_given(row, held.exact),
        "sessions": [_named(one, SESSION_FIELDS) for one in held.sessions],
        "hours": [_named(one, HOURS_FIELDS) for one in held.hours],
    }


def _spot_given(row: Activity, exact: Whereabouts | None) -> dict[str, Any]:
    place = exact or row
    venue = exact.venue_id if exact else row.venue_id
    return {
        "venue_id": str(venue or ""),
        "name": place.place_name,
        "address": place.address,
        "postcode": place.postcode,
        "lat": place.lat,
        "lon": place.lon,
    }


def _named(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
