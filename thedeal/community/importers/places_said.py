"""Where a feed's service happens: venue, address, point, access, or online. Pure."""

import re
from dataclasses import dataclass, field
from typing import Any

from thedeal.community.importers import tidying
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import made_id, objects, text_of
from thedeal.lib import postcodes

# a listing of such a place is blurred until somebody who knows says otherwise
SENSITIVE = re.compile(
    r"\b(women'?s (refuge|aid)|refuge (accommodation|for)|domestic (abuse|violence))\b",
    re.IGNORECASE,
)
ACCESS: dict[str, str] = {
    "step_free": r"step[- ]?free|level access|(?<!partial )wheelchair access(ible)?\b"
    r"(?! toilet)|wheelchair accessible entrance",
    "hearing_loop": r"(hearing|induction) loop",
    "toilet": r"accessible toilet|disabled toilet|wheelchair accessible toilet",
    "changing_place": r"changing places? (toilet|facilit)",
    "quiet": r"quiet (room|space|area)",
    "parking": r"\b(car|disabled|blue badge)[a-z ]* ?park",
}
DENIED = re.compile(r"\b(no|not|without|isn't|partial|limited)\b", re.IGNORECASE)


@dataclass(kw_only=True)
class Place:
    """One place of a service, as facts take it, with its own timetable."""

    ref: str = ""
    given: dict[str, Any] = field(default_factory=dict)
    is_online: bool = False
    online_url: str = ""
    access: dict[str, str] = field(default_factory=dict)
    schedules: list[dict[str, Any]] = field(default_factory=list)


def is_sensitive(body: dict[str, Any]) -> bool:
    """Say whether its place must be blurred: masked at the source, or a refuge."""
    at = [one.get("location") or {} for one in objects(body, "service_at_locations")]
    masked = (text_of(o, "mask_exact_address").lower() for o in [body, *at])
    words = f"{body.get('name')} {text_of(body, 'description')}"
    return any(m in ("true", "1", "yes") for m in masked) or bool(
        SENSITIVE.search(words)
    )


def spots(body: dict[str, Any], oddities: Oddities, where: str) -> list[Place]:
    """Give each place of a service, at least one: none is a place that is not said."""
    held = objects(body, "service_at_locations")
    if not held:
        held = [{"location": one} for one in objects(body, "locations")]
    found = [
        _place(one, location, oddities, where)
        for one in held
        for location in objects(one, "location") or [{}]
    ]
    found = list({place.ref: place for place in found}.values()) or [Place()]
    if not any(p.is_online or p.given.get("postcode") for p in found) and not any(
        p.given.get("lat") for p in found
    ):
        oddities.note("no place", where)
    _share_schedules(body, found)
    return found


def _share_schedules(body: dict[str, Any], found: list[Place]) -> None:
    """Give each place its own timetable, else the service's."""
    own = objects(body, "schedules")
    for place in found:
        meant = [s for s in own if text_of(s, "service_at_location_id") == place.ref]
        general = [s for s in own if not text_of(s, "service_at_location_id")]
        place.schedules = place.schedules or meant or general


def _place(
    held: dict[str, Any], location: dict[str, Any], oddities: Oddities, where: str
) -> Place:
    is_online = text_of(location, "location_type").lower() == "virtual"
    name = " ".join(tidying.description(location.get("name"), oddities, where).split())
    address = _address(location)
    lat, lon = tidying.point(location, oddities, where)
    code = _postcode(address, oddities, where)
    ref = text_of(held, "id") or text_of(location, "id") or made_id(name, code)
    said = [text_of(address, n) for n in ("address_1", "address_2", "city")]
    spot = {
        "name": name,
        "address": ", ".join(part for part in said if part and part != name),
        "postcode": code,
        "lat": lat,
        "lon": lon,
    }
    return Place(
        ref=ref,
        given={} if is_online else spot,
        is_online=is_online,
        online_url=tidying.web_address(location.get("url"), oddities, where)
        if is_online
        else "",
        access=access_said(objects(location, "accessibility")),
        schedules=objects(held, "schedules") or objects(location, "schedules"),
    )


def _address(location: dict[str, Any]) -> dict[str, Any]:
    found = objects(location, "addresses", "physical_addresses", "postal_addresses")
    real = [a for a in found if text_of(a, "address_type").lower() != "postal"]
    return (real or found or [{}])[0]


def _postcode(address: dict[str, Any], oddities: Oddities, where: str) -> str:
    typed = text_of(address, "postal_code") or text_of(address, "postcode")
    if not typed.strip():
        return ""
    found = postcodes.normalise(typed)
    if found is None:
        oddities.note("postcode odd", where)
    return found or ""


def access_said(held: list[dict[str, Any]]) -> dict[str, str]:
    """Give what words about access say is there; doubtful words say nothing."""
    found: dict[str, str] = {}
    for one in held:
        names = ("accessibility", "description", "details")
        for words in {text_of(one, name) for name in names}:
            for sentence in re.split(r"[.;\n]", words):
                if DENIED.search(sentence):
                    continue
                for fact, pattern in ACCESS.items():
                    if re.search(pattern, sentence, re.IGNORECASE):
                        found[fact] = "yes"
    return found
