"""Finds out what a document is, and reads every record in it that can be read.

One bad record never stops the rest, and a document that stops half-way is read as far
as it goes. Pure: whoever calls has the bytes already.
"""

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from thedeal.community.importers import older, open_active, open_referral, table
from thedeal.community.importers.oddities import KINDS, Oddities
from thedeal.community.importers.records import (
    Feed,
    Record,
    made_id,
    objects,
    text_of,
)
from thedeal.lib.errors import UserFacingError

OPEN_ACTIVE = "OpenActive"  # says itself what is gone; a page is never all
NO_RECORD = ("not readable", "another kind", "no name")
LISTS = ("contents", "content", "services", "items", "data")
# what no service has, and what a group or a category has that is not also a service
NEVER_A_SERVICE = {"location_type", "openapi_url", "taxonomy_terms"}
OF_OTHERS = {
    "organization_identifiers", "year_incorporated", "legal_status", "tax_status",
    "parent_organization_id", "uri", "term_uri", "taxonomy", "taxonomy_id",
    "taxonomy_detail", "vocabulary",
}  # fmt: skip
OF_A_SERVICE = {
    "organization", "organisation", "organization_id", "service_at_locations",
    "regular_schedules", "service_taxonomys", "eligibilitys", "cost_options",
    "assured_date", "fees", "minimum_age",
}  # fmt: skip
# how files begin that are no feed, and what to do about them
NO_FEEDS = {
    b"PK": "This is an Excel workbook, or a zip that is broken. Save the sheet as CSV, "
    "or make the zip anew, and import that.",
    b"\xd0\xcf\x11\xe0": "This is an old Excel workbook. Save the sheet as CSV, and "
    "import that.",
    b"%PDF": "This is a PDF, which holds pages and no records. Ask for the list as CSV.",
    b"<": "This is a web page or XML, not a feed. Ask whoever keeps it for the address "
    "of its services (JSON), or for a CSV.",
}


def check_is_text(raw: bytes) -> None:
    """Raise UserFacingError with what to do for what is no feed at all."""
    begins = raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for start, sentence in NO_FEEDS.items():
        if begins.startswith(start):
            raise UserFacingError(sentence)


def decoded(raw: bytes, oddities: Oddities) -> str:
    """Give the text of a document: UTF-8, else Windows-1252."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        oddities.note("not utf-8")
        return raw.decode("cp1252", errors="replace")


def parsed(text: str, oddities: Oddities) -> tuple[Any, bool]:
    """Give what a JSON document holds, and whether it was whole.

    One that stops half-way gives {"contents": [what could be read]}; lines of JSON
    (ndjson) give a list.
    """
    try:
        return json.loads(text), True
    except ValueError:
        pass
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines[:2]):
        found = list(_lines(lines, oddities))
        if found:
            return found, len(found) == len(lines)
    oddities.note("not json")
    return {"contents": list(_salvaged(text))}, False


def _lines(lines: list[str], oddities: Oddities) -> Iterator[Any]:
    for number, line in enumerate(lines, 1):
        try:
            yield json.loads(line)
        except ValueError:
            oddities.note("not readable", f"line {number}")


def _salvaged(text: str) -> Iterator[Any]:
    """Give each whole object of the first list in a broken document."""
    start = re.search(r'"(?:contents?|services|items|data)"\s*:\s*\[', text)
    at = start.end() if start else text.find("[") + 1
    decoder = json.JSONDecoder()
    while at:
        at = re.compile(r"[\s,]*").match(text, at).end()  # type: ignore[union-attr]  # matches nothing too
        try:
            found, at = decoder.raw_decode(text, at)
        except ValueError:
            return
        yield found


def listed(document: Any) -> list[Any] | None:
    """Give the records that a document lists; None where it is no list of them."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return None
    for name in LISTS:
        if isinstance(document.get(name), list) and "id" not in document:
            return list(document[name])
    return None


def is_part(document: Any) -> bool:
    """Say whether a page says itself that there are others, or is one record alone."""
    if isinstance(document, list):
        return False
    if not isinstance(document, dict) or listed(document) is None:
        return True
    pages = document.get("total_pages") or document.get("totalPages") or 1
    return isinstance(pages, int) and pages > 1


def services(documents: Iterable[Any]) -> Iterator[Any]:
    """Give each service, taken out of organisations and venues that hold it."""
    for one in documents:
        if not isinstance(one, dict):
            yield one
        elif isinstance(one.get("service"), dict):  # a service_at_location
            own = {k: v for k, v in one.items() if k != "service"}
            yield {"service_at_locations": [own], **one["service"]}
        elif objects(one, "services") and "organization" not in one:
            about = {k: v for k, v in one.items() if k != "services"}
            for service in one["services"]:
                yield {"organization": about, **service}
        else:
            yield one


def feed_of(
    bodies: Iterable[Any], *, today: dt.date, lines: Iterable[int] | None = None
) -> Feed:
    """Give the records of a list of bodies, whatever shape each is in.

    ``lines`` are where the bodies are in a table.
    """
    if lines is None:
        held = [(f"record {n}", b) for n, b in enumerate(services(bodies), 1)]
    else:
        held = [(f"line {n}", b) for n, b in zip(lines, bodies, strict=True)]
    feed = Feed(kind=_kind(held[0][1] if held else None), read=len(held))
    for where, body in held:
        if open_active.is_deleted(body):
            feed.gone.append(text_of(body, "id"))
            continue
        before = _why_not(feed.oddities)
        record = read_one(body, feed.oddities, where=where, today=today)
        if record is not None:
            feed.records.append(record)
        else:
            why = (_why_not(feed.oddities) - before).most_common(1)
            told = why[0][0].removesuffix(", left out") if why else ""
            feed.left_out.append((where, told))
    feed.records = _apart(feed.records, feed.oddities)
    if feed.kind != OPEN_ACTIVE:  # there each time of a class is a record of its own
        _note_alike(feed)
    return feed


def _why_not(oddities: Oddities) -> Counter[str]:
    """Give how often each reason to leave a record out was met so far, in words."""
    return Counter({KINDS[kind]: oddities.counts[kind] for kind in NO_RECORD})


def _note_alike(feed: Feed) -> None:
    seen: set[tuple[str, str]] = set()
    for record in feed.records:
        name = (record.group_ref, record.name.casefold())
        if name in seen:
            feed.oddities.note("same name, one organisation", record.where)
        seen.add(name)


def _kind(body: Any) -> str:
    if not isinstance(body, dict):
        return "Open Referral"
    if table.LINES in body:
        return "CSV"
    if open_active.is_item(body):
        return OPEN_ACTIVE
    return "Open Referral UK 1.0" if older.is_older(body) else "Open Referral 3"


def read_one(
    body: Any, oddities: Oddities, *, where: str, today: dt.date
) -> Record | None:
    """Give one body as a record; None, and an oddity, where it cannot be one."""
    if not isinstance(body, dict):
        oddities.note("not readable", where)
        return None
    if _is_another_kind(body):
        oddities.note("another kind", f"{where}: {text_of(body, 'name')}"[:120])
        return None
    found = Oddities()
    try:
        meant = _in_words_of_3(body, found, where)
        record = open_referral.read(meant, found, where=where, today=today, kept=body)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
        oddities.note("not readable", f"{where}: {text_of(body, 'name')}"[:120])
        return None
    oddities.add(found)
    return record


def _is_another_kind(body: dict[str, Any]) -> bool:
    names = body.keys()
    if NEVER_A_SERVICE & names:
        return True
    return bool(OF_OTHERS & names) and not (OF_A_SERVICE & names)


def _in_words_of_3(
    body: dict[str, Any], oddities: Oddities, where: str
) -> dict[str, Any]:
    if isinstance(body.get(table.LINES), list):
        return table.modern(body)
    if open_active.is_item(body):
        return open_active.modern(body, oddities, where)
    return older.modern(body, oddities, where) if older.is_older(body) else body


def _apart(records: list[Record], oddities: Oddities) -> list[Record]:
    """Give each record once: one id on two names is kept apart, nothing is lost."""
    found: dict[str, Record] = {}
    for record in records:
        before = found.get(record.ref)
        if before is None:
            found[record.ref] = record
        elif before.name == record.name:
            same = before.body == record.body
            kind = "same record twice" if same else "changed within the feed"
            oddities.note(kind, record.where)
            found[record.ref] = record
        else:
            other = _renamed(record)
            if other.ref not in found:
                oddities.note("one id, two names", record.where)
            found[other.ref] = other
    return list(found.values())


def _renamed(record: Record) -> Record:
    return as_ref(record, f"{record.ref}/{made_id(record.name)[:8]}")


def as_ref(record: Record, ref: str) -> Record:
    """Give a record under another id, its activities too."""
    activities = tuple(
        {**a, "source_ref": a["source_ref"].replace(record.ref, ref, 1)}
        for a in record.activities
    )
    return replace(record, ref=ref, activities=activities)
