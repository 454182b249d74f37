"""What a listing says now, as facts: the shape that versions keep and forms show."""

from typing import Any
from uuid import UUID

from thedeal.community.facts import GroupFacts
from thedeal.community.models import Activity, Contact, Group, Whereabouts
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


def of(group: Group) -> GroupFacts:
    """Give what a group's listing says now, as facts (the contact left out)."""
    exact = {w.activity_id: w for w in Whereabouts.objects.filter(group=group)}
    return _read(group, exact)


def shown(group: Group) -> GroupFacts:
    """Give what anyone may read of a listing, as facts: blurred where it is."""
    return _read(group, {})


def _read(group: Group, exact: dict[UUID, Whereabouts]) -> GroupFacts:
    rows = (
        Activity.objects.filter(group=group)
        .exclude(state__in=[ListingState.ENDED, ListingState.MERGED])
        .prefetch_related("sessions", "opening_hours")
        .order_by("created_at", "id")
    )
    given = {name: getattr(group, name) for name in (*GROUP_FIELDS, "other_names")}
    given["source_ref"] = group.source_ref
    given["activities"] = [_activity_given(row, exact.get(row.pk)) for row in rows]
    return GroupFacts.read(given)


def contact_of(group: Group) -> dict[str, Any]:
    """Give whom to ask about a group, as facts read it; {} where nobody is known."""
    contact = Contact.objects.filter(group=group).first()
    if contact is None:
        return {}
    names = ("name", "phone", "email", "show")
    return {name: getattr(contact, name) for name in names}


def _activity_given(row: Activity, exact: Whereabouts | None) -> dict[str, Any]:
    place = exact or row
    venue = exact.venue_id if exact else row.venue_id
    return {
        **{name: getattr(row, name) for name in ACTIVITY_FIELDS},
        "id": str(row.pk),
        "source_ref": row.source_ref,
        "languages": row.languages,
        "themes": row.themes,
        "access": row.access,
        "spot": {
            "venue_id": str(venue or ""),
            "name": place.place_name,
            "address": place.address,
            "postcode": place.postcode,
            "lat": place.lat,
            "lon": place.lon,
        },
        "sessions": [
            {
                "starts_on": s.starts_on,
                "at": s.at,
                "minutes": s.minutes,
                "rule": s.rule,
                "left_out": s.left_out,
                "added": s.added,
                "is_term_time": s.is_term_time,
                "on_bank_holidays": s.on_bank_holidays,
                "calendar_uid": s.calendar_uid,
                "note": s.note,
            }
            for s in row.sessions.all()
        ],
        "hours": [
            {
                "weekday": h.weekday,
                "opens": h.opens,
                "closes": h.closes,
                "is_term_time": h.is_term_time,
            }
            for h in row.opening_hours.all()
        ],
    }
