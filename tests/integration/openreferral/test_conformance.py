"""What we publish, against every published text of Open Referral UK 3.0.

With a 2020-12 engine and formats on, as the official checker has them.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.factories import listings as planted
from tests.factories.cast import Cast
from thedeal.community.importers import reading
from thedeal.community.importers.records import facts_of
from thedeal.community.models import Activity, Group
from thedeal.partners.models import Authority

DATA = Path(__file__).parents[2] / "data" / "openreferral"
SCHEMAS = DATA / "validator" / "schemas"
ROOT = "/open-referral/v3"
# lists of light objects must not hold these, says the newest text
ARRAYS = {
    "schedules", "service_areas", "service_at_locations", "languages", "funding",
    "cost_options", "contacts", "attributes",
}  # fmt: skip


def schema(name: str) -> dict[str, Any]:
    """Give one of the validator's schemas."""
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text())
    return found


def faults(body: Any, name: str) -> list[str]:
    """Give what a schema of the validator says against a body."""
    return _faults(body, schema(name), Registry())


def website_faults(body: Any, name: str) -> list[str]:
    """Give what the website's schema of January 2026 says against a body."""
    folder = DATA / "website-2026-01" / "schemata"
    held = {p.name: json.loads(p.read_text()) for p in folder.glob("*.json")}
    resources = [
        (where, DRAFT202012.create_resource(one))
        for file, one in held.items()
        for where in (file, one.get("$id", file), f"https://x/{file}")
    ]
    registry: Registry[Any] = Registry().with_resources(resources)
    return _faults(body, {"$ref": f"{name}.json"}, registry)


def _faults(body: Any, against: dict[str, Any], registry: Any) -> list[str]:
    checker = Draft202012Validator(
        against, format_checker=FormatChecker(), registry=registry
    )
    return [f"{list(e.absolute_path)}: {e.message}" for e in checker.iter_errors(body)]


@pytest.fixture
def listed(cast: Cast) -> Group:
    """Give one group with everything there is to say, and a plain one."""
    authority = Authority.objects.get(slug="makerfield")
    rich = planted.group(
        authority,
        "St Mary's Hall",
        website="https://hall.example/café",
        charity_number="1012345",
        activities=[
            planted.activity(
                "Knit and Natter",
                spot={
                    "name": "The Hall",
                    "address": "1 Market Street, Leigh",
                    "postcode": "WN7 1AA",
                    "lat": 53.4975,
                    "lon": -2.515,
                },
                access={"step_free": "yes", "toilet": "no"},
                min_age=18,
                cost_words="50p for a brew",
                hours=[{"weekday": 0, "opens": "09:00", "closes": "00:00"}],
            ),
            planted.activity("Zoom choir", is_online=True, sessions=[]),
        ],
    )
    planted.group(authority, "Bench Boules", what="", activities=[{"name": "B"}])
    return rich


def get(client: Client, address: str, **asked: Any) -> Any:
    """Give the JSON of an address under the root."""
    answer = client.get(f"{ROOT}{address}", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def every(client: Client, address: str) -> Iterator[dict[str, Any]]:
    """Give each thing of a list by its own address."""
    for one in get(client, address)["contents"]:
        yield get(client, f"{address}/{one['id']}")


@pytest.mark.parametrize("mock", ["Default", "Warn", "Fail"])
def test_the_validator_s_mocks_come_out_as_it_says(mock: str):
    folder = DATA / "validator" / "mocks" / mock
    names = ["api_details", "service_full:service", "service_list", "taxonomy_term"]
    found = {}
    for each in names:
        file, _, against = each.partition(":")
        body = json.loads((folder / f"{file}.json").read_text())
        said = faults(body, against or file)
        found[file] = len([one for one in said if "is not a 'uri'" not in one])
    # four records without a name, two emails of the wrong form, two of the wrong type
    expected = {
        "Default": (0, 0, 0, 0),
        "Warn": (0, 0, 0, 1),
        "Fail": (1, 1, 8, 1),
    }[mock]
    assert tuple(found.values()) == expected


def test_the_root_is_as_the_validator_wants_it(client, listed):
    body = get(client, "/")
    assert body["version"] == "HSDS-UK-3.0"
    assert faults(body, "api_details") == []
    assert body["openapi_url"].startswith("http://")


@pytest.mark.parametrize(
    ("address", "light", "full"),
    [
        ("/services", "service_list", "service"),
        (
            "/service_at_locations",
            "service_at_location_list",
            "service_at_location",
        ),
        ("/organizations", "organization_list", "organization"),
        ("/taxonomies", "taxonomy_list", "taxonomy"),
        ("/taxonomy_terms", "taxonomy_term_list", "taxonomy_term"),
    ],
)
def test_every_list_and_every_single_thing_is_valid(
    client, listed, address: str, light: str, full: str
):
    page = get(client, address)
    assert page["contents"], "nothing listed proves nothing"
    # as it was published, the list of organisations is the schema of one of them
    lists = page["contents"] if light == "organization_list" else [page]
    assert [fault for one in lists for fault in faults(one, light)] == []
    for body in every(client, address):
        assert faults(body, full) == []


def test_the_website_s_own_schemas_agree(client, listed):
    for body in every(client, "/services"):
        assert website_faults(body, "service") == []
    for body in every(client, "/service_at_locations"):
        assert website_faults(body, "service_at_location") == []


def test_full_lists_and_lines_are_valid_one_by_one(client, listed):
    for body in get(client, "/services", full="true")["contents"]:
        assert faults(body, "service") == []
        assert "attributes" in body or body["name"] == "B"
    lines = client.get(f"{ROOT}/services", {"format": "ndjson", "full": "true"})
    held = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert len(held) == 3
    assert all(faults(one, "service") == [] for one in held)


def test_light_items_hold_no_arrays_and_no_blanks(client, listed):
    for one in get(client, "/services")["contents"]:
        assert not ARRAYS & one.keys()
        assert not [k for k, v in one.items() if v in (None, "", [], {})]


def test_a_group_with_no_words_is_described_by_its_name(client, listed):
    names = {o["name"]: o for o in get(client, "/organizations")["contents"]}
    assert names["Bench Boules"]["description"] == "Bench Boules"


def test_a_service_says_when_where_and_what_it_costs(client, listed):
    row = Activity.objects.get(name="Knit and Natter")
    body = get(client, f"/services/{row.pk}")
    weekly, open_hours = body["schedules"]
    assert (weekly["freq"], weekly["byday"], weekly["interval"]) == ("WEEKLY", "TU", 1)
    assert (weekly["opens_at"], weekly["closes_at"]) == ("10:30", "12:00")
    assert open_hours["closes_at"] == "23:59"
    place = body["service_at_locations"][0]["location"]
    assert place["addresses"][0] | {"id": ""} == {
        "id": "",
        "location_id": place["id"],
        "address_1": "1 Market Street",
        "city": "Leigh",
        "state_province": "Makerfield Borough Council",
        "postal_code": "WN7 1AA",
        "country": "GB",
        "address_type": "physical",
    }
    assert body["cost_options"][0]["amount"] == 0.5
    assert body["contacts"][0]["phones"][0]["number"] == "01632 960000"
    assert body["organization"]["website"] == "https://hall.example/caf%C3%A9"
    assert body["last_modified"].endswith("Z")
    access = {a["description"] for a in place["accessibility"]}
    assert "Step-free all the way in: yes" in access


def test_room_is_told_while_it_holds_and_read_again(client, listed):
    row = Activity.objects.get(name="Knit and Natter")
    told = Activity.objects.filter(pk=row.pk)
    told.update(capacity="room", capacity_places=2)
    body = get(client, f"/services/{row.pk}")
    assert body["capacities"][0]["available"] == 2
    assert not faults(body, "service")
    again = facts_of(reading.feed_of([body], today=dt.date(2026, 11, 23)).records)
    one = again.activities[0]
    assert (one.capacity, one.capacity_places) == ("room", 2)
    told.update(capacity="full", capacity_until=dt.date(2099, 12, 1))
    body = get(client, f"/services/{row.pk}")
    assert body["alert"] == "Full just now, until 1 December"
    assert body["capacities"][0]["available"] == 0
    told.update(capacity_until=dt.date(2026, 11, 1))
    body = get(client, f"/services/{row.pk}")
    assert not {"alert", "capacities"} & body.keys()


def test_our_own_feed_comes_back_in_as_it_was(client, listed):
    """Write it, read it: the importer finds nothing odd but what is not there."""
    row = Activity.objects.get(name="Knit and Natter")
    body = get(client, f"/services/{row.pk}")
    feed = reading.feed_of([body], today=dt.date(2026, 11, 23))
    one = facts_of(feed.records).activities[0]
    assert feed.oddities.counts == {}
    assert (one.name, one.cost_pence, one.min_age) == ("Knit and Natter", 50, 18)
    assert one.sessions[0].rule == "FREQ=WEEKLY;BYDAY=TU"
    assert one.spot.postcode == "WN7 1AA"


def test_the_document_names_every_address(client, listed):
    document = get(client, "/openapi.json")
    assert document["openapi"].startswith("3.1")
    published = json.loads((DATA / "website-2026-01" / "openapi.json").read_text())
    assert published["paths"].keys() <= document["paths"].keys()
    for address, path in published["paths"].items():
        given = path["get"].get("parameters", [])
        told = {
            p["$ref"].rsplit("/", 1)[1] if "$ref" in p else p["name"] for p in given
        }
        ours = {p["name"] for p in document["paths"][address]["get"]["parameters"]}
        assert told <= ours, address
