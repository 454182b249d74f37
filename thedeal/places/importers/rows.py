"""What importers give, whatever file it came from. Plain facts; no Django."""

from dataclasses import dataclass, field
from typing import Any

Week = dict[str, list[list[str]] | None]


@dataclass(frozen=True, kw_only=True)
class AreaRow:
    """A boundary: GeoJSON geometry in WGS84, with the year of its code."""

    kind: str
    code: str
    name: str
    year: int
    boundary: dict[str, Any]
    bbox: tuple[float, float, float, float]
    lat: float
    lon: float
    source: str


@dataclass(frozen=True, kw_only=True)
class ParentRow:
    """Which MSOA a small area is in, and which ward fits it best."""

    lsoa_code: str
    msoa_code: str
    ward_code: str


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    """Which neighbourhood a small area belongs to."""

    lsoa_code: str
    neighbourhood: str


@dataclass(frozen=True, kw_only=True)
class PostcodeRow:
    """One postcode; ``terminated`` is "2002-02-01" or empty."""

    text: str
    lat: float | None
    lon: float | None
    lsoa_code: str
    msoa_code: str
    ward_code: str
    borough_code: str
    other_council: str
    introduced: str
    terminated: str
    source: str


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """One published figure of one area."""

    area_code: str
    measure: str
    amount: float
    as_at: str
    source: str


@dataclass(frozen=True, kw_only=True)
class VenueRow:
    """One place with a door; ``key`` is its source's own id with the source."""

    key: str
    name: str
    category: str
    detail: str = ""
    address: str = ""
    postcode: str = ""
    lat: float
    lon: float
    week: Week | None = field(default=None)
    hours_text: str = ""
    uprn: str = ""
    source: str
    source_ref: str
    source_date: str


@dataclass(frozen=True, kw_only=True)
class EntranceRow:
    """One way into a green space."""

    key: str
    kind: str
    name: str
    lat: float
    lon: float
    source: str


Row = AreaRow | ParentRow | MemberRow | PostcodeRow | FigureRow | VenueRow | EntranceRow
