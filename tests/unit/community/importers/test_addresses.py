"""Feeds over the wire: pages that repeat, that stop, that lead inside."""

import datetime as dt
import json
from typing import Any

import pytest

from thedeal.community.clients.fetching import (
    BusyError,
    Fetched,
    FetchError,
    InsideError,
)
from thedeal.community.importers import addresses
from thedeal.community.importers.records import Feed

TODAY = dt.date(2026, 11, 23)
ROOT = "https://feed.example/v3"


class Pages:
    """Stands for the fetcher: gives what a test says each address holds."""

    def __init__(self, held: dict[str, Any]) -> None:
        self.held, self.asked = held, list[str]()

    def get(self, address: str, *, etag: str = "", accept: str = "") -> Fetched:
        """Give the body, or raise what stands there."""
        self.asked.append(address)
        found = self.held.get(address, FetchError("feed.example answered 404."))
        if isinstance(found, Exception):
            raise found
        body = found if isinstance(found, bytes) else json.dumps(found).encode()
        return Fetched(body=body, etag="", address=address)


class Busy(Pages):
    """Is busy the first two times that each address is asked."""

    def get(self, address: str, *, etag: str = "", accept: str = "") -> Fetched:
        """Give the body the third time, or say when to come back."""
        if address.endswith("/services") or self.asked.count(address) == 2:
            return super().get(address, etag=etag, accept=accept)
        self.asked.append(address)
        busy = BusyError("feed.example answered 429.")
        busy.wait_s = 30.0 if self.asked.count(address) == 1 else 0.0
        raise busy


def light(number: int) -> dict[str, Any]:
    """Give a service as lists have it."""
    return {"id": f"s{number}", "name": f"Table {number}", "assured_date": "2026-11-01"}


def full(number: int) -> dict[str, Any]:
    """Give a service in full, at a place."""
    place = {"location_type": "virtual", "url": "https://room.example"}
    return {**light(number), "service_at_locations": [{"id": "x", "location": place}]}


def page(number: int, of: int, *held: Any, **more: Any) -> dict[str, Any]:
    """Give a page of version 3."""
    return {
        "total_items": of * len(held),
        "total_pages": of,
        "page_number": number,
        "last_page": number == of,
        "contents": list(held),
        **more,
    }


def read(held: dict[str, Any], at: str = f"{ROOT}/services") -> tuple[Feed, list[str]]:
    """Give the feed, and the addresses that were asked."""
    pages = Pages(held)
    feed = addresses.load(at, today=TODAY, fetcher=pages)  # type: ignore[arg-type]  # stands for it
    return feed, pages.asked


def test_it_starts_at_the_root_pages_all_and_fetches_each_in_full():
    held = {
        f"{ROOT}/": {"version": "HSDS-UK-3.0", "profile": "x"},
        f"{ROOT}/services": page(1, 2, light(1)),
        f"{ROOT}/services?page=2": page(2, 2, light(2)),
        f"{ROOT}/services/s1": full(1),
        f"{ROOT}/services/s2": full(2),
    }
    feed, asked = read(held, f"{ROOT}/")
    assert [r.name for r in feed.records] == ["Table 1", "Table 2"]
    assert all(r.activities[0]["is_online"] for r in feed.records)
    assert feed.is_complete and "no place" not in feed.oddities.counts
    assert len(asked) == 5


def test_version_1_s_pages_are_followed():
    first = {"totalElements": 2, "totalPages": 2, "number": 1, "content": [full(1)]}
    second = {"totalPages": 2, "number": 2, "last": True, "content": [full(2)]}
    feed, _ = read({f"{ROOT}/services": first, f"{ROOT}/services?page=2": second})
    assert len(feed.records) == 2 and feed.is_complete


def test_a_page_that_repeats_ends_the_walk_and_is_not_whole():
    held = {f"{ROOT}/services": page(1, 400, full(1), full(2))}
    held |= {
        f"{ROOT}/services?page={n}": page(1, 400, full(1), full(2)) for n in (2, 3)
    }
    feed, asked = read(held)
    assert len(asked) == 2
    assert len(feed.records) == 2 and not feed.is_complete
    assert feed.oddities.counts["page repeats"] == 1


def test_a_feed_that_stops_half_way_is_read_as_far_as_it_went():
    feed, asked = read({f"{ROOT}/services": page(1, 3, full(1))})
    assert [r.name for r in feed.records] == ["Table 1"]
    assert not feed.is_complete
    assert feed.oddities.counts["stopped half-way"] == 1
    assert asked.count(f"{ROOT}/services?page=2") == 1


def test_a_page_cut_off_in_the_middle_is_read_as_far_as_it_goes():
    text = json.dumps(page(1, 1, full(1), full(2))).encode()[:-60]
    feed, _ = read({f"{ROOT}/services": text})
    assert [r.name for r in feed.records] == ["Table 1"]
    assert not feed.is_complete and feed.oddities.counts["not json"] == 1


def test_a_page_that_leads_inside_is_said():
    inside = InsideError("10.0.0.1 is not on the public internet; we do not go there.")
    held = {
        f"{ROOT}/services": page(1, 2, full(1)),
        f"{ROOT}/services?page=2": inside,
    }
    feed, _ = read(held)
    assert not feed.is_complete
    (why,) = feed.oddities.examples["stopped half-way"]
    assert "not on the public internet" in why


def test_a_start_that_leads_inside_is_an_error():
    with pytest.raises(InsideError):
        read({f"{ROOT}/services": InsideError("Inside.")})


def test_a_record_without_its_full_form_stays_short():
    held = {
        f"{ROOT}/services": page(1, 1, light(1), light(2)),
        f"{ROOT}/services/s1": full(1),
    }
    feed, _ = read(held)
    assert [r.name for r in feed.records] == ["Table 1", "Table 2"]
    assert feed.oddities.counts["no detail record"] == 1
    assert not feed.is_complete


def test_one_id_on_two_services_is_never_made_one_by_the_full_form():
    other = {**light(1), "name": "Baby yoga"}
    held = {
        f"{ROOT}/services": page(1, 1, light(1), other),
        f"{ROOT}/services/s1": full(1),
    }
    feed, _ = read(held)
    assert {r.name for r in feed.records} == {"Table 1", "Baby yoga"}


def test_a_feed_that_gives_less_than_it_says_is_not_whole():
    feed, _ = read({f"{ROOT}/services": page(1, 1, full(1), total_items=31)})
    assert feed.oddities.counts["paging odd"] == 1 and not feed.is_complete


def test_an_empty_feed_is_read():
    feed, _ = read({f"{ROOT}/services": page(1, 1)})
    assert (feed.read, feed.records) == (0, [])


def test_openactive_is_followed_to_its_end_and_says_where_to_go_on():
    at = "https://active.example/sessions"
    item = {"id": "1", "modified": 5, "state": "deleted", "kind": "session"}
    first = {"items": [item], "next": f"{at}?after=5", "license": "https://x.example/"}
    last = {"items": [], "next": f"{at}?after=5"}
    feed, asked = read({at: first, f"{at}?after=5": last}, at)
    assert (feed.gone, feed.next_address) == (["1"], f"{at}?after=5")
    assert len(asked) == 2


def test_a_table_is_read_from_its_address():
    feed, _ = read(
        {"https://x.example/a.csv": b"name\nKnit\n"}, "https://x.example/a.csv"
    )
    assert [r.where for r in feed.records] == ["line 2: Knit"]


def test_a_feed_that_is_busy_is_come_back_to_as_it_asks(monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr(addresses, "pause", waits.append)
    at = f"{ROOT}/services"
    pages = Busy({at: page(1, 1, light(1)), f"{at}/s1": full(1)})
    feed = addresses.load(at, today=TODAY, fetcher=pages)  # type: ignore[arg-type]  # stands for it
    assert (feed.is_complete, len(feed.records)) == (True, 1)
    assert waits == [30.0, addresses.WAITS_S[1]]


def test_a_feed_of_version_1_says_nothing_at_its_root():
    at = f"{ROOT}/services"
    body = {"totalPages": 1, "number": 1, "last": True, "content": [full(1)]}
    feed, asked = read({at: body}, ROOT)
    assert (len(feed.records), asked) == (1, [ROOT, at])
    with pytest.raises(FetchError, match="404"):
        read({}, ROOT)
