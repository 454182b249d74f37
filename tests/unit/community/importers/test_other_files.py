"""Files that hold several tables, things that are no service, or no feed at all."""

import datetime as dt
import json
from pathlib import Path

import pytest

from thedeal.community.importers import files, package, reading, table
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import Feed, facts_of
from thedeal.lib.errors import UserFacingError

TODAY = dt.date(2026, 11, 23)
MOCKS = Path("tests/data/openreferral/validator/mocks")
TABLES = {
    "organizations.csv": "id,name,description\no1,Knitters,Wool and talk\n",
    "organization_identifiers.csv": "id,organization_id,identifier_scheme,"
    "identifier\ni1,o1,GB-CHC,1099999\n",
    "services.csv": "id,organization_id,name,status,minimum_age,assured_date,email\n"
    "s1,o1,Knit and Natter,active,18,2026-10-01,\n"
    "s2,o1,Sewing bee,active,,2026-10-01,\n",
    "service_at_location.csv": "id,service_id,location_id\na1,s1,l1\na2,s2,l1\n",
    "locations.csv": "id,location_type,name,latitude,longitude\n"
    "l1,physical,The library,53.5,-2.51\n",
    "addresses.csv": "id,location_id,address_1,city,postal_code,address_type\n"
    "d1,l1,Civic Square,Leigh,WN7 1EB,physical\n",
    "schedules.csv": "id,service_id,service_at_location_id,freq,byday,opens_at,"
    "closes_at\nc1,s1,a1,WEEKLY,TU,10:00,12:00\nc2,,a2,WEEKLY,FR,14:00,16:00\n"
    "c3,gone,,WEEKLY,MO,14:00,16:00\n",
    "contacts.csv": "id,service_id,name\nk1,s1,Jean\n",
    "phones.csv": "id,contact_id,number\np1,k1,01632 960001\n",
    "attribute.csv": "id,link_id,taxonomy_term_id\nt1,s1,x1\n",
    "taxonomy_terms.csv": "id,name,taxonomy_id\nx1,crafts,y1\n",
    "cost_options.csv": "id,service_id,amount\nm1,s2,2.50\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of HSDS tables."""
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_folder_of_tables_is_put_together_again(folder: Path):
    feed = files.load(folder, today=TODAY)
    group = facts_of(feed.records)
    knit, sew = group.activities
    assert (feed.kind, feed.read, feed.is_complete) == (package.KIND, 2, True)
    assert (group.name, group.charity_number) == ("Knitters", "1099999")
    assert (group.contact.name, group.contact.phone) == ("Jean", "01632 960001")
    assert (knit.spot.name, knit.spot.postcode) == ("The library", "WN7 1EB")
    assert (knit.min_age, knit.themes, sew.cost_pence) == (18, ("crafts",), 250)
    assert [s.rule for s in knit.sessions] == ["FREQ=WEEKLY;BYDAY=TU"]
    assert [s.rule for s in sew.sessions] == ["FREQ=WEEKLY;BYDAY=FR"]
    assert feed.oddities.counts["row without a start"] == 1


def test_naming_the_main_table_is_naming_its_folder(folder: Path):
    feed = files.load(folder / "services.csv", today=TODAY)
    assert facts_of(feed.records).name == "Knitters"


def test_the_same_tables_in_one_json_document_are_read(folder: Path):
    held = {n: list(package.rows(text)) for n, text in TABLES.items()}
    (folder / "one").mkdir()
    path = folder / "one" / "tabular.json"
    path.write_text(json.dumps(held))
    feed = files.load(path, today=TODAY)
    assert (facts_of(feed.records).name, feed.read) == ("Knitters", 2)


@pytest.mark.parametrize("name", ["locations", "phones", "taxonomy_terms", "attribute"])
def test_one_table_of_several_is_no_list(tmp_path: Path, name: str):
    text = {**TABLES, "phones.csv": "id,contact_id,number\n"}[f"{name}.csv"]
    (tmp_path / f"{name}.csv").write_text(text)
    with pytest.raises(UserFacingError, match=r"services\.csv"):
        files.load(tmp_path / f"{name}.csv", today=TODAY)


@pytest.mark.parametrize(
    "name",
    ["api_details", "organization_list", "taxonomy", "taxonomy_list", "taxonomy_term"],
)
def test_what_is_no_service_never_becomes_a_listing(name: str):
    feed = files.load(MOCKS / "Default" / f"{name}.json", today=TODAY)
    assert feed.records == []
    assert feed.oddities.counts["another kind"] == feed.read > 0


@pytest.mark.parametrize("body", [{}, {"status": "active"}, {"website": "a.example"}])
def test_a_plain_service_is_one(body: dict[str, str]):
    feed = reading.feed_of([{"id": "1", "name": "Choir", **body}], today=TODAY)
    assert [r.name for r in feed.records] == ["Choir"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04rest", "Save the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf <!doctype html><title>Hello</title>", "web page"),
    ],
)
@pytest.mark.parametrize("name", ["feed.csv", "feed.json", "feed"])
def test_what_is_no_feed_is_said_with_what_to_do(
    tmp_path: Path, raw: bytes, said: str, name: str
):
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(UserFacingError, match=said):
        files.load(tmp_path / name, today=TODAY)


def of_table(text: str) -> Feed:
    """Give what a table gives."""
    found = table.rows(text, Oddities())
    return reading.feed_of([r.document for r in found], today=TODAY)


@pytest.mark.parametrize(
    ("first", "last", "is_over"),
    [
        ("2022-05-17", "2023-05-17", True),
        ("2027-01-01", "", True),
        ("2022-05-17", "", False),
        ("", "2026-11-23", False),
    ],
)
def test_a_listing_is_shown_in_the_days_its_source_shows_it(
    first: str, last: str, is_over: bool
):
    feed = of_table(f"id,name,visible_from,visible_to\n1,Choir,{first},{last}\n")
    assert feed.records[0].has_stopped == is_over
    assert feed.oddities.counts["not its days"] == is_over


def test_the_charity_register_s_own_columns_are_known():
    feed = of_table(
        "registered_charity_number,charity_name,charity_activities\n"
        "1099999,LEIGH SINGERS,We sing.\n"
    )
    group = facts_of(feed.records)
    assert (group.name, group.charity_number) == ("LEIGH SINGERS", "1099999")
    assert group.activities[0].description == "We sing."
