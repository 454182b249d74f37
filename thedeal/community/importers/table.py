"""CSV: a line a listing, further lines adding to it, put into the words of 3.0. Pure.

Takes Outpost's import template as it is, and plainer tables by the names people give
their columns. A record's document is its lines, whole.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from thedeal.community.importers.oddities import Oddities
from thedeal.lib.errors import UserFacingError

LINES = "lines"  # what marks a stored document as lines of a table
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "import_id", "service_id", "reference"),
    "of": ("import_id_reference",),
    "name": ("name", "service_name", "activity", "title"),
    "description": ("description", "what", "about", "charity_activities"),
    "group": (
        "organisation",
        "organization",
        "organization_name",
        "group",
        "provider",
        "charity_name",
    ),
    "charity": ("registered_charity_number", "charity_number"),
    "url": ("url", "website", "web", "web_address"),
    "email": ("contact_email", "email", "email_address"),
    "phone": ("contact_phone", "phone", "telephone", "tel", "phone_number"),
    "person": ("contact_name", "contact"),
    "person_shown": ("contact_visible",),
    "venue": ("location_name", "venue", "place", "location", "venue_name"),
    "street": ("location_address_1", "address", "address_1", "street"),
    "town": ("location_city", "town", "city"),
    "postcode": ("location_postcode", "postcode", "post_code", "postal_code"),
    "lat": ("location_latitude", "latitude", "lat"),
    "lon": ("location_longitude", "longitude", "lon", "lng", "long"),
    "masked": ("mask_exact_address", "sensitive"),
    "place_shown": ("location_visible",),
    "access": ("location_accessibilities", "accessibility", "access"),
    "youngest": ("min_age", "minimum_age", "age_from"),
    "oldest": ("max_age", "maximum_age", "age_to"),
    "free": ("free",),
    "cost": ("cost_amount", "cost", "price", "fees"),
    "cost_for": ("cost_option",),
    "cost_per": ("cost_type", "cost_description"),
    "day": ("scheduled_weekday", "weekday", "day", "days", "byday"),
    "opens": (
        "schedules_opens_at",
        "opens_at",
        "start_time",
        "starts",
        "start",
        "from",
    ),
    "closes": ("schedules_closes_at", "closes_at", "end_time", "ends", "end", "until"),
    "freq": ("freq", "frequency"),
    "first": ("dtstart", "start_date", "date"),
    "themes": ("service_taxonomies", "themes", "categories", "category", "taxonomies"),
    "more_themes": ("suitabilities", "audience"),
    "checked": ("assured_date", "checked", "last_checked", "checked_on"),
    "changed": ("last_modified", "modified", "updated_at"),
    "status": ("status",),
    "closed": ("temporarily_closed",),
    "shown": ("visible",),
    "shown_from": ("visible_from",),
    "shown_to": ("visible_to",),
    "approved": ("approved",),
}
KNOWN = {name: ours for ours, names in NAMES.items() for name in names}
# columns of the tables that stand beside "services.csv" in HSDS, and of no list
OF_ANOTHER = {
    "location_id", "location_type", "contact_id", "taxonomy_id", "taxonomy_term_id",
    "link_id", "resource_id", "identifier_scheme", "extent_type", "term_uri",
    "legal_status", "year_incorporated", "character_set",
}  # fmt: skip
OF_SERVICES = {"status", "assured_date", "last_modified"}
IS_A_PART = (
    "This is one table of several (HSDS). Import the folder that has services.csv and "
    "the others in it."
)
YES = ("true", "yes", "y", "1")
NO = ("false", "no", "n", "0")


@dataclass
class Rows:
    """The lines of one record, with the number of the first."""

    line: int
    lines: list[dict[str, str]] = field(default_factory=list)

    @property
    def document(self) -> dict[str, Any]:
        """Give the record's own words, whole."""
        return {LINES: self.lines}


def rows(text: str, oddities: Oddities) -> list[Rows]:
    """Give the records of a table, each with the lines that add to it."""
    found: list[Rows] = []
    by_id: dict[str, Rows] = {}
    for line, given in _lines(text, oddities):
        said = _known(given)
        if said.get("of"):
            if said["of"] in by_id:
                by_id[said["of"]].lines.append(given)
            else:
                oddities.note("row without a start", f"line {line}")
            continue
        record = Rows(line=line, lines=[given])
        found.append(record)
        if said.get("id"):
            by_id[said["id"]] = record
    return found


def _lines(text: str, oddities: Oddities) -> Iterator[tuple[int, dict[str, str]]]:
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    csv.field_size_limit(10_000_000)
    header = [_plain(name) for name in next(reader, [])]
    if OF_ANOTHER & set(header) and not OF_SERVICES & set(header):
        raise UserFacingError(IS_A_PART)
    for name in header:
        if name and name not in KNOWN:
            oddities.note("unknown column", name)
    line = reader.line_num + 1
    for values in reader:
        if any(value.strip() for value in values):
            yield line, dict(zip(header, values, strict=False))
        line = reader.line_num + 1


def _separator(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def _known(given: dict[str, str]) -> dict[str, str]:
    """Give what a line says under our names; the first column of a kind wins."""
    found: dict[str, str] = {}
    for name, value in given.items():
        ours = KNOWN.get(name)
        if ours and value and value.strip() and not found.get(ours):
            found[ours] = value.strip()
    return found


def modern(document: dict[str, Any]) -> dict[str, Any]:
    """Give the lines of one record in the words of Open Referral 3.0."""
    lines = [_known(line) for line in document[LINES]]
    first = lines[0]
    found = {
        "id": first.get("id", ""),
        "name": _name(document[LINES][0], first),
        "description": first.get("description", ""),
        "url": first.get("url", ""),
        "status": _status(first),
        "assured_date": first.get("checked", ""),
        "last_modified": first.get("changed", ""),
        "minimum_age": first.get("youngest"),
        "maximum_age": first.get("oldest"),
        "mask_exact_address": str(any(_is_masked(line) for line in lines)),
        "organization": _organisation(first),
        "visible_from": first.get("shown_from", ""),
        "visible_to": first.get("shown_to", ""),
        "service_at_locations": [p for line in lines for p in _places(line)],
        "schedules": [s for line in lines for s in _schedules(line)],
        "contacts": [c for line in lines for c in _contacts(line)],
        "cost_options": [c for line in lines for c in _costs(line)],
        "attributes": _attributes(first),
    }
    if not found["cost_options"]:
        free = first.get("free", "").lower() in YES
        found["fees"] = "Free" if free else first.get("cost", "")
    return found


def _name(given: dict[str, str], first: dict[str, str]) -> str:
    """Give the name; the group's, in a table that has no column for names."""
    has_column = any(KNOWN.get(column) == "name" for column in given)
    return first.get("name" if has_column else "group", "")


def _organisation(line: dict[str, str]) -> dict[str, Any] | None:
    if not line.get("group"):
        return None
    number = {"identifier_scheme": "GB-CHC", "identifier": line.get("charity", "")}
    identifiers = [number] if line.get("charity") else []
    return {"name": line["group"], "organization_identifiers": identifiers}


def _status(line: dict[str, str]) -> str:
    if any(line.get(name, "").lower() in NO for name in ("shown", "approved")):
        return "inactive"
    if line.get("closed", "").lower() in YES:
        return "temporarily closed"
    return line.get("status", "")


def _is_masked(line: dict[str, str]) -> bool:
    hidden = line.get("place_shown", "").lower() in NO
    return hidden or line.get("masked", "").lower() in YES


def _places(line: dict[str, str]) -> Iterator[dict[str, Any]]:
    if not any(line.get(n) for n in ("venue", "street", "postcode", "lat")):
        return
    yield {
        "location": {
            "location_type": "physical",
            "name": line.get("venue", ""),
            "latitude": line.get("lat"),
            "longitude": line.get("lon"),
            "addresses": [
                {
                    "address_1": line.get("street", ""),
                    "city": line.get("town", ""),
                    "postal_code": line.get("postcode", ""),
                }
            ],
            "accessibility": [
                {"description": part} for part in line.get("access", "").split(";")
            ],
        }
    }


def _schedules(line: dict[str, str]) -> Iterator[dict[str, Any]]:
    if not any(line.get(name) for name in ("day", "opens", "first")):
        return
    yield {
        "weekday": line.get("day", ""),
        "opens_at": line.get("opens", ""),
        "closes_at": line.get("closes", ""),
        "freq": line.get("freq", ""),
        "dtstart": line.get("first", ""),
    }


def _contacts(line: dict[str, str]) -> Iterator[dict[str, Any]]:
    if line.get("person_shown", "").lower() in NO:
        return
    if any(line.get(name) for name in ("person", "email", "phone")):
        found: dict[str, Any] = {"name": line.get("person", "")}
        if line.get("email"):
            found["email"] = line["email"]
        if line.get("phone"):
            found["phones"] = [{"number": line["phone"]}]
        yield found


def _costs(line: dict[str, str]) -> Iterator[dict[str, Any]]:
    said = line.get("cost", "")
    if re.fullmatch(r"£?\d+(\.\d{1,2})?", said):
        yield {
            "amount": float(said.lstrip("£")),
            "option": line.get("cost_for", ""),
            "amount_description": line.get("cost_per", ""),
        }


def _attributes(line: dict[str, str]) -> list[dict[str, Any]]:
    words = f"{line.get('themes', '')};{line.get('more_themes', '')}"
    return [
        {"taxonomy_term": {"name": part.strip()}}
        for part in re.split(r"[;|]", words)
        if part.strip()
    ]
