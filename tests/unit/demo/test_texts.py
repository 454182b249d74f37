"""The demo's listings read as if many people had written them, one by one.

A *frame* is a sentence with its own words taken out: "Bring your _ and a _, we have the
_". Made-up texts give themselves away when two have one frame, or begin alike.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest

from thedeal.community.models.groups import Kind, LegalForm
from thedeal.community.screen import SHOWS
from thedeal.demo.actions.borough import RECORD
from thedeal.demo.actions.directory import DATA, MADE_UP, TEXTS
from thedeal.places import importers
from thedeal.places.importers.record import read

# words that hold a sentence together, whatever it is about
HOLDS = frozenset(
    re.findall(
        r"\S+",
        "a an the and or but so if of for from to in on at by with without as than then "
        "is are was were be been has have had do does can may must will would it its it's "
        "we us our you your they them their who what which that this these those there "
        "here no not nobody anyone anybody everybody somebody someone one two three all "
        "any each every some more most when where while before after until since i my me "
        "he she his her don't we've we're you're isn't please just only about up out over",
    )
)
SHORTEST = 5  # words; shorter sentences are alike by chance
LEAST_HELD = 3  # of the words above, at least
OPENING = 3  # words with which no two descriptions begin
# what is true of a building, whoever meets in it; how quiet it is varies by the hour
OF_THE_PLACE = ("step_free", "hearing_loop", "toilet", "parking")


def groups() -> list[dict[str, Any]]:
    """Give each group of the demo's texts."""
    return [
        json.loads(line)
        for path in sorted(TEXTS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def descriptions() -> dict[str, str]:
    """Give each activity's description by its id."""
    return {
        one["id"]: one["description"]
        for group in groups()
        for one in group["activities"]
    }


def words(sentence: str) -> list[str]:
    return re.findall(r"[\w'’]+", sentence.lower().replace("’", "'"))


def frame(sentence: str) -> str:
    """Give a sentence with its own words taken out; "" for one too short to tell."""
    said = [word if word in HOLDS else "_" for word in words(sentence)]
    held = sum(word != "_" for word in said)
    return " ".join(said) if len(said) >= SHORTEST and held >= LEAST_HELD else ""


def shared(texts: dict[str, str]) -> dict[str, list[str]]:
    """Give each frame that two descriptions have, with whose they are."""
    found = defaultdict(set)
    for key, text in texts.items():
        for sentence in re.split(r"[.!?:;]+\s*", text):
            if known := frame(sentence):
                found[known].add(key)
    return _of_several(found.items())


def alike(texts: dict[str, str]) -> dict[str, list[str]]:
    """Give each opening that two descriptions have, with whose they are."""
    found = defaultdict(set)
    for key, text in texts.items():
        said = words(text)
        if len(said) >= SHORTEST:
            found[" ".join(said[:OPENING])].add(key)
    return _of_several(found.items())


def told(known: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, list[str]]]:
    """Give what is said of each fact of each venue, and by which activities."""
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
    for group in known:
        for one in group["activities"]:
            if place := _place(group["id"], one["venue"]):
                for fact in OF_THE_PLACE:
                    said = found[place, fact]
                    said.setdefault(one["access"][fact], []).append(one["id"])
    return found


def _place(group: str, venue: str | None) -> str:
    """Give the one spot a venue is: a made-up place is each group's own."""
    is_own = bool(venue) and venue.startswith(MADE_UP)
    return f"{group} at {venue}" if is_own else venue or ""


def at_odds(known: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, list[str]]]:
    """Give each fact of a venue to which one activity says yes and another no."""
    return {
        what: said for what, said in told(known).items() if {"yes", "no"} <= set(said)
    }


def places() -> set[str]:
    """Give what a listing may write for each place that the demo knows."""
    churches = (DATA / "places_of_worship_2018.csv").read_text(encoding="utf-8")
    venues = importers.gather(read(RECORD)).region.venues.values()
    return {row["os_id"] for row in csv.DictReader(churches.splitlines())} | {
        f"park_green_flag:{venue.source_ref}"
        if venue.category == "park"
        else venue.uprn or venue.source_ref
        for venue in venues
    }


def _of_several(pairs: Iterable[tuple[str, set[str]]]) -> dict[str, list[str]]:
    return {what: sorted(keys) for what, keys in pairs if len(keys) > 1}


def test_no_two_descriptions_share_a_sentence_frame():
    assert shared(descriptions()) == {}


def test_no_two_descriptions_begin_alike():
    assert alike(descriptions()) == {}


def test_each_group_is_one_that_the_directory_takes():
    known = groups()
    assert {one["kind"] for one in known} <= set(Kind.values)
    assert {one["legal_form"] for one in known} <= set(LegalForm.values)
    assert {one["contact"]["show"] for one in known} <= set(SHOWS)
    assert len({one["id"] for one in known}) == len(known)


def test_a_venue_tells_one_story_of_its_door_its_loop_its_toilet_and_its_parking():
    assert at_odds(groups()) == {}


def test_each_listing_with_a_venue_stands_at_a_place_that_the_demo_knows():
    stands = {
        one["id"]: one["venue"]
        for group in groups()
        for one in group["activities"]
        if one["venue"] and not one["venue"].startswith(MADE_UP)
    }
    known = places()
    assert {key: venue for key, venue in stands.items() if venue not in known} == {}


def test_a_venue_with_two_stories_would_be_seen():
    def meets(key: str, *, venue: str, step_free: str) -> dict[str, Any]:
        access = {**dict.fromkeys(OF_THE_PLACE, "unknown"), "step_free": step_free}
        return {
            "id": key,
            "activities": [{"id": f"{key}-1", "venue": venue, "access": access}],
        }

    one, two = (
        [
            meets("band", venue=venue, step_free="yes"),
            meets("choir", venue=venue, step_free="no"),
        ]
        for venue in ("100012855927", f"{MADE_UP}mill")
    )
    assert list(at_odds(one)) == [("100012855927", "step_free")]
    assert at_odds(two) == {}, "each group's made-up mill is a mill of its own"


def test_there_is_enough_to_look_through():
    assert len(descriptions()) >= 1000


@pytest.mark.parametrize("finds", [shared, alike])
def test_a_shared_frame_would_be_seen(finds):
    texts = {
        "one": "Bring your own chair and a flask, we have the kettle on.",
        "two": "Bring your own mug and a story, we have the biscuits on.",
        "three": "Sewing, mending and a chat for whoever has lost a button.",
    }
    assert list(finds(texts).values()) == [["one", "two"]]
