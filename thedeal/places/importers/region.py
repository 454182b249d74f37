"""The area being loaded, as it fills up: its edge, small areas, postcodes.

Later files lean on earlier ones: a surgery stands where its postcode is, a postcode
is in the small area whose edge it is inside. Nothing here knows the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry import shape

from thedeal.places.importers.record import AreaRecord, RecordError
from thedeal.places.importers.rows import (
    AreaRow,
    EntranceRow,
    FigureRow,
    MemberRow,
    ParentRow,
    PostcodeRow,
    Row,
    VenueRow,
)

TO_DEGREES = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)
TO_METRES = pyproj.Transformer.from_crs(4326, 27700, always_xy=True)


@dataclass
class Region:
    """Rows by kind, and the shapes they are placed by."""

    record: AreaRecord
    areas: dict[tuple[str, str], AreaRow] = field(default_factory=dict)
    parents: dict[str, ParentRow] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    postcodes: dict[str, PostcodeRow] = field(default_factory=dict)
    figures: dict[tuple[str, str, str], FigureRow] = field(default_factory=dict)
    venues: dict[str, VenueRow] = field(default_factory=dict)
    entrances: dict[str, EntranceRow] = field(default_factory=dict)
    _trees: dict[str, tuple[Any, list[str]]] = field(default_factory=dict)
    _edge: Any = None

    def add(self, row: Row) -> bool:
        """Keep a row under its own key; say whether the key was new.

        A later row of the same key replaces the one before it, except that a
        terminated postcode never replaces a living one.
        """
        before = self._size()
        self._keep(row)
        return self._size() > before

    def _size(self) -> int:
        kept = (self.areas, self.parents, self.members, self.postcodes, self.figures)
        return sum(len(rows) for rows in (*kept, self.venues, self.entrances))

    def _keep(self, row: Row) -> None:
        match row:
            case AreaRow():
                self.areas[row.kind, row.code] = row
                self._trees.pop(row.kind, None)
            case ParentRow():
                self.parents[row.lsoa_code] = row
            case MemberRow():
                self.members[row.lsoa_code] = row.neighbourhood
            case PostcodeRow():
                self._add_postcode(row)
            case FigureRow():
                self.figures[row.area_code, row.measure, row.as_at] = row
            case VenueRow():
                self.venues[row.key] = row
            case EntranceRow():
                self.entrances[row.key] = row

    def _add_postcode(self, row: PostcodeRow) -> None:
        """Keep a living postcode over a terminated one of the same text."""
        known = self.postcodes.get(row.text)
        if known is None or not row.terminated or known.terminated:
            self.postcodes[row.text] = row

    @property
    def edge(self) -> Any:
        """Give the borough's boundary; raise RecordError where none was loaded."""
        if self._edge is None:
            own = self.areas.get(("borough", self.record.borough_code))
            if own is None:
                raise RecordError(
                    f"No boundary of {self.record.borough_code} was found: put its "
                    "boundary file in the record."
                )
            self._edge = shape(own.boundary)
            shapely.prepare(self._edge)
        return self._edge

    def holds(self, *, lat: float, lon: float) -> bool:
        """Say whether a point is inside the borough."""
        return bool(shapely.contains_xy(self.edge, lon, lat))

    def near(self, *, lat: float, lon: float) -> bool:
        """Say whether a point is inside the borough or within its border strip."""
        west, south, east, north = self.edge.bounds
        margin = self.record.border_m / 60_000  # degrees, generous
        if not (west - margin < lon < east + margin):
            return False
        if not (south - margin < lat < north + margin):
            return False
        return (
            self.holds(lat=lat, lon=lon)
            or self.border_gap_m(lat=lat, lon=lon) <= self.record.border_m
        )

    def border_gap_m(self, *, lat: float, lon: float) -> float:
        """Give the metres from a point to the borough (0 inside)."""
        nearest = shapely.shortest_line(self.edge, shapely.Point(lon, lat))
        lons, lats = np.array(nearest.coords).T
        x, y = TO_METRES.transform(lons, lats)
        return float(np.hypot(x[1] - x[0], y[1] - y[0]))

    def code_at(self, kind: str, *, lat: float, lon: float) -> str:
        """Give the code of the area of a kind that holds a point, or nothing."""
        tree, codes = self._tree(kind)
        if not codes:
            return ""
        point = shapely.Point(lon, lat)
        inside = tree.query(point, predicate="within")
        return codes[min(inside)] if len(inside) else ""

    def has_small_area(self, code: str) -> bool:
        """Say whether this is the code of one of the borough's small areas."""
        return ("lsoa", code) in self.areas

    def position(self, postcode: str) -> tuple[float, float] | None:
        """Give the latitude and longitude of a postcode that was loaded."""
        known = self.postcodes.get(postcode)
        if known is None or known.lat is None or known.lon is None:
            return None
        return known.lat, known.lon

    def _tree(self, kind: str) -> tuple[Any, list[str]]:
        if kind not in self._trees:
            mine = sorted(code for k, code in self.areas if k == kind)
            shapes = [shape(self.areas[kind, code].boundary) for code in mine]
            self._trees[kind] = (shapely.STRtree(shapes), mine)
        return self._trees[kind]


def degrees(easting: float, northing: float) -> tuple[float, float]:
    """Give latitude and longitude for British National Grid metres, to 0.1 m."""
    lon, lat = TO_DEGREES.transform(easting, northing)
    return round(float(lat), 6), round(float(lon), 6)


def to_degrees(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Give a GeoJSON geometry in British National Grid as one in degrees."""

    def moved(points: Any) -> Any:
        lon, lat = TO_DEGREES.transform(points[:, 0], points[:, 1])
        return np.column_stack([np.round(lon, 6), np.round(lat, 6)])

    turned = shapely.transform(shape(geometry), moved)
    found: dict[str, Any] = shapely.geometry.mapping(turned)
    return found


def to_metres(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Give the middle, in British National Grid metres, of (lat, lon) points."""
    lats, lons = np.array(points).T
    x, y = TO_METRES.transform(lons, lats)
    return float(np.mean(x)), float(np.mean(y))


def neighbours_within(region: Region, *, shared_m: float = 20) -> dict[str, list[str]]:
    """Give, for each small area, those that share at least so much edge with it."""
    codes = sorted(code for kind, code in region.areas if kind == "lsoa")
    shapes = [_in_metres(shape(region.areas["lsoa", code].boundary)) for code in codes]
    tree = shapely.STRtree(shapes)
    found: dict[str, list[str]] = {code: [] for code in codes}
    for a, b in zip(
        *tree.query(shapes, predicate="dwithin", distance=1.0), strict=True
    ):
        if a != b:
            edge = shapes[a].buffer(1.0).intersection(shapes[b].boundary)
            if edge.length >= shared_m:
                found[codes[a]].append(codes[b])
    return found


def _in_metres(drawn: Any) -> Any:
    def moved(points: Any) -> Any:
        return np.column_stack(TO_METRES.transform(points[:, 0], points[:, 1]))

    return shapely.transform(drawn, moved)
