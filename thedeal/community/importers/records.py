"""What one record of a feed becomes: a group and what it does, as facts read them."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from thedeal.community.facts import GroupFacts
from thedeal.community.importers.oddities import Oddities

# between a record's own id and the place where it happens, in ``source_ref``
AT = "|"
SPACE = uuid.UUID("6d1f1d52-7a0c-5d0e-9a5e-0e6c4c2f7a11")


@dataclass(frozen=True, kw_only=True)
class Record:
    """One service, session series or row: its group, its activities, its own words."""

    ref: str
    group_ref: str
    name: str
    group: dict[str, Any]
    activities: tuple[dict[str, Any], ...]
    body: Any
    where: str = ""
    changed_at: dt.datetime | None = None
    checked_on: dt.date | None = None
    has_stopped: bool = False
    is_resting: bool = False


@dataclass
class Feed:
    """All that one reading of a feed gave."""

    kind: str
    records: list[Record] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # ids that the feed says ended
    # what could be no record: where it stands, and why
    left_out: list[tuple[str, str]] = field(default_factory=list)
    oddities: Oddities = field(default_factory=Oddities)
    read: int = 0
    is_complete: bool = True
    licence: str = ""
    licence_url: str = ""
    next_address: str = ""  # where an OpenActive feed goes on next time
    etag: str = ""  # to ask with next time, where one fetch gave all of it
    is_unchanged: bool = False  # it says itself that nothing is new since


def bundled(records: list[Record]) -> dict[str, list[Record]]:
    """Give the records by the group that they are of, in the feed's order."""
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.group_ref, []).append(record)
    return found


def facts_of(records: list[Record]) -> GroupFacts:
    """Give one group with all that its records say it does, cleaned as it is read."""
    given = {**records[0].group, "source_ref": records[0].group_ref}
    for record in records[1:]:
        given |= {k: v for k, v in record.group.items() if not given.get(k) and v}
    given["is_sensitive"] = any(r.group.get("is_sensitive") for r in records)
    given["activities"] = [
        activity
        for record in records
        if not record.has_stopped
        for activity in record.activities
    ]
    return GroupFacts.read(given)


def made_id(*parts: object) -> str:
    """Give an id that is the same each time for the same words (UUID version 5)."""
    return str(uuid.uuid5(SPACE, "\x1f".join(str(part) for part in parts)))


def ref_of_activity(source_ref: str) -> str:
    """Give the record's id that an activity's ``source_ref`` names."""
    return source_ref.split(AT)[0]


def text_of(given: Mapping[str, Any], name: str) -> str:
    """Give a value as words, "" for what is absent or null."""
    value = given.get(name)
    return "" if value is None or isinstance(value, dict | list) else str(value)


def objects(given: Mapping[str, Any], *names: str) -> list[dict[str, Any]]:
    """Give the objects listed under the first of these names that holds any."""
    for name in names:
        value = given.get(name)
        if isinstance(value, dict):
            return [value]
        if isinstance(value, list):
            found = [one for one in value if isinstance(one, dict)]
            if found:
                return found
    return []
