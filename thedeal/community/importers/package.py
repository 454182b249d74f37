"""HSDS as a folder of tables, put together again: each service with all that is its own.

The standard's tabular form is one CSV for each kind of thing ("services.csv",
"organizations.csv", …), joined by ids. A row that belongs to nothing that is there is
counted; a blank cell is a value not given. Pure.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from thedeal.community.importers.oddities import Oddities

Row = dict[str, Any]
KIND = "HSDS tables"
MAIN, BESIDE = "services", "organizations"
ONE_FORM = {
    "address": "addresses",
    "attribute": "attributes",
    "schedule": "schedules",
    "service_at_location": "service_at_locations",
    "service_capacity": "capacities",
    "taxonomy": "taxonomies",
    "url": "urls",
}
OF_A_SERVICE = (
    "schedules", "languages", "funding", "cost_options", "service_areas",
    "required_documents", "capacities", "phones",
)  # fmt: skip
OF_A_PLACE = ("addresses", "accessibility", "phones", "languages")


class Tables:
    """The rows of each table, found by any of their columns."""

    def __init__(self, held: Mapping[str, list[Row]]) -> None:
        self.held = held
        self.known: dict[tuple[str, str], dict[str, list[Row]]] = {}

    def of(self, name: str, column: str, value: Any) -> list[Row]:
        """Give the rows of a table that have this value in a column."""
        if (name, column) not in self.known:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self.held.get(name, ()):
                found[str(row.get(column, ""))].append(row)
            self.known[name, column] = found
        return self.known[name, column].get(str(value), []) if value else []

    def one(self, name: str, value: Any) -> Row:
        """Give the row of an id, {} where there is none."""
        return next(iter(self.of(name, "id", value)), {})


def read(texts: Mapping[str, str], oddities: Oddities) -> list[Row]:
    """Give each service in the nested form; ``texts`` are the files by their names."""
    held: dict[str, list[Row]] = {}
    for name, text in texts.items():
        plain = name.rsplit("/", 1)[-1].lower().removesuffix(".csv")
        known = held.setdefault(ONE_FORM.get(plain, plain), [])
        ids = {row.get("id") for row in known}
        known += [row for row in rows(text) if row.get("id") not in ids]
    return nested(held, oddities)


def in_one(document: Any) -> dict[str, list[Row]] | None:
    """Give the tables that one JSON document holds by their names; None for others."""
    if not isinstance(document, dict) or f"{MAIN}.csv" not in document:
        return None
    plain = {name.removesuffix(".csv"): rows for name, rows in document.items()}
    return {ONE_FORM.get(n, n): r for n, r in plain.items() if isinstance(r, list)}


def nested(held: Mapping[str, list[Row]], oddities: Oddities) -> list[Row]:
    """Give each service in the nested form, from rows by the name of their table."""
    tables = Tables(held)
    _note_alone(tables, oddities)
    return [_service(tables, row) for row in held.get(MAIN, ())]


def rows(text: str) -> Iterator[Row]:
    """Give the rows of one table, by their columns, blank cells left out."""
    csv.field_size_limit(10_000_000)
    for row in csv.DictReader(io.StringIO(text)):
        given = {k.strip().lower(): v for k, v in row.items() if k and v}
        yield {k: v.strip() for k, v in given.items() if v.strip()}


def _note_alone(tables: Tables, oddities: Oddities) -> None:
    for name in (*OF_A_SERVICE, "contacts", "service_at_locations"):
        for row in tables.held.get(name, ()):
            if row.get("service_id") and not tables.one(MAIN, row["service_id"]):
                oddities.note("row without a start", f"{name}: {row.get('id', '')}")


def _service(tables: Tables, row: Row) -> Row:
    pk = row.get("id")
    found = {**row, "organization": _organisation(tables, row.get("organization_id"))}
    for name in OF_A_SERVICE:
        found[name] = tables.of(name, "service_id", pk)
    found["contacts"] = [
        {**one, "phones": tables.of("phones", "contact_id", one.get("id"))}
        for one in tables.of("contacts", "service_id", pk)
    ]
    found["attributes"] = [_attribute(tables, a) for a in _linked(tables, pk)]
    found["service_at_locations"] = [
        _at(tables, one) for one in tables.of("service_at_locations", "service_id", pk)
    ]
    return {name: value for name, value in found.items() if value}


def _organisation(tables: Tables, pk: Any) -> Row:
    found = tables.one("organizations", pk)
    identifiers = tables.of("organization_identifiers", "organization_id", pk)
    return {**found, "organization_identifiers": identifiers} if found else {}


def _linked(tables: Tables, pk: Any) -> list[Row]:
    return tables.of("attributes", "link_id", pk)


def _attribute(tables: Tables, row: Row) -> Row:
    term = tables.one("taxonomy_terms", row.get("taxonomy_term_id"))
    return {**row, "taxonomy_term": term} if term else row


def _at(tables: Tables, row: Row) -> Row:
    place = tables.one("locations", row.get("location_id"))
    parts = {n: tables.of(n, "location_id", place.get("id")) for n in OF_A_PLACE}
    own = tables.of("schedules", "service_at_location_id", row.get("id"))
    return {
        **row,
        "location": {**place, **{n: rows for n, rows in parts.items() if rows}},
        # those that name the service too are among the service's
        "schedules": [one for one in own if not one.get("service_id")],
    }
