"""Fills the demo borough's directory: made-up groups at Wigan's real hubs.

The texts are ours (``demo/texts``); every group passes through the directory's own
actions, so that the demo can hold nothing that a council could not. Run twice it
changes nothing. The last few show what a directory must bear: a listing nobody has
confirmed for months, one that is dropped, one that is full, the same group twice.
"""

import csv
import datetime as dt
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone

from thedeal.community import recurrence
from thedeal.community.actions import keeping_true, listings, writing
from thedeal.community.actions.writing import Origin
from thedeal.community.facts import GroupFacts
from thedeal.community.models import Activity, Group, Source
from thedeal.community.states import SHOWN
from thedeal.demo import cast
from thedeal.demo.actions.cast import user_of
from thedeal.lib import logins
from thedeal.partners.models import Authority
from thedeal.places.models import Postcode, Venue

DATA = Path(__file__).resolve().parents[1] / "data"
MADE_UP = "made-up:"
ASHTON, ATHERTON, HINDLEY, LEIGH, STANDISH, CENTRAL, SOUTH = cast.NEIGHBOURHOODS
# the texts are written town by town, a file or more for each
FILES = {
    "wigan_01": HINDLEY,
    "wigan_02": LEIGH,
    "wigan_03": ATHERTON,
    "wigan_04": ASHTON,
    "wigan_05": CENTRAL,
    "wigan_06": STANDISH,
    "wigan_07": SOUTH,
    "wigan_08": SOUTH,
    "wigan_16": CENTRAL,
}
TOWNS = {
    **dict.fromkeys(("hindley", "abram", "platt bridge", "borsdane"), HINDLEY),
    **dict.fromkeys(("leigh", "westleigh", "lilford", "pennington"), LEIGH),
    **dict.fromkeys(
        ("atherton", "tyldesley", "astley", "gin pit", "mosley", "shakerley"), ATHERTON
    ),
    **dict.fromkeys(("golborne", "lowton", "ashton", "bryn"), ASHTON),
    **dict.fromkeys(("standish", "shevington", "langtree"), STANDISH),
    **dict.fromkeys(("aspull", "haigh", "new springs", "scholes"), CENTRAL),
    **dict.fromkeys(
        ("orrell", "pemberton", "worsley hall", "highfield", "newtown"), SOUTH
    ),
}
PLACES = {
    "ambulance": "The old ambulance hall",
    "arch": "Under the railway arch",
    "band": "The band room",
    "barber": "The barber's shop",
    "barge": "The mooring by the canal",
    "bike": "The bike shed",
    "boat": "The boatyard",
    "box": "The wall by the bus stop",
    "cafe": "The corner café",
    "cats": "The fostering room",
    "club": "The club",
    "courts": "The tennis courts",
    "farm": "The farm gate",
    "field": "The top field",
    "flash": "The hide by the flash",
    "foyer": "The town hall foyer",
    "garage": "The tenants' garages",
    "green": "The green",
    "haigh": "The woodland car park",
    "hall": "The scout hut",
    "hin": "The joiner's unit",
    "hut": "The hut on the allotments",
    "laund": "The launderette",
    "lock": "The lock cottage",
    "loft": "The pigeon loft",
    "lounge": "The lounge on the ground floor",
    "market": "The market hall",
    "mill": "The ground floor of the mill",
    "mos": "The bus shelter",
    "moss": "The gate to the moss",
    "paddock": "The paddock",
    "pit": "The old pit yard",
    "pond": "The fishing pond",
    "pub": "The function room of the pub",
    "railw": "The rooms over the shop",
    "sklep": "The Polish shop",
    "slip": "The slipway at the flash",
    "tenants": "The tenants' flat",
    "trade": "The trade hall",
    "walled": "The walled garden",
    "win": "The gate by the tip",
    "wool": "The wool shop",
    "working": "The working men's club",
}
TEXTS = Path(__file__).resolve().parents[1] / "texts"
FIRST_DAY = dt.date(2026, 9, 7)  # a Monday: where fortnights are counted from
HOW = "the group"
EDITOR = "kath"
AT_RISK = ["children", "memory"]
WORDS = {"full": "full", "waiting list": "waiting list", "room for": "room"}


def build_directory(*, tell: Callable[[str], None]) -> None:
    """Add the groups that are missing; ``tell`` hears how many there are."""
    authority = Authority.objects.get(slug=cast.COUNCIL)
    with logins.transaction_now():
        source = listings.own_source(authority)
        places = _Places(authority)
        there = set(
            Group.objects.filter(source=source).values_list("source_ref", flat=True)
        )
        for text in _texts():
            if text["id"] not in there:
                _add(text, authority, source, places)
        keeping_true.fade(now=timezone.now())
    _see_policies(authority)
    groups = Group.objects.filter(authority=authority).count()
    activities = Activity.objects.filter(authority=authority).count()
    tell(f"{groups} made-up groups with {activities} things to do")


@logins.atomic
def _see_policies(authority: Authority) -> None:
    """Say of groups with children or people at risk that their policy was seen.

    Of one in six it was not, so that the demo shows what is said then.
    """
    editor = user_of(EDITOR)
    rows = Group.objects.filter(
        authority=authority,
        needs_safeguarding=False,
        activities__themes__overlap=AT_RISK,
        state__in=SHOWN,
    )
    for number, group in enumerate(rows.order_by("source_ref", "id").distinct()):
        listings.say_safeguarding(
            group=group, needs=True, is_seen=number % 6 != 5, by=editor
        )


def _texts() -> Iterator[dict[str, Any]]:
    for path in sorted(TEXTS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield {**json.loads(line), "file": path.stem}


class _Places:
    """Where made-up places are: a real postcode of the right town, always the same."""

    def __init__(self, authority: Authority) -> None:
        self.venues = _venues()
        self.churches = _churches()
        self.postcodes: dict[str, list[str]] = {}
        rows = Postcode.objects.filter(
            neighbourhood__authority=authority, terminated_on__isnull=True
        ).order_by("text")
        for name, text in rows.values_list("neighbourhood__name", "text"):
            self.postcodes.setdefault(name, []).append(text)

    def church(self, venue: str | None) -> dict[str, Any]:
        """Give the spot of a place of worship that is part of another's record."""
        return self.churches.get(venue or "", {})

    def spot(self, venue: str | None, *, group: str, file: str) -> dict[str, Any]:
        """Give the spot of an activity: a real venue, or a made-up place."""
        if not venue or not venue.startswith(MADE_UP):
            known_venue = self.venues.get(venue or "")
            return {"venue_id": known_venue} if known_venue else self.church(venue)
        known = self.postcodes.get(_town(group, file), [])
        number = zlib.crc32(f"{group}:{venue}".encode())
        return {
            "name": PLACES.get(venue.removeprefix(MADE_UP), "A room of our own"),
            "postcode": known[number % len(known)] if known else "",
        }


def _town(group: str, file: str) -> str:
    """Give the neighbourhood that a group's name tells of, else its file's."""
    named = (n for town, n in TOWNS.items() if town in group.replace("-", " "))
    return next(named, FILES.get(file, cast.HOME))


def _venues() -> dict[str, str]:
    """Give the id of each venue by its own id in the source, or its UPRN."""
    rows = Venue.objects.exclude(source_ref="").order_by("key")
    found = {}
    for pk, ref, uprn, category in rows.values_list(
        "pk", "source_ref", "uprn", "category"
    ):
        found[f"park_green_flag:{ref}" if category == "park" else uprn or ref] = str(pk)
    return found


def _churches() -> dict[str, dict[str, Any]]:
    """Give the spot of each place of worship; one church may be three outlines."""
    path = DATA / "places_of_worship_2018.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["os_id"]: {"name": row["name"], "lat": row["lat"], "lon": row["lon"]}
            for row in csv.DictReader(file)
        }


def _add(
    text: dict[str, Any], authority: Authority, source: Source, places: _Places
) -> None:
    facts = GroupFacts.read(_group(text, places))
    group = listings.add(
        authority=authority,
        facts=facts,
        by=None,
        origin=Origin(source=source, how=HOW),
        is_checked=False,
    )
    days = [a["checked_days_ago"] for a in text["activities"]]
    known = [d for d in days if d is not None]
    if known:
        at = timezone.now() - dt.timedelta(days=max(known))
        said = Origin(source=source, how=HOW, at=at)
        writing.note_check(group, origin=said)
    answers = [a["answers_in_days"] for a in text["activities"] if a["answers_in_days"]]
    if answers:
        listings.tell_answering(group=group, answers_in_days=max(answers))


def _group(text: dict[str, Any], places: _Places) -> dict[str, Any]:
    return {
        "name": text["name"],
        "kind": text["kind"],
        "what": text["what"],
        "legal_form": text["legal_form"],
        "is_sensitive": text["sensitive"],
        "source_ref": text["id"],
        "contact": text["contact"],
        "activities": [_activity(a, places, text) for a in text["activities"]],
    }


def _activity(
    text: dict[str, Any], places: _Places, group: dict[str, Any]
) -> dict[str, Any]:
    cost, ages = text["cost"] or {}, text["ages"] or [None, None]
    capacity, left = _capacity(text["capacity"])
    slots = [text, *text["also"]] if text["rrule"] else []
    are_hours = text["timing"] == "opening hours" and all(
        recurrence.parts(s["rrule"])["FREQ"] in ("WEEKLY", "DAILY") for s in slots
    )
    return {
        "name": text["name"],
        "source_ref": text["id"],
        "description": text["description"],
        "first_time": text["first_time"],
        "asks": text["asks"],
        "timing": text["timing"],
        "is_online": text["online"],
        "spot": places.spot(text["venue"], group=group["id"], file=group["file"]),
        "cost_pence": cost.get("pence"),
        "cost_words": cost.get("words"),
        "min_age": ages[0],
        "max_age": ages[1],
        "languages": text["languages"],
        "themes": text["themes"],
        "access": text["access"],
        "capacity": capacity,
        "capacity_places": left,
        "capacity_words": "" if text["capacity"] == "unknown" else text["capacity"],
        "sessions": [] if are_hours else [_times(s, text) for s in slots],
        "hours": [h for s in slots for h in _hours(s, text)] if are_hours else [],
    }


def _capacity(words: str) -> tuple[str, int | None]:
    """Give what the words "room for 2" or "full until March" come to."""
    if words in ("open", "unknown"):
        return words, None
    kind = next((k for start, k in WORDS.items() if words.startswith(start)), "room")
    number = next((int(w) for w in words.split() if w.isdigit()), None)
    return kind, number if kind == "room" else None


def _times(slot: dict[str, Any], text: dict[str, Any]) -> dict[str, Any]:
    return {
        "starts_on": FIRST_DAY,
        "at": slot["start"],
        "minutes": slot["minutes"],
        "rule": slot["rrule"],
        "is_term_time": text["term_time"],
    }


def _hours(slot: dict[str, Any], text: dict[str, Any]) -> Iterator[dict[str, Any]]:
    opens = dt.datetime.combine(FIRST_DAY, dt.time.fromisoformat(slot["start"]))
    closes = opens + dt.timedelta(minutes=slot["minutes"])
    last = dt.time(0) if closes.date() > opens.date() else closes.time()
    for day in recurrence.weekdays(slot["rrule"], starts_on=FIRST_DAY):
        yield {
            "weekday": day,
            "opens": opens.time(),
            "closes": last,
            "is_term_time": text["term_time"],
        }
