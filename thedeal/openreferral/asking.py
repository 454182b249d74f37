"""What a caller asks for, read and checked: paging is clamped, filters are refused.

Both sets of filters are known: those of the January 2026 text (ages, days, times)
and those of HSDS (organisation, changed since, minimal, full, format).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from thedeal.community.recurrence import DAYS, NAMES
from thedeal.lib import postcodes
from thedeal.lib.errors import UserFacingError

USUAL, MOST = 20, 100
WALK_M = 1600  # a postcode without a distance: within about twenty minutes' walk
FARTHEST_M = 200_000
OLDEST = 150
YES = ("true", "1", "yes")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question to a list."""

    page: int = 1
    per_page: int = USUAL
    search: str = ""
    term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: dt.datetime | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    starts: dt.time | None = None
    ends: dt.time | None = None
    day: int | None = None
    postcode: str = ""
    proximity_m: int = WALK_M
    is_minimal: bool = False
    is_full: bool = False
    is_full_service: bool = False
    is_lines: bool = False
    parent_id: UUID | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Asked":
        """Give what is asked; raises UserFacingError for what cannot be understood."""
        return cls(
            page=max(1, _number(given, "page", clamp=10**9) or 1),
            per_page=min(MOST, max(1, _number(given, "per_page", clamp=MOST) or USUAL)),
            search=given.get("search", "").strip()[:200],
            term_id=_uuid(given, "taxonomy_term_id"),
            taxonomy_id=_uuid(given, "taxonomy_id"),
            organization_id=_uuid(given, "organization_id"),
            modified_after=_moment(given, "modified_after"),
            minimum_age=_within(given, "minimum_age", OLDEST),
            maximum_age=_within(given, "maximum_age", OLDEST),
            starts=_time(given, "start_time"),
            ends=_time(given, "end_time"),
            day=_day(given),
            postcode=_postcode(given),
            proximity_m=_within(given, "proximity", FARTHEST_M) or WALK_M,
            is_minimal=given.get("minimal", "").lower() in YES,
            is_full=given.get("full", "").lower() in YES,
            is_full_service=given.get("full_service", "").lower() in YES,
            is_lines=_is_lines(given),
            parent_id=_uuid(given, "parent_id"),
        )


def _number(given: Mapping[str, str], name: str, *, clamp: int) -> int | None:
    """Give a number for paging; what is none is taken as not said."""
    words = given.get(name, "").strip()
    if not words.lstrip("-").isdecimal() or len(words) > 12:
        return None
    return max(1, min(clamp, int(words)))


def _within(given: Mapping[str, str], name: str, most: int) -> int | None:
    words = given.get(name, "").strip()
    if not words:
        return None
    if not words.isdecimal() or len(words) > 9 or int(words) > most:
        raise UserFacingError(f"{name} must be a whole number from 0 to {most}.")
    return int(words)


def _uuid(given: Mapping[str, str], name: str) -> UUID | None:
    words = given.get(name, "").strip()
    try:
        return UUID(words) if words else None
    except ValueError:
        raise UserFacingError(f"{name} must be a UUID.") from None


def _moment(given: Mapping[str, str], name: str) -> dt.datetime | None:
    words = given.get(name, "").strip().replace(" ", "+")
    try:
        found = dt.datetime.fromisoformat(words) if words else None
    except ValueError:
        raise UserFacingError(f"{name} must be a date-time (ISO 8601).") from None
    return found.replace(tzinfo=dt.UTC) if found and found.tzinfo is None else found


def _time(given: Mapping[str, str], name: str) -> dt.time | None:
    words = given.get(name, "").strip()
    try:
        found = dt.time.fromisoformat(words) if words else None
    except ValueError:
        raise UserFacingError(f"{name} must be HH:MM.") from None
    return found.replace(tzinfo=None) if found else None


def _day(given: Mapping[str, str]) -> int | None:
    """Give a weekday (Monday is 0): "MO", "monday" and "Monday" are one."""
    words = given.get("day", "").strip()
    if not words:
        return None
    known = [name.upper() for name in NAMES]
    if words.upper() in known:
        return known.index(words.upper())
    if words.upper() in DAYS:
        return DAYS.index(words.upper())
    raise UserFacingError("day must be one of MO, TU, WE, TH, FR, SA, SU.")


def _postcode(given: Mapping[str, str]) -> str:
    words = given.get("postcode", "").strip()
    found = postcodes.normalise(words) if words else ""
    if found is None:
        raise UserFacingError("postcode must be a whole UK postcode.")
    return found


def _is_lines(given: Mapping[str, str]) -> bool:
    words = given.get("format", "json").strip().lower()
    if words not in ("json", "ndjson", ""):
        raise UserFacingError("format must be json or ndjson.")
    return words == "ndjson"
