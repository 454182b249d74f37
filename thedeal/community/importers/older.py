"""Open Referral UK 1.0, and Outpost's variant of it, put into the words of 3.0. Pure.

The names that changed are in the standard's own list of changes; Outpost (as served in
Buckinghamshire) has 1.0 paging, whole numbers for ids and names of its own.
"""

from typing import Any

from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import objects, text_of

OLD = {
    "regular_schedules", "holiday_schedules", "eligibilitys", "service_taxonomys",
    "fundings", "taxonomies", "suitabilities", "locations", "free", "organisation",
    "min_age", "max_age", "deliverable_type", "attending_type", "attending_access",
}  # fmt: skip
LISTS = {
    "deliverable_type": {
        "Advice", "Assessment", "Counselling", "Equipment", "Financial Support",
        "Information", "Permission", "Training",
    },
    "attending_type": {"phone", "online", "venue", "home visit"},
    "attending_access": {"referral", "appointment", "membership", "drop-in"},
}  # fmt: skip
BANDS = {
    "age_band_under_2": (0, 1),
    "age_band_2_to_4": (2, 4),
    "age_band_5_to_7": (5, 7),
    "age_band_8_to_11": (8, 11),
    "age_band_12_plus": (12, 120),
    "age_band_all": (0, 120),
}


def is_older(body: dict[str, Any]) -> bool:
    """Say whether a service is in the words of 1.0 or of Outpost."""
    return bool(OLD & body.keys()) or any(band in body for band in BANDS)


def modern(body: dict[str, Any], oddities: Oddities, where: str) -> dict[str, Any]:
    """Give the service in the words of 3.0; what 3.0 has no word for stays beside."""
    _note_values(body, oddities, where)
    found = dict(body)
    found["organization"] = _first(objects(body, "organization", "organisation"))
    found["schedules"] = _schedules(body) or objects(body, "schedules")
    found["attributes"] = _attributes(body)
    found["service_at_locations"] = _places(body)
    found |= _eligible(body)
    if body.get("free") is True and not objects(body, "cost_options"):
        found["fees"] = "Free"
    return found


def _first(held: list[dict[str, Any]]) -> dict[str, Any]:
    return held[0] if held else {}


def _note_values(body: dict[str, Any], oddities: Oddities, where: str) -> None:
    for name, known in LISTS.items():
        said = text_of(body, name)
        if said and said not in known:
            oddities.note("value not in the standard", where)


def _schedules(held: dict[str, Any]) -> list[dict[str, Any]]:
    regular = objects(held, "regular_schedules", "schedules")
    closed = [
        {"notes": _closed_words(one)} for one in objects(held, "holiday_schedules")
    ]
    return regular + [one for one in closed if one["notes"]]


def _closed_words(given: dict[str, Any]) -> str:
    names = ("start_date", "end_date")
    between = " to ".join(text_of(given, n) for n in names if text_of(given, n))
    is_shut = given.get("closed") in (True, "true", "TRUE", 1)
    return f"{'Closed' if is_shut else 'Other hours'} {between}" if between else ""


def _attributes(body: dict[str, Any]) -> list[dict[str, Any]]:
    found = objects(body, "attributes")
    for link in objects(body, "service_taxonomys"):
        found.append({"taxonomy_term": _first(objects(link, "taxonomy"))})
    for name in ("taxonomies", "suitabilities"):
        found += [{"taxonomy_term": one} for one in objects(body, name)]
    return found


def _places(body: dict[str, Any]) -> list[dict[str, Any]]:
    held = objects(body, "service_at_locations")
    held = held or [{"location": one} for one in objects(body, "locations")]
    return [
        {
            **one,
            "location": _location(_first(objects(one, "location"))),
            "schedules": _schedules(one),
        }
        for one in held
    ]


def _location(given: dict[str, Any]) -> dict[str, Any]:
    found = dict(given)
    access = objects(
        given, "accessibility", "accessibility_for_disabilities", "accessibilities"
    )
    found["accessibility"] = [{"description": one.get("name"), **one} for one in access]
    if "address_1" in given or "postal_code" in given:  # Outpost: flat
        found["addresses"] = [given]
    shape = _first(objects(given, "geometry"))
    point = shape.get("coordinates")
    if shape.get("type") == "Point" and isinstance(point, list) and len(point) > 1:
        found["longitude"], found["latitude"] = point[0], point[1]
    return found


def _eligible(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, short in (("minimum_age", "min_age"), ("maximum_age", "max_age")):
        said = [body.get(name), body.get(short)]
        said += [one.get(name) for one in objects(body, "eligibilitys")]
        found[name] = next((one for one in said if one not in (None, "")), None)
    words = [text_of(one, "eligibility") for one in objects(body, "eligibilitys")]
    if any(words) and not body.get("eligibility_description"):
        found["eligibility_description"] = "; ".join(w for w in words if w)
    bands = [span for band, span in BANDS.items() if body.get(band) is True]
    if bands and found["minimum_age"] is None and found["maximum_age"] is None:
        found["minimum_age"] = min(low for low, _ in bands)
        found["maximum_age"] = max(high for _, high in bands)
    return found
