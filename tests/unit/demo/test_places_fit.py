"""What is done fits where: nobody fries in a library or swims a lake in a flower park.

Read by what a listing says of itself: words that a kind of place cannot keep. It sees
only what it has words for; a new oddity that somebody meets is a new line here.
"""

import csv
import re
from collections.abc import Iterator
from typing import Any

from tests.unit.demo.test_texts import groups
from thedeal.demo.actions.borough import RECORD
from thedeal.demo.actions.directory import DATA, MADE_UP, PLACES
from thedeal.places import importers
from thedeal.places.importers.record import read

KITCHEN = r"cook(s|ed|ing)?|bak(e|ing)|boil|fry|bacon|breakfast|borscht|hot pie|washing machine"
LOUD = r"boxing|pads, bags|waltz\w*|ballroom|disco|licensed bar"
ELSEWHERE = (
    r"ambulance hall|town hall|common room|shared lounge|walled garden|in the park"
)
ON_WATER = r"open water|sail\w*|kayak\w*|canoe\w*|boats|aqueduct|pegs|bait|swim a"
# what a kind of place cannot keep, and why somebody would laugh
CANNOT = {
    "library": (KITCHEN, LOUD, ELSEWHERE, r"wards|fleece|steamer"),
    "gp": (KITCHEN, LOUD),
    "pharmacy": (KITCHEN, LOUD),
    "park": (r"open water|kayak\w*|at the flash", KITCHEN),
    "school": (ELSEWHERE, r"fostering room|pub"),
    "worship": (ELSEWHERE, r"bar, bingo"),
    "field": (ON_WATER, r"dinner|rides?|carriage|tennis"),
    "flash": (r"sail\w*|swim\w*",),
    "cafe": (r"machines?|fabric|bus stop|book box",),
    "mill": (r"boat|launch",),
    "club": (r"sports hall",),
    "hut": (r"come to you|slideshow for infants",),
    "farm": (r"shed|cash only",),
    "arch": (r"trade hall",),
    "pit": (r"peat\w*|curlew\w*",),
}


def kinds() -> dict[str, str]:
    """Give what kind of place each is, by what a listing writes for it."""
    churches = (DATA / "places_of_worship_2018.csv").read_text(encoding="utf-8")
    found = {row["os_id"]: "worship" for row in csv.DictReader(churches.splitlines())}
    for venue in importers.gather(read(RECORD)).region.venues.values():
        is_park = venue.category == "park"
        ref = venue.source_ref
        key = f"park_green_flag:{ref}" if is_park else venue.uprn or ref
        found[key] = str(venue.category)
    return found | {f"{MADE_UP}{own}": own for own in PLACES}


def odd(known: list[dict[str, Any]]) -> Iterator[str]:
    """Give each activity that says what its place cannot keep."""
    kind_of = kinds()
    for group in known:
        for one in group["activities"]:
            kind = kind_of.get(one["venue"] or "", "")
            says = (
                f"{group['name']}: {one['name']}. {one['description']} {group['what']}"
            )
            for words in CANNOT.get(kind, ()):
                if found := re.search(rf"\b(?:{words})\b", says, re.IGNORECASE):
                    yield f"{one['id']} says {found[0]!r} at a {kind}"


def test_what_is_done_fits_where():
    assert list(odd(groups())) == []


def test_each_made_up_place_has_a_name():
    places = {one["venue"] or "" for group in groups() for one in group["activities"]}
    named = {place.removeprefix(MADE_UP) for place in places if MADE_UP in place}
    assert named == set(PLACES)
