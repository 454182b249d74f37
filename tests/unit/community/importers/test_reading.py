"""Every fault of real feeds, and what becomes of it: counted, mended, nothing lost."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from thedeal.community.facts import ActivityFacts, GroupFacts
from thedeal.community.importers import reading
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import Feed, bundled, facts_of

DATA = Path(__file__).parents[3] / "data" / "openreferral"
TODAY = dt.date(2026, 11, 23)
UUID = "0b6c2c8a-5b0e-4d0e-8a4e-3f1a2b3c4d5e"


def feed(*bodies: Any) -> Feed:
    """Give what reading these bodies gives."""
    return reading.feed_of(bodies, today=TODAY)


def service(**changes: Any) -> dict[str, Any]:
    """Give a service with nothing odd in it."""
    return {
        "id": UUID,
        "name": "Knit and Natter",
        "status": "active",
        "assured_date": "2026-11-01",
        "last_modified": "2026-11-01T09:00:00.000Z",
        "organization": {"id": UUID, "name": "St Mary's Hall", "description": "A hall"},
        "service_at_locations": [{"id": UUID, "location": location()}],
        **changes,
    }


def location(**changes: Any) -> dict[str, Any]:
    """Give a hall in Leigh."""
    return {
        "id": UUID,
        "location_type": "physical",
        "name": "St Mary's Hall",
        "latitude": 53.4975,
        "longitude": -2.5150,
        "addresses": [
            {
                "id": UUID,
                "address_1": "Market Street",
                "city": "Leigh",
                "state_province": "Wigan",
                "postal_code": "WN7 1AA",
                "country": "GB",
                "address_type": "physical",
            }
        ],
        **changes,
    }


def group_of(body: dict[str, Any]) -> GroupFacts:
    """Give the one group of one body."""
    return facts_of(feed(body).records)


def activity_of(body: dict[str, Any]) -> ActivityFacts:
    """Give the one activity of one body."""
    return group_of(body).activities[0]


def counts(*bodies: Any) -> dict[str, int]:
    """Give the oddities of some bodies."""
    return dict(feed(*bodies).oddities.counts)


def file(name: str) -> Feed:
    """Give what reading a file of the samples gives."""
    oddities = Oddities()
    text = reading.decoded((DATA / name).read_bytes(), oddities)
    document, _ = reading.parsed(text, oddities)
    found = reading.feed_of(reading.listed(document) or [document], today=TODAY)
    found.oddities.add(oddities)
    return found


def test_a_plain_record_has_no_oddity():
    assert counts(service()) == {}
    found = activity_of(service())
    assert found.name == "Knit and Natter"
    assert found.spot.postcode == "WN7 1AA"
    assert found.spot.address == "Market Street, Leigh"
    assert group_of(service()).name == "St Mary's Hall"


def test_the_nested_example_gives_its_facts():
    found = file("validator/mocks/Default/service_full.json")
    group = facts_of(found.records)
    one = group.activities[0]
    assert group.name == "Example Organization Inc."
    assert (one.min_age, one.max_age, one.cost_pence) == (12, 100, 3500)
    assert one.access == {"step_free": "yes", "hearing_loop": "yes"}
    assert one.sessions[0].at == dt.time(10, 0)
    assert "our counselling sessions online" in one.description
    assert found.oddities.counts["place outside the UK"] == 1
    assert found.oddities.counts["postcode odd"] == 1


def test_hsds_with_everything_nested_is_read():
    one = facts_of(file("family-hubs/getFullyNestedServiceById.json").records)
    assert one.contact is not None
    assert one.contact.phone == "01234 234567"
    assert one.activities[0].languages == ("ur",)
    assert "aged 12 and over" in one.activities[0].description


def test_one_record_128_times_is_one():
    found = file("validator/mocks/one-record-128-times.json")
    assert (found.read, len(found.records)) == (128, 1)
    again = found.oddities.counts["same record twice"]
    assert again + found.oddities.counts["changed within the feed"] == 127


def test_records_without_a_name_are_left_out_and_counted():
    found = file("validator/mocks/Fail/service_list.json")
    assert found.records == []
    assert found.oddities.counts["no name"] == 4


def test_what_is_not_json_is_read_as_far_as_it_goes():
    found = file("validator/not-json.json")
    assert found.oddities.counts["not json"] == 1
    assert found.records == []


def test_a_document_that_stops_half_way_gives_its_whole_records():
    text = json.dumps({"contents": [service(id=str(n)) for n in range(5)]})
    document, is_whole = reading.parsed(text[:-400], Oddities())
    assert not is_whole
    assert [one["id"] for one in document["contents"]] == ["0", "1", "2", "3"]


def test_lines_of_json_are_a_list_and_a_bad_line_is_counted():
    oddities = Oddities()
    text = "\n".join([json.dumps(service()), "{half", json.dumps(service(id="2"))])
    document, is_whole = reading.parsed(text, oddities)
    assert (len(document), is_whole) == (2, False)
    assert oddities.counts["not readable"] == 1


def test_windows_1252_is_read():
    oddities = Oddities()
    assert reading.decoded("Café".encode("cp1252"), oddities) == "Café"
    assert oddities.counts["not utf-8"] == 1


TEN = {"opens_at": "10:00", "closes_at": "12:00"}


def test_a_time_that_is_none_is_counted_and_the_timetable_kept_in_words():
    when = {"freq": "WEEKLY", "byday": "TU", "opens_at": "teatime"}
    found = counts(service(schedules=[when]))
    assert found["time odd"] == 1
    assert found["timetable unclear"] == 1


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"name": " <p><br></p> "}, "no name"),
        ({"id": ""}, "no id"),
        ({"id": "not-one"}, "id not a uuid"),
        ({"id": "0b6c2c8a-5b0e-0d0e-0a4e-3f1a2b3c4d5e"}, "id not rfc 4122"),
        ({"organization": None}, "no organisation"),
        ({"description": "<p style='color:red'>Come</p>"}, "html"),
        ({"description": "<img src='data:image/png;base64,AAAA'>"}, "picture in words"),
        ({"description": "<a onclick='x()'>Come</a>"}, "script"),
        ({"description": "long " * 29_083}, "long description"),
        ({"email": ""}, "blank value"),
        ({"email": "nobody at home"}, "email odd"),
        ({"email": "Unknown-12@noemail.invalid"}, "email stand-in"),
        ({"email": "\u00a0jean@knit.example\u00a0"}, "email with blanks"),
        ({"url": "www.knit.example"}, "web address without scheme"),
        ({"url": "Warmley Community Centre"}, "web address odd"),
        ({"url": "http://www.example.com"}, "web address odd"),
        ({"phones": [{"number": "none"}]}, "phone odd"),
        ({"phones": [{"number": "Youth line: 01632 960000"}]}, "phone with label"),
        ({"minimum_age": -1}, "age unknown"),
        ({"maximum_age": 999}, "age unknown"),
        ({"minimum_age": 60, "maximum_age": 18}, "ages turned about"),
        ({"assured_date": ""}, "no check date"),
        ({"assured_date": "2024-01-05"}, "check date old"),
        ({"assured_date": "soon"}, "date odd"),
        ({"last_modified": "2025-09-02T12:06:15.654"}, "date without a zone"),
        ({"status": "thriving"}, "unknown status"),
        ({"service_areas": [{"serviceId": "1"}]}, "camel case"),
        ({"service_at_locations": []}, "no place"),
        ({"cost_options": [{"amount": "a brew"}]}, "cost odd"),
        ({"description": "A women's refuge."}, "sensitive"),
        ({"organization": {"id": "hall"}}, "organisation without a name"),
        ({"schedules": [{"dtstart": "2026-12-01", **TEN}]}, "single-day event"),
    ],
)
def test_each_oddity_is_counted_once(changes: dict[str, Any], kind: str):
    assert counts(service(**changes)) == {kind: 1} | (
        {"no check date": 1} if kind == "date odd" else {}
    ) | ({"html": 1} if kind in ("picture in words", "script") else {})


def test_a_record_that_is_no_object_does_not_stop_the_rest():
    found = feed(None, 7, "words", {"name": ["x"], "id": {}}, service())
    assert [r.name for r in found.records][-1] == "Knit and Natter"
    assert found.oddities.counts["not readable"] == 3


def test_a_description_of_145_411_letters_is_cut_and_says_so():
    found = activity_of(service(description="<p>" + "word " * 29_082 + "</p>"))
    assert len(found.description) <= 10_000
    assert "cut here" in found.description


def test_a_tab_parts_two_words_and_control_letters_are_gone():
    words = activity_of(service(description="Tea\tand\x00 toast\r\nat two")).description
    assert words == "Tea and toast\nat two"


def test_scripts_never_come_in():
    bad = "<p onclick='x()'>Come <script>alert(1)</script>&lt;script&gt;x&lt;/script&gt;</p>"
    words = activity_of(service(description=bad)).description
    assert "script" not in words and "alert" not in words
    assert words.startswith("Come")


def test_one_id_on_two_names_keeps_both_the_same_each_time():
    pair = service(name="Baby massage"), service(name="Baby yoga")
    first, again = feed(*pair), feed(*pair)
    assert [r.name for r in first.records] == ["Baby massage", "Baby yoga"]
    assert len({r.ref for r in first.records}) == 2
    assert [r.ref for r in first.records] == [r.ref for r in again.records]
    assert first.oddities.counts["one id, two names"] == 1


def test_three_gardening_clubs_stay_three():
    three = [
        service(id=f"g{n}", name="Gardening club", organization={"name": f"Hall {n}"})
        for n in range(3)
    ]
    assert len(bundled(feed(*three).records)) == 3


def test_three_respite_day_centres_of_one_organisation_are_said():
    three = [service(id=f"r{n}", name="Respite day centre") for n in range(3)]
    found = feed(*three)
    assert len(found.records) == 3
    assert found.oddities.counts["same name, one organisation"] == 2


def test_fees_and_accreditations_that_are_always_empty_say_nothing():
    one = activity_of(service(fees="", accreditations=""))
    assert (one.cost_pence, one.cost_words) == (None, "")
    assert counts(service(fees="", accreditations="")) == {}


def test_audience_paths_and_stray_blanks_are_tidied():
    terms = [
        {"taxonomy_term": {"name": "Parents>Grandparents"}},
        {"taxonomy_term": {"name": " Carers "}},
    ]
    found = feed(service(attributes=terms))
    assert found.oddities.counts == {"path": 1, "stray blanks": 1}
    assert facts_of(found.records).activities[0].themes == ("grandparents", "carers")


def test_a_service_at_two_places_is_there_twice():
    there = location(id="b", name="The Turnpike", latitude=None)
    at = [{"id": "one", "location": location()}, {"id": "two", "location": there}]
    both = group_of(service(service_at_locations=at)).activities
    assert [a.spot.name for a in both] == ["St Mary's Hall", "The Turnpike"]
    assert [a.source_ref for a in both] == [UUID, f"{UUID}|two"]


def test_a_venue_has_its_own_timetable():
    at = [{"id": x, "location": location(id=x)} for x in ("one", "two")]
    when = [
        {"service_at_location_id": x, "freq": "WEEKLY", "byday": d, "opens_at": "10:00"}
        for x, d in (("one", "MO"), ("two", "FR"))
    ]
    both = group_of(service(service_at_locations=at, schedules=when)).activities
    assert [a.sessions[0].rule for a in both] == [
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=WEEKLY;BYDAY=FR",
    ]


def test_a_refuge_is_sensitive():
    assert group_of(service(description="Refuge for women")).is_sensitive
    assert group_of(service(mask_exact_address="TRUE")).is_sensitive
    assert not group_of(service(description="Pop in and natter")).is_sensitive


def test_what_is_over_is_stopped_and_what_rests_rests():
    over, rests = feed(
        service(status="defunct"), service(id="2", status="temporarily closed")
    ).records
    assert over.has_stopped and not rests.has_stopped and rests.is_resting


def test_a_charity_is_known_by_its_number():
    about = {
        "id": "o",
        "name": "Hall Trust",
        "organization_identifiers": [
            {"identifier_scheme": "GB-CHC", "identifier": "1012345"}
        ],
    }
    found = group_of(service(organization=about))
    assert (found.kind, found.charity_number) == ("charity", "1012345")
