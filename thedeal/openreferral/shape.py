"""A listing as Open Referral UK 3.0 has it: light for lists, full for one.

What has no value is left out: the standard's types know no null, and an empty text
fails wherever a format is set. What is blurred here was blurred when it was stored;
this face cannot read anything else. Arrays are only ever in the full form.
"""

import uuid
from typing import Any

from django.utils.encoding import iri_to_uri

from thedeal.community import screen
from thedeal.community.languages import name_of
from thedeal.community.models import Activity, Group
from thedeal.community.selectors import telling
from thedeal.community.states import ListingState
from thedeal.openreferral import times

SPACE = uuid.UUID("2f1d8c52-94cf-5d0b-8f35-7b1d5a6f0c11")
THEMES_ID = str(uuid.uuid5(SPACE, "taxonomy:themes"))
THEMES = "Themes"
PRIVATE = "Address not shown"
Body = dict[str, Any]


def made_id(*parts: object) -> str:
    """Give an id that stays the same for the same thing."""
    return str(uuid.uuid5(SPACE, ":".join(str(part) for part in parts)))


def bare(found: Body) -> Body:
    """Leave out what has no value; no and nought are values."""
    return {k: v for k, v in found.items() if v is not None and v not in ("", [], {})}


def moment(at: Any) -> str:
    """Give a moment with its zone, to the millisecond."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def organization(group: Group) -> Body:
    """Give a group; its description is required, so its name stands in for none."""
    return bare(
        {
            "id": str(group.pk),
            "name": group.name,
            "description": group.what or group.name,
            "email": group.contact_email,
            "website": iri_to_uri(group.website),
        }
    )


def organization_full(group: Group) -> Body:
    """Give a group with its charity number."""
    found = organization(group)
    if group.charity_number:
        found["organization_identifiers"] = [
            {
                "id": made_id("charity", group.pk),
                "organization_id": str(group.pk),
                "identifier_scheme": "GB-CHC",
                "identifier_type": "Charity number",
                "identifier": group.charity_number,
            }
        ]
    return found


def service(row: Any) -> Body:
    """Give one thing to join, as lists have it: no arrays."""
    group = row.group
    is_resting = row.state == ListingState.PAUSED
    checked = row.checked_at or group.checked_at
    return bare(
        {
            "id": str(row.pk),
            "organization_id": str(row.group_id),
            "name": row.name,
            "description": _described(row),
            "url": iri_to_uri(row.online_url or group.website),
            "email": group.contact_email,
            "status": "temporarily closed" if is_resting else "active",
            "fees": _fees(row),
            "minimum_age": row.min_age,
            "maximum_age": row.max_age,
            "assured_date": f"{checked:%Y-%m-%d}" if checked else "",
            "alert": _alert(row),
            "last_modified": moment(row.changed_at),
            "organization": organization(group),
        }
    )


def minimal(row: Any) -> Body:
    """Give only the id and when it changed, under both names that the texts use."""
    changed = moment(row.changed_at)
    return {"id": str(row.pk), "last_modified": changed, "modified_date": changed}


def _described(row: Activity) -> str:
    parts = (row.description, row.first_time)
    return "\n\n".join(part for part in parts if part)


def _fees(row: Activity) -> str:
    return row.cost_words or ("Free" if row.cost_pence == 0 else "")


def _alert(row: Activity) -> str:
    """Give what was said of room, while it holds."""
    says_more = row.capacity_words or row.capacity in telling.FULL
    return telling.room(row) if says_more else ""


def _capacities(row: Any) -> list[Body]:
    """Give how many there is room for (HSDS 3.1), where that was said and holds."""
    is_full = row.capacity in telling.FULL
    if not telling.room(row) or not (is_full or row.capacity_places):
        return []
    unit = {"id": made_id("unit", "place"), "name": "place"}
    said = {
        "id": made_id("capacity", row.pk),
        "service_id": str(row.pk),
        "unit": unit,
        "available": 0 if is_full else row.capacity_places,
        "updated": moment(row.capacity_at or row.changed_at),
    }
    return [said]


def service_full(row: Any) -> Body:
    """Give one thing to join with all that is nested in it."""
    return bare(
        {
            **service(row),
            "organization": organization_full(row.group),
            "schedules": schedules(row),
            "service_at_locations": [at_location_inside(row)] if has_place(row) else [],
            "languages": _languages(row),
            "cost_options": _costs(row),
            "capacities": _capacities(row),
            "contacts": _contacts(row.group),
            "attributes": _attributes(row),
        }
    )


def schedules(row: Any) -> list[Body]:
    """Give when it is: sessions, then opening hours."""
    found = [times.of_session(s, activity_id=row.pk) for s in row.sessions.all()]
    found += [times.of_hours(h, activity_id=row.pk) for h in row.opening_hours.all()]
    return found


def has_place(row: Activity) -> bool:
    """Say whether there is a place, or an address online, to tell of."""
    return bool(row.postcode or row.lat or row.place_name or row.is_online)


def at_location_inside(row: Any) -> Body:
    """Give where a service is, as the service holds it."""
    return {
        "id": str(row.pk),
        "service_id": str(row.pk),
        "location_id": location_id(row),
        "location": location(row),
    }


def at_location(row: Any) -> Body:
    """Give a service at its place, as lists have it."""
    place = {k: v for k, v in location(row).items() if not isinstance(v, list)}
    return at_location_inside(row) | {"location": place, "service": service(row)}


def at_location_full(row: Any) -> Body:
    """Give a service at its place with all that is nested in it."""
    inside = {k: v for k, v in service_full(row).items() if k != "service_at_locations"}
    return bare(
        at_location_inside(row) | {"service": inside, "schedules": schedules(row)}
    )


def location_id(row: Activity) -> str:
    """Give the venue's id where it is shown, else one of the activity's own."""
    return str(row.venue_id) if row.venue_id else made_id("location", row.pk)


def location(row: Any) -> Body:
    """Give the place as it may be shown, with what is known of getting in."""
    is_online = row.is_online and not row.postcode
    return bare(
        {
            "id": location_id(row),
            "location_type": "virtual" if is_online else "physical",
            "name": row.place_name,
            "url": iri_to_uri(row.online_url) if is_online else "",
            "latitude": row.lat,
            "longitude": row.lon,
            "addresses": [] if is_online else [_address(row)],
            "accessibility": _access(row),
        }
    )


def _address(row: Any) -> Body:
    """Give all six texts that the standard requires; for a blurred place, no street."""
    parts = [part.strip() for part in row.address.split(",") if part.strip()]
    county = row.authority.name
    return {
        "id": made_id("address", row.pk),
        "location_id": location_id(row),
        "address_1": (parts[0] if parts else row.place_name) or PRIVATE,
        "city": parts[-1] if len(parts) > 1 else county,
        "state_province": county,
        "postal_code": row.postcode or "unknown",
        "country": "GB",
        "address_type": "physical",
    }


def _access(row: Activity) -> list[Body]:
    return [
        {
            "id": made_id("access", row.pk, fact),
            "location_id": location_id(row),
            "description": f"{words}: {row.access[fact]}",
        }
        for fact, words in screen.ACCESS_WORDS.items()
        if row.access.get(fact) in ("yes", "no")
    ]


def _languages(row: Activity) -> list[Body]:
    return [
        {
            "id": made_id("language", row.pk, code),
            "service_id": str(row.pk),
            "code": code,
            "name": name_of(code),
        }
        for code in row.languages
    ]


def _costs(row: Activity) -> list[Body]:
    if row.cost_pence is None and not row.cost_words:
        return []
    amount = None if row.cost_pence is None else row.cost_pence / 100
    found = {
        "id": made_id("cost", row.pk),
        "service_id": str(row.pk),
        "amount": amount,
        "currency": "GBP" if amount is not None else "",
        "amount_description": row.cost_words,
    }
    return [bare(found)]


def _contacts(group: Group) -> list[Body]:
    """Give whom to ask, as far as its owner lets it be shown."""
    if not (group.contact_name or group.contact_phone or group.contact_email):
        return []
    found = {
        "id": made_id("contact", group.pk),
        "name": group.contact_name,
        "email": group.contact_email,
        "phones": _phones(group),
    }
    return [bare(found)]


def _phones(group: Group) -> list[Body]:
    if not group.contact_phone:
        return []
    return [{"id": made_id("phone", group.pk), "number": group.contact_phone}]


def _attributes(row: Activity) -> list[Body]:
    return [
        {
            "id": made_id("attribute", row.pk, theme),
            "link_id": str(row.pk),
            "link_type": "theme",
            "link_entity": "service",
            "taxonomy_term_id": term_id(theme),
            "taxonomy_term": term(theme),
        }
        for theme in row.themes
    ]


def term_id(theme: str) -> str:
    """Give a theme's id."""
    return made_id("theme", theme)


def term(theme: str) -> Body:
    """Give a theme as a taxonomy term."""
    return {
        "id": term_id(theme),
        "name": theme,
        "description": theme,
        "taxonomy": THEMES,
        "taxonomy_id": THEMES_ID,
        "term": theme,
    }


def taxonomy() -> Body:
    """Give the one taxonomy there is."""
    return {
        "id": THEMES_ID,
        "name": THEMES,
        "description": "What a thing to join is about, in the directory's own words.",
        "version": "1",
    }
