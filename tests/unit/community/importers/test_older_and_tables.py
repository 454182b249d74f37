"""Open Referral UK 1.0, Outpost, CSV and OpenActive in the words of 3.0."""

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from thedeal.community.facts import GroupFacts
from thedeal.community.importers import files, reading, table
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import Feed, facts_of
from thedeal.lib.errors import UserFacingError

DATA = Path(__file__).parents[3] / "data"
TODAY = dt.date(2026, 11, 23)
V1: dict[str, Any] = {
    "id": "a",
    "name": "Coffee morning",
    "organization": {"id": "o", "name": "St Mary's Hall", "url": "www.hall.example"},
    "attending_type": "Venue ",
    "attending_access": "Self referral",
    "deliverable_type": "Social activity",
    "regular_schedules": [
        {
            "weekday": "Thursday",
            "freq": "week",
            "opens_at": "10:00Z",
            "closes_at": "12:00",
        }
    ],
    "holiday_schedules": [{"closed": True, "start_date": "2026-12-24"}],
    "eligibilitys": [{"minimum_age": 18, "eligibility": "Adults"}],
    "service_taxonomys": [{"taxonomy": {"id": "x:1", "name": "Company"}}],
    "service_at_locations": [
        {
            "id": "b",
            "location": {
                "name": "Hall",
                "latitude": 53.5,
                "longitude": -2.5,
                "physical_addresses": [
                    {"address_1": "Market Street", "postal_code": "wn71aa"}
                ],
                "accessibility_for_disabilities": [{"accessibility": "Hearing loop"}],
            },
        }
    ],
    "contacts": [{"name": "Jean", "phones": [{"number": "01632 960000"}]}],
}
OUTPOST: dict[str, Any] = {
    "id": 812,
    "name": "Stay and play",
    "organisation": {"id": 7, "name": "Playtime"},
    "free": True,
    "age_band_under_2": True,
    "age_band_2_to_4": True,
    "taxonomies": [{"id": 3, "name": "Families"}],
    "locations": [
        {
            "id": 9,
            "name": "Library",
            "address_1": "High Street",
            "postal_code": "WN7 1AA",
            "geometry": {"type": "Point", "coordinates": [-2.51, 53.49]},
            "accessibilities": [{"name": "Accessible toilet facilities"}],
        }
    ],
    "regular_schedules": [
        {"weekday": "tuesday", "opens_at": "09:30", "closes_at": "11:00"}
    ],
}


def read(body: dict[str, Any]) -> tuple[GroupFacts, Feed]:
    """Give the one group of one body, and the feed."""
    before = copy.deepcopy(body)
    feed = reading.feed_of([body], today=TODAY)
    assert body == before, "the source's own words are never touched"
    assert feed.records[0].body == before
    return facts_of(feed.records), feed


def csv(text: str) -> Feed:
    """Give what reading a table gives."""
    oddities = Oddities()
    found = table.rows(text, oddities)
    feed = reading.feed_of(
        [r.document for r in found], today=TODAY, lines=[r.line for r in found]
    )
    feed.oddities.add(oddities)
    return feed


def test_version_1_is_read():
    group, feed = read(V1)
    one = group.activities[0]
    assert feed.kind == "Open Referral UK 1.0"
    assert (group.name, group.website) == ("St Mary's Hall", "https://www.hall.example")
    assert one.sessions[0].rule == "FREQ=WEEKLY;BYDAY=TH"
    assert (one.min_age, one.themes) == (18, ("company",))
    assert (one.spot.postcode, one.access) == ("WN7 1AA", {"hearing_loop": "yes"})
    assert "Adults" in one.description and "Closed 2026-12-24" in one.description


def test_values_outside_version_1_s_lists_are_counted():
    _, feed = read(V1)
    assert feed.oddities.counts["value not in the standard"] == 3


def test_outpost_s_variant_is_read():
    group, _ = read(OUTPOST)
    one = group.activities[0]
    assert group.source_ref == "7" and one.source_ref == "812"
    assert (one.cost_pence, one.min_age, one.max_age) == (0, 0, 4)
    assert (one.spot.lat, one.spot.lon) == (53.49, -2.51)
    assert one.themes == ("families",) and one.access == {"toilet": "yes"}
    assert one.sessions[0].at == dt.time(9, 30)


def test_outpost_s_own_sample_is_read():
    path = DATA / "openreferral" / "outpost" / "services--with-sample-data.csv"
    feed = files.load(path, today=TODAY)
    first, second = feed.records
    assert (feed.kind, feed.read) == ("CSV", 2)
    assert first.has_stopped, "visible is FALSE"
    assert [a["spot"]["name"] for a in first.activities] == [
        "Venue or building name",
        "Second Venue or building name",
    ]
    assert len(first.body["lines"]) == 7
    rules = [s["rule"] for s in first.activities[0]["sessions"]]
    hours = {h["weekday"] for h in first.activities[0]["hours"]}
    assert (rules, hours) == ([], {0})
    assert feed.oddities.counts["timetable unclear"] >= 1, "hh:mm:ss is no time"
    assert second.activities[0]["cost_pence"] == 0
    assert second.activities[0]["access"]["hearing_loop"] == "yes"


def test_a_private_contact_is_never_taken():
    path = DATA / "openreferral" / "outpost" / "services--with-sample-data.csv"
    first = files.load(path, today=TODAY).records[0]
    assert "email2" not in str(first.group["contact"])


def test_a_plain_table_is_read_line_by_line():
    feed = csv(
        "Name,Group,Day,Start time,End time,Postcode,Cost,Colour\n"
        "Knit,Hall,Tuesday,10:30,12:00,WN7 1AA,£2.50,red\n"
        "\n"
        ",Hall,Monday,10:30,12:00,WN7 1AA,free,\n"
        "Choir,Hall,Friday,7pm,9pm,nowhere,free,\n"
    )
    assert [r.where for r in feed.records] == ["line 2: Knit", "line 5: Choir"]
    assert feed.oddities.counts["unknown column"] == 1
    assert feed.oddities.counts["postcode odd"] == 1
    knit, choir = facts_of(feed.records).activities
    assert (knit.cost_pence, choir.cost_pence) == (250, 0)
    assert choir.sessions[0].at == dt.time(19)


def test_semicolons_and_long_cells_are_read():
    feed = csv(f"name;description\nKnit;{'word ' * 40_000}\n")
    assert len(feed.records) == 1
    assert feed.oddities.counts["long description"] == 1


def test_a_row_that_adds_to_nothing_is_counted():
    feed = csv("import_id,import_id_reference,name\n2,1,\n3,,Knit\n")
    assert len(feed.records) == 1
    assert feed.oddities.counts["row without a start"] == 1


def test_an_empty_table_is_said(tmp_path):
    (tmp_path / "none.csv").write_text("")
    with pytest.raises(UserFacingError, match="empty"):
        files.load(tmp_path / "none.csv", today=TODAY)


def test_openactive_s_page_is_read_with_its_deletions():
    feed = files.load(DATA / "openactive" / "page.json", today=TODAY)
    assert (feed.kind, feed.read, len(feed.gone)) == ("OpenActive", 8, 4)
    assert feed.licence == "CC BY 4.0"
    assert "afterChangeNumber" in feed.next_address
    assert not feed.is_complete, "a page is never all of it"
    bowls = feed.records[0]
    assert bowls.group["name"] == "Plymouth Life Centre - Swim"
    assert bowls.activities[0]["spot"]["postcode"] == "PL2 3DG"
    assert bowls.activities[0]["cost_pence"] == 595
    assert bowls.activities[0]["sessions"][0]["at"] == dt.time(20)
    weekly = feed.records[1].activities[0]["sessions"][0]
    assert weekly["rule"] == "FREQ=WEEKLY;BYDAY=TU"


def test_openactive_s_plain_forms_are_read():
    item = {
        "id": "1",
        "state": "updated",
        "modified": "7",
        "data": {
            "activity": "Walking",
            "description": "-",
            "location": {"name": "Park", "address": "Park Road, Leigh"},
            "offer": [{"price": 0, "name": "All"}],
            "startDate": "2026-07-01T09:00:00Z",
            "endDate": "2026-07-01T09:59:59Z",
        },
    }
    one = read(item)[0].activities[0]
    assert (one.name, one.description, one.cost_pence) == ("Walking", "", 0)
    assert one.spot.address == "Park Road, Leigh"
    assert (one.sessions[0].at, one.sessions[0].minutes) == (dt.time(10), 60)


def test_a_folder_of_pages_is_one_feed(tmp_path):
    for number in (1, 2):
        page = f'{{"content": [{{"id": "{number}", "name": "N"}}], "totalPages": 2}}'
        (tmp_path / f"{number}.json").write_text(page)
    feed = files.load(tmp_path, today=TODAY)
    assert (len(feed.records), feed.is_complete) == (2, True)
    (tmp_path / "2.json").unlink()
    assert not files.load(tmp_path, today=TODAY).is_complete
