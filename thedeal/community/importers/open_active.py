"""OpenActive's paged feeds (RPDE), deletions included, in the words of 3.0. Pure.

https://openactive.io/realtime-paged-data-exchange/ : items in order of change, each
"updated" with its data or "deleted"; the next page's address comes with each page.
"""

import datetime as dt
import re
from typing import Any

from thedeal.community import cleaning
from thedeal.community.importers import moments
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import made_id, objects, text_of

MOST_DATES = 60
MILLISECONDS_FROM = 1_000_000_000_000  # below it "modified" only counts changes
FREQS = {"P1W": ("WEEKLY", 1), "P2W": ("WEEKLY", 2), "P1M": ("MONTHLY", 1)}
FREQS |= {"P7D": ("WEEKLY", 1), "P1D": ("DAILY", 1), "P14D": ("WEEKLY", 2)}


def is_item(body: dict[str, Any]) -> bool:
    """Say whether a body is an item of such a feed."""
    return "state" in body and "modified" in body and "id" in body


def is_deleted(body: Any) -> bool:
    """Say whether a body is an item that says its record is gone."""
    if not isinstance(body, dict) or not is_item(body):
        return False
    return text_of(body, "state").lower() == "deleted"


def modern(item: dict[str, Any], oddities: Oddities, where: str) -> dict[str, Any]:
    """Give an updated item in the words of Open Referral 3.0."""
    data = item.get("data") if isinstance(item.get("data"), dict) else {}
    assert isinstance(data, dict)  # noqa: S101 - said just above; for the type checker
    more = objects(data, "superEvent")
    for above in more:  # a scheduled session takes what its series says
        data = {**above, **data}
    venue = (objects(data, "location", "beta:affiliatedLocation") or [{}])[0]
    description = text_of(data, "description").strip()
    return {
        "id": text_of(item, "id"),
        "name": text_of(data, "name") or _label(data.get("activity")),
        "description": "" if description == "-" else description,
        "url": text_of(data, "url"),
        "status": "active",
        "last_modified": _modified(item),
        **_ages(data),
        "organization": _organisation(data, venue),
        "service_at_locations": [{"location": _location(venue)}] if venue else [],
        "schedules": _schedules(data, oddities, where),
        "cost_options": _offers(data),
        "attributes": [
            {"taxonomy_term": {"name": name}}
            for name in (_labels(data.get("activity")) + _labels(data.get("category")))
        ],
    }


def _modified(item: dict[str, Any]) -> str:
    try:
        number = int(item.get("modified") or 0)
    except (TypeError, ValueError):
        return ""
    if number < MILLISECONDS_FROM:
        return ""
    return dt.datetime.fromtimestamp(number / 1000, tz=dt.UTC).isoformat()


def _labels(given: Any) -> list[str]:
    """Give the words of concepts, which some feeds give as plain text."""
    held = given if isinstance(given, list) else [given]
    found = [x.get("prefLabel") if isinstance(x, dict) else x for x in held]
    return [str(x) for x in found if x]


def _label(given: Any) -> str:
    return next(iter(_labels(given)), "")


def _organisation(data: dict[str, Any], venue: dict[str, Any]) -> dict[str, Any] | None:
    """Give who runs it: its organiser, or else the place where it is."""
    about = (objects(data, "organizer", "organiser", "provider") or [venue])[0]
    name = text_of(about, "name").strip()
    if not name:
        return None
    held = text_of(about, "id") or text_of(about, "@id") or text_of(about, "identifier")
    website = text_of(about, "url")
    return {"id": held or made_id("organiser", name), "name": name, "website": website}


def _location(venue: dict[str, Any]) -> dict[str, Any]:
    held = venue.get("address")
    words = held if isinstance(held, str) else ""
    given: dict[str, Any] = held if isinstance(held, dict) else {}
    geo = (objects(venue, "geo") or [{}])[0]
    return {
        "id": text_of(venue, "identifier") or text_of(venue, "id"),
        "location_type": "physical",
        "name": text_of(venue, "name"),
        "latitude": geo.get("latitude"),
        "longitude": geo.get("longitude"),
        "addresses": [
            {
                "address_1": text_of(given, "streetAddress") or words,
                "city": text_of(given, "addressLocality"),
                "postal_code": text_of(given, "postalCode"),
            }
        ],
    }


def _ages(data: dict[str, Any]) -> dict[str, Any]:
    said = (objects(data, "ageRange") or [{}])[0]
    return {"minimum_age": said.get("minValue"), "maximum_age": said.get("maxValue")}


def _offers(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "amount": one.get("price"),
            "option": cleaning.line(one.get("name"), most=60),
        }
        for one in objects(data, "offers", "offer")
    ]


def _schedules(
    data: dict[str, Any], oddities: Oddities, where: str
) -> list[dict[str, Any]]:
    """Give the rules, each at the time of its first date where it says none."""
    dates = objects(data, "subEvent") or ([data] if data.get("startDate") else [])
    said = (_once(one, oddities, where) for one in dates[:MOST_DATES])
    once = [one for one in said if one]
    rules = [_schedule(one, once) for one in objects(data, "eventSchedule")]
    rules = [one for one in rules if one["byday"] and one["opens_at"]]
    return rules or once


def _schedule(given: dict[str, Any], once: list[dict[str, str]]) -> dict[str, Any]:
    days = given.get("byDay")
    names = [str(d).rsplit("/", 1)[-1] for d in days] if isinstance(days, list) else []
    said = text_of(given, "repeatFrequency") or text_of(given, "frequency")
    freq, every = FREQS.get(said, (said or "WEEKLY", 1))
    first = once[0] if once and not given.get("startTime") else {}
    return {
        "freq": freq,
        "interval": every,
        "byday": ",".join(re.sub(r"^schema:", "", name) for name in names),
        "dtstart": text_of(given, "startDate") or first.get("dtstart", ""),
        "until": text_of(given, "endDate"),
        "opens_at": text_of(given, "startTime") or first.get("opens_at", ""),
        "closes_at": text_of(given, "endTime") or first.get("closes_at", ""),
    }


def _once(
    given: dict[str, Any], oddities: Oddities, where: str
) -> dict[str, str] | None:
    """Give one date, by the clock on the wall in London."""
    begins = moments.moment(given.get("startDate"), oddities, where)
    if begins is None:
        return None
    here = begins.astimezone(moments.LONDON)
    ends = moments.moment(given.get("endDate"), oddities, where)
    found = {"dtstart": f"{here:%Y-%m-%d}", "opens_at": f"{here:%H:%M}"}
    if ends is not None:
        found["closes_at"] = f"{_whole(ends).astimezone(moments.LONDON):%H:%M}"
    return found


def _whole(at: dt.datetime) -> dt.datetime:
    """Give 21:59:59 as 22:00, which is what is meant."""
    return at + dt.timedelta(seconds=1) if at.second == 59 else at
