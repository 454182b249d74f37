"""Newport as a showcase: real streets and postcodes, made-up venues and things to do.

Not a tenant: Newport is in Wales, so no English law or holiday applies, nothing of it
is in the database, and nobody lives in it here. It is held in the process, read once
from files. It shows what minutes along real paths are, where the demo borough, of
whose streets there is no open extract, can only say "about".
"""

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import holidays
import numpy as np
import numpy.typing as npt
import shapely
import yaml
from django.conf import settings
from doorstep.catalogue import Catalogue
from doorstep.cover import Change, Cover, open_hours, within
from doorstep.hours import free_hours
from doorstep.listings import Known, Listing
from doorstep.match import Answer, Asked, match, minutes_by_venue, understand
from doorstep.meaning import NoModelError, SentenceModel, load_model
from doorstep.network import Network
from doorstep.reach import ReachIndex
from doorstep.sessions import LONDON, Calendar, OnBankHolidays, Timetable
from doorstep.speeds import PROFILES
from doorstep.streets import read_streets
from shapely.geometry import mapping

from doorstep import io
from thedeal.lib import postcodes

FILES = Path(__file__).resolve().parents[2] / "doorstep" / "data" / "newport"
EXTRACT = FILES / "newport-2023-06-13.osm.pbf"
TEXT = Path(__file__).resolve().parent / "texts" / "newport.yaml"
LONGEST_MINUTES = 30
COVER_MINUTES = 15
STREET_M = 18.0  # how wide a street that is reached is drawn, to each side
FIRST_MONDAY = dt.date(2026, 1, 5)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ACCESS = {"s": "step_free", "l": "hearing_loop", "t": "toilet", "q": "quiet"}
ACCESS |= {"p": "parking"}
NEW_HOURS = "mon-fri 09:00-17:00"
EXAMPLE = "NP20 1PA"
NOT_HERE = (
    "That is not a postcode of Newport whose paths we hold. Try one that begins "
    f"NP19 or NP20, such as {EXAMPLE}."
)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Venue:
    """A made-up venue at a real spot of a real street."""

    key: str
    name: str
    street: str
    lat: float
    lon: float
    access: dict[str, Known]


@dataclass(frozen=True, kw_only=True)
class Doors:
    """Newport's real postcodes: a doorstep each, in the order of the file."""

    texts: tuple[str, ...]
    lats: Floats
    lons: Floats
    sectors: tuple[str, ...]
    sector: npt.NDArray[np.int32]  # the place in ``sectors``

    def find(self, typed: str) -> tuple[float, float] | None:
        """Give the latitude and longitude of a postcode as typed, or None."""
        text = postcodes.normalise(typed)
        if text not in self.texts:
            return None
        row = self.texts.index(text)
        return float(self.lats[row]), float(self.lons[row])


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One answer, the walk it rests on, and why there is none where there is none."""

    answer: Answer
    unreachable_because: str | None


@cache
def doors() -> Doors:
    """Read the postcodes."""
    with (FILES / "newport_postcodes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    of_each = [row["postcode"][:-2] for row in rows]
    sectors = tuple(sorted(set(of_each)))
    return Doors(
        texts=tuple(row["postcode"] for row in rows),
        lats=np.array([float(row["lat"]) for row in rows]),
        lons=np.array([float(row["lon"]) for row in rows]),
        sectors=sectors,
        sector=np.array([sectors.index(one) for one in of_each], np.int32),
    )


@cache
def venues() -> tuple[Venue, ...]:
    """Give the made-up venues; a venue's place here is its number in the walk."""
    return tuple(
        Venue(
            key=key,
            name=told["name"],
            street=told["street"],
            lat=told["at"][0],
            lon=told["at"][1],
            access={
                ACCESS[letter.lower()]: Known.NO if letter.isupper() else Known.YES
                for letter in told["access"].split()
            },
        )
        for key, told in _texts()["venues"].items()
    )


@cache
def listings() -> tuple[Listing, ...]:
    """Give the made-up things to do: one for each place and time."""
    return tuple(_listings())


@cache
def streets() -> Network:
    """Give the real streets: read once from the extract, then kept as arrays."""
    kept = Path(settings.FILES) / "newport"
    if not (kept / io.HEADER).is_file():
        ReachIndex.build(read_streets(EXTRACT), [], []).save(kept)
    return ReachIndex.load(kept).network


@lru_cache(maxsize=len(PROFILES))
def walk(walker: str) -> ReachIndex:
    """Give the walks to every venue for one kind of walker, by its name."""
    lons, lats = [v.lon for v in venues()], [v.lat for v in venues()]
    return ReachIndex.build(
        streets(),
        lons,
        lats,
        limit_minutes=LONGEST_MINUTES,
        profile=PROFILES[walker],
    )


def answer(
    lat: float, lon: float, *, words: str, walker: str, asked: Asked, now: dt.datetime
) -> Shown:
    """Give what fits somebody's words within a walk along real paths.

    A wheelchair's walk asks for a step-free door as well. The words are used for this
    one answer and kept nowhere.
    """
    reach = walk(walker).from_place(lon, lat)
    if walker == "wheelchair":
        asked = replace(asked, needs=asked.needs | {"step_free"})
    found = match(
        _catalogue(now.date()),
        asked,
        understand(words, _model()),
        minutes=minutes_by_venue(reach, len(venues())),
        is_estimate=reach.is_estimate,
        now=now,
    )
    return Shown(answer=found, unreachable_because=reach.unreachable_because)


def get_ready() -> None:
    """Read the streets and make the walks once, so that the first answer is quick."""
    lat, lon = float(doors().lats[0]), float(doors().lons[0])
    now = dt.datetime.now(LONDON)
    answer(lat, lon, words="company", walker="ordinary", asked=Asked(), now=now)


def reached(lat: float, lon: float, *, walker: str, minutes: int) -> dict[str, Any]:
    """Give the streets within a walk of a point, as one shape (GeoJSON geometry).

    A piece of street is in it when both of its ends are within the walk.
    """
    network = streets()
    far = walk(walker).minutes_to(lon, lat, lons=network.lon, lats=network.lat)
    near = far <= minutes
    both = near[network.edge_u] & near[network.edge_v]
    passable = PROFILES[walker].passable(network)
    lines = list(_lines(network, np.flatnonzero(both & passable)))
    shape = shapely.buffer(shapely.MultiLineString(lines), STREET_M, quad_segs=2)
    plain = shapely.simplify(shape, STREET_M / 3)

    def degrees(points: Floats) -> Floats:
        found = network.plane.degrees(points[:, 0], points[:, 1])
        return np.column_stack(found).round(6).astype(np.float64)

    return dict(mapping(shapely.transform(plain, degrees)))


def if_closed(key: str) -> Change:
    """Say which doorsteps would lose an open hour if a venue closed."""
    number = [venue.key for venue in venues()].index(key)
    return cover().if_closed(number)


def if_opened(lat: float, lon: float) -> Change:
    """Say which doorsteps would gain one if a venue opened there, in office hours."""
    there = doors()
    minutes = walk("ordinary").minutes_to(lon, lat, lons=there.lons, lats=there.lats)
    hours = open_hours(free_hours(NEW_HOURS).spans)
    return cover().if_opened(minutes, hours, limit=COVER_MINUTES)


@cache
def cover() -> Cover:
    """Give how many venues with something on each doorstep reaches, hour by hour.

    A doorstep is one postcode; who lives behind it we do not hold for Newport.
    """
    there = doors()
    from_all = walk("ordinary").from_places(there.lons, there.lats)
    near = within(from_all, COVER_MINUTES)
    spans: list[list[tuple[int, int]]] = [[] for _ in venues()]
    for listing in listings():
        for times in listing.timetables:
            start = times.starts_on.weekday() * 1440
            start += times.at.hour * 60 + times.at.minute
            spans[listing.venue].append((start, start + times.minutes))
    return Cover.of(
        near,
        np.array([open_hours(each) for each in spans]),
        people=np.ones(len(there.texts)),
        neighbourhood=there.sector,
    )


def _lines(network: Network, edges: npt.NDArray[np.int64]) -> Iterator[Floats]:
    """Give the points of each piece of street, in metres, shape (points, 2)."""
    for edge in edges:
        part = slice(network.line_indptr[edge], network.line_indptr[edge + 1])
        x_m, y_m = network.line_x_m[part], network.line_y_m[part]
        yield np.column_stack([x_m, y_m]).astype(np.float64)


@cache
def _texts() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(TEXT.read_text(encoding="utf-8"))
    return told


def _listings() -> Iterator[Listing]:
    number = {venue.key: i for i, venue in enumerate(venues())}
    for told in _texts()["activities"]:
        for place, *times in (when.split() for when in told["when"]):
            venue = venues()[number[place]]
            yield Listing(
                key=f"{told['name']} {place} {times[0]}",
                activity=told["name"],
                group=f"{told['name']} at {venue.name}",
                description=told["says"],
                asks=told.get("asks", ""),
                kind=told["kind"],
                place=f"{venue.name}, {venue.street}",
                venue=number[place],
                timetables=(_timetable(*times),),
                cost_pence=told["cost"],
                youngest=told.get("youngest"),
                oldest=told.get("oldest"),
                languages=tuple(told.get("languages", ("en",))),
                access=venue.access,
                is_tender=told.get("tender", False),
            )


def _timetable(day: str, at: str, minutes: str) -> Timetable:
    hour, minute = at.split(":")
    return Timetable(
        starts_on=FIRST_MONDAY + dt.timedelta(days=DAYS.index(day)),
        at=dt.time(int(hour), int(minute)),
        minutes=int(minutes),
        rule=f"FREQ=WEEKLY;BYDAY={day[:2].upper()}",
        on_bank_holidays=OnBankHolidays.CLOSED,
    )


@lru_cache(maxsize=1)
def _catalogue(today: dt.date) -> Catalogue:
    """Make the catalogue of a day, with the holidays of Wales."""
    model = _model()
    wales = holidays.country_holidays(
        "GB", subdiv="WLS", years=[today.year, today.year + 1]
    )
    return Catalogue.of(
        listings(),
        now=dt.datetime.combine(today, dt.time(), LONDON),
        calendar=Calendar(bank_holidays=frozenset(wales)),
        what=None if model is None else model.vectors([x.text for x in listings()]),
        asks=None if model is None else _asks(model),
    )


def _asks(model: SentenceModel) -> npt.NDArray[np.float32]:
    found = model.vectors([x.asks for x in listings()])
    found[[not x.asks for x in listings()]] = 0
    return found


def _model() -> SentenceModel | None:
    try:
        return load_model()
    except NoModelError:
        return None
