"""Paging, both sets of filters, errors, ETags; and what must never go out."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import listings as planted
from tests.factories.cast import Cast
from thedeal.community.actions import listings
from thedeal.community.models import Activity, Group, Source
from thedeal.partners.models import Authority
from thedeal.places.models import Postcode
from thedeal.places.models import Source as PlacesSource

PAGING = Path(__file__).parents[2] / "data" / "openreferral" / "validator" / "paging"
ROOT = "/open-referral/v3"
FRIDAY_NIGHT = {
    "starts_on": "2026-11-06",
    "at": "19:00",
    "minutes": 60,
    "rule": "FREQ=WEEKLY;BYDAY=FR",
}


def paging_faults(page: dict[str, Any]) -> list[str]:
    """Give which numbers of a page do not agree, as the older checker looks."""
    number, pages, held = page["page_number"], page["total_pages"], page["contents"]
    checks = {
        "size": page["size"] == len(held),
        "first_page": page["first_page"] == (number == 1),
        "last_page": page["last_page"] == (number == pages),
        "empty": page.get("empty", not held) == (not held),
        "number": number <= pages or not held,
    }
    return [name for name, is_right in checks.items() if not is_right]


def get(client: Client, address: str, **asked: Any) -> Any:
    """Give the JSON of an address under the root."""
    answer = client.get(f"{ROOT}{address}", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def names(client: Client, **asked: Any) -> set[str]:
    """Give the names of the services that filters let through."""
    page = get(client, "/services", **asked)
    assert page["total_items"] == len(page["contents"])
    return {one["name"] for one in page["contents"]}


@pytest.fixture
def makerfield(cast: Cast) -> Authority:
    """Give the council of the standing cast."""
    return Authority.objects.get(slug="makerfield")


@pytest.fixture
def two(makerfield: Authority) -> tuple[Activity, Activity]:
    """Give a Tuesday table for grown-ups and a Friday choir for children."""
    planted.group(
        makerfield,
        "St Mary's Hall",
        activities=[planted.activity("Table", min_age=18)],
    )
    planted.group(
        makerfield,
        "Youth Choir",
        activities=[
            planted.activity(
                "Choir",
                description="Sing together.",
                max_age=16,
                themes=["music"],
                sessions=[FRIDAY_NIGHT],
                spot={"postcode": "WN7 1AA", "lat": 53.5, "lon": -2.5},
            )
        ],
    )
    return Activity.objects.get(name="Table"), Activity.objects.get(name="Choir")


@pytest.mark.parametrize(
    ("sample", "is_right"),
    [
        ("pagination", True),
        ("paginationFirstPage", True),
        ("paginationLastPage", True),
        ("paginationWithIssues", False),
        ("paginationFirstPageWithIssues", False),
        ("paginationLastPageWithIssues", False),
    ],
)
def test_our_paging_checks_know_the_validator_s_samples(sample: str, is_right: bool):
    page = json.loads((PAGING / f"{sample}.json").read_text())
    assert (paging_faults(page) == []) is is_right


def test_pages_agree_never_overlap_and_end(client, makerfield):
    for number in range(7):
        planted.group(makerfield, f"Group {number}")
    seen: list[str] = []
    for number in range(1, 5):
        page = get(client, "/services", per_page=2, page=number)
        assert paging_faults(page) == []
        assert (page["total_items"], page["total_pages"]) == (7, 4)
        seen += [one["id"] for one in page["contents"]]
    assert len(set(seen)) == 7 and seen == sorted(seen)
    beyond = get(client, "/services", per_page=2, page=9)
    assert (beyond["empty"], beyond["contents"], beyond["last_page"]) == (
        True,
        [],
        False,
    )


def test_nothing_at_all_is_one_empty_page(client, makerfield):
    page = get(client, "/services")
    assert (page["total_items"], page["total_pages"], page["empty"]) == (0, 1, True)


@pytest.mark.parametrize("odd", ["0", "-3", "many", "9" * 40])
def test_odd_paging_is_clamped(client, two, odd: str):
    assert paging_faults(get(client, "/services", page=odd)) == []
    page = get(client, "/services", per_page=odd)
    assert paging_faults(page) == []
    assert 1 <= page["size"] <= 100


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"search": "sings"}, {"Choir"}),
        ({"minimum_age": 18}, {"Table"}),
        ({"maximum_age": 12}, {"Choir"}),
        ({"minimum_age": 10, "maximum_age": 70}, {"Table", "Choir"}),
        ({"day": "TU"}, {"Table"}),
        ({"day": "friday"}, {"Choir"}),
        ({"start_time": "18:00"}, {"Choir"}),
        ({"end_time": "12:00"}, {"Table"}),
        ({"day": "TU", "start_time": "18:00"}, set()),
        ({"modified_after": "2000-01-01T00:00:00Z"}, {"Table", "Choir"}),
        ({"modified_after": "2999-01-01"}, set()),
        ({"taxonomy_id": "00000000-0000-4000-8000-000000000000"}, set()),
        ({"organization_id": "00000000-0000-4000-8000-000000000000"}, set()),
        ({"nothing_known": "x"}, {"Table", "Choir"}),
    ],
)
def test_filters(client, two, asked: dict[str, Any], found: set[str]):
    assert names(client, **asked) == found


def test_filters_by_what_is_published(client, two):
    choir = get(client, f"/services/{two[1].pk}")
    term = choir["attributes"][0]["taxonomy_term"]
    assert names(client, taxonomy_term_id=term["id"]) == {"Choir"}
    assert names(client, taxonomy_id=term["taxonomy_id"]) == {"Table", "Choir"}
    assert names(client, organization_id=choir["organization_id"]) == {"Choir"}
    later = two[1].created_at - dt.timedelta(microseconds=1)
    assert "Choir" in names(client, modified_after=later.isoformat())


def test_near_a_postcode(client, two):
    made_up = PlacesSource.objects.create(
        key="made-up", name="Made up", licence="CC0", url="https://example.org/"
    )
    Postcode.objects.create(
        text="WN7 9ZZ", lat=53.505, lon=-2.5, borough_code="E08000010", source=made_up
    )
    assert names(client, postcode="wn79zz") == {"Choir"}
    assert names(client, postcode="WN7 9ZZ", proximity=300) == set()
    page = get(client, "/service_at_locations", postcode="WN7 9ZZ", proximity=800)
    assert [one["service"]["name"] for one in page["contents"]] == ["Choir"]


def test_minimal_gives_all_on_one_page(client, two):
    page = get(client, "/services", minimal="true", per_page=1)
    assert page["size"] == 2
    assert page["contents"][0].keys() == {"id", "last_modified", "modified_date"}


@pytest.mark.parametrize(
    "asked",
    [
        {"minimum_age": "old"},
        {"day": "someday"},
        {"start_time": "late"},
        {"modified_after": "then"},
        {"taxonomy_term_id": "x"},
        {"organization_id": "x"},
        {"postcode": "here"},
        {"proximity": "-5"},
        {"format": "xml"},
    ],
)
def test_what_is_not_understood_is_said(client, makerfield, asked: dict[str, str]):
    answer = client.get(f"{ROOT}/services", asked)
    assert answer.status_code == 400
    assert answer.json().keys() == {"error", "message"}
    assert next(iter(asked)) in answer.json()["message"]
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "address",
    [
        "/services/00000000-0000-4000-8000-000000000000",
        "/services/not-an-id",
        "/organizations/x",
        "/service_at_locations/x",
        "/taxonomies/00000000-0000-4000-8000-000000000000",
        "/taxonomy_terms/00000000-0000-4000-8000-000000000000",
        "/no/such/thing",
    ],
)
def test_what_is_not_there_is_404_in_json(client, makerfield, address: str):
    answer = client.get(f"{ROOT}{address}")
    assert answer.status_code == 404
    assert answer.json()["error"] == "Not Found"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_any_page_may_read_and_none_may_write(client, two):
    assert client.get(f"{ROOT}/services")["Access-Control-Allow-Origin"] == "*"
    assert client.options(f"{ROOT}/services").status_code == 204
    assert client.post(f"{ROOT}/services").status_code == 405


def test_what_is_unchanged_is_not_sent_again(client, two):
    first = client.get(f"{ROOT}/services")
    again = client.get(f"{ROOT}/services", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and again.content == b""
    listings.say_room(activity=two[0], capacity="full", by=None, how=listings.THE_GROUP)
    changed = client.get(f"{ROOT}/services", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_everything_in_one_download_with_its_licence(client, two):
    answer = client.get(f"{ROOT}/services.ndjson")
    held = [json.loads(line) for line in answer.getvalue().splitlines()]
    assert {one["name"] for one in held} == {"Table", "Choir"}
    assert all("schedules" in one for one in held)
    assert 'rel="license"' in answer["Link"]
    assert get(client, "/")["licences"][0]["licence"].startswith("Open Government")


def test_what_may_not_be_passed_on_is_not(client, two):
    Source.objects.update(may_republish=False)
    assert names(client) == set()
    assert client.get(f"{ROOT}/services/{two[0].pk}").status_code == 404


def test_what_is_over_is_not_there_and_what_rests_says_so(client, two):
    groups = {g.name: g for g in Group.objects.all()}
    listings.end(group=groups["Youth Choir"], by=None, how="the group")
    listings.pause(group=groups["St Mary's Hall"], by=None, how="the group")
    (one,) = get(client, "/services")["contents"]
    assert (one["name"], one["status"]) == ("Table", "temporarily closed")


def test_a_sensitive_place_is_blurred_everywhere(client, makerfield):
    planted.group(
        makerfield,
        "Willow",
        what="Ring first: 9 Willow Row is not on any map.",
        is_sensitive=True,
        activities=[
            planted.activity(
                "Evening circle",
                description="Come to WILLOW HOUSE in Willow Row, wn71aa.",
                spot={
                    "name": "Willow House",
                    "address": "9 Willow Row, Leigh",
                    "postcode": "WN7 1AA",
                    "lat": 53.497512,
                    "lon": -2.515023,
                },
            )
        ],
    )
    pk = Activity.objects.get(name="Evening circle").pk
    texts = [
        client.get(f"{ROOT}{address}").content.decode()
        for address in (
            f"/services/{pk}",
            f"/service_at_locations/{pk}",
            "/services?full=true",
            "/service_at_locations?full=true",
            "/organizations?full=true",
        )
    ]
    texts.append(client.get(f"{ROOT}/services.ndjson").getvalue().decode())
    for text in texts:
        assert "Willow Row" not in text and "Willow House" not in text
        assert "1AA" not in text and "53.4975" not in text
    body = json.loads(texts[0])
    place = body["service_at_locations"][0]["location"]
    assert place["addresses"][0]["postal_code"] == "WN7"
    assert (place["latitude"], place["longitude"]) == (53.5, -2.52)


def test_a_number_that_its_owner_keeps_is_not_published(client, makerfield):
    contact = {"name": "Jean", "phone": "01632 960000", "email": "", "show": "ask"}
    planted.group(makerfield, "Quiet", contact=contact)
    text = client.get(f"{ROOT}/services.ndjson").getvalue().decode()
    assert "960000" not in text and "Jean" not in text
