"""Feeds read again from their address: what fails is kept and said, and ends nothing."""

import datetime as dt
import json
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import listings as made
from tests.factories.cast import Cast
from thedeal.community.actions import feeds_reading, listings, merging, writing
from thedeal.community.clients.fetching import Fetched, FetchError, InsideError
from thedeal.community.models import (
    Activity,
    Document,
    FeedRun,
    Group,
    Source,
)
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
AT = "https://feed.example/services.json"
NIGHT = dt.datetime(2026, 11, 23, 2, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


class Feed:
    """Stands for the fetcher: gives one body, and knows its own stamp."""

    def __init__(self, *names: str, is_one_group: bool = True) -> None:
        self.names, self.asked = list(names), list[str]()
        self.is_one_group = is_one_group
        self.wrong: Exception | None = None

    def get(self, address: str, *, etag: str = "", accept: str = "") -> Fetched:
        """Give the feed, or say that nothing is new, or fail."""
        self.asked.append(etag)
        if self.wrong:
            raise self.wrong
        stamp = f'"{",".join(self.names)}"'
        if etag == stamp:
            return Fetched(body=b"", etag=stamp, address=address, is_unchanged=True)
        held = {"contents": [self.service(name) for name in self.names]}
        return Fetched(body=json.dumps(held).encode(), etag=stamp, address=address)

    def service(self, name: str) -> dict[str, Any]:
        """Give one service in full."""
        hall = {"id": "hall", "name": "St Mary's Hall", "description": "-"}
        if not self.is_one_group:
            hall = {"id": name, "name": name, "description": "-"}
        return {
            "id": name,
            "name": name,
            "description": "Bring what is on your needles.",
            "status": "active",
            "organization": hall,
            "schedules": [],
            "contacts": [],
        }


@pytest.fixture
def council(cast: Cast) -> Authority:
    return Authority.objects.get(slug="makerfield")


@pytest.fixture
def source(council: Authority) -> Source:
    return feeds_reading.add(
        authority=council, name="St Mary's", address=AT, licence="OGL 3.0", by=None
    )


def read(source: Source, feed: Feed, night: int = 0, **more: Any) -> FeedRun:
    """Read the source on a night; give what was kept of it."""
    return feeds_reading.read(
        source_id=source.pk,
        fetcher=feed,  # type: ignore[arg-type]  # stands for it
        now=NIGHT + night * DAY,
        **more,
    )


def test_a_feed_is_taken_and_read_again_the_next_night(source):
    run = read(source, Feed("Knit", "Natter"))
    assert (run.counts["added"], run.problem) == (2, "")
    assert [line["became"] for line in run.lines] == ["added", "added"]
    assert not feeds_reading.due(NIGHT).filter(pk=source.pk).exists()
    assert feeds_reading.due(NIGHT + DAY).filter(pk=source.pk).exists()


def test_a_feed_that_says_nothing_is_new_is_not_read_again(source):
    feed = Feed("Knit")
    read(source, feed)
    seen = list(Document.objects.values("pk", "seen_at"))
    assert read(source, feed, 1).shape == "nothing new"
    assert feed.asked == ["", '"Knit"']
    assert list(Document.objects.values("pk", "seen_at")) == seen
    feed.names.append("Natter")
    assert read(source, feed, 2).counts["added"] == 1


def test_a_feed_with_something_left_out_is_read_whole_again(source):
    feed = Feed("Knit", "")
    assert read(source, feed).counts["left out"] == 1
    read(source, feed, 1)
    assert feed.asked == ["", ""]


def test_a_fetch_that_fails_is_kept_said_and_ends_nothing(source):
    feed = Feed("Knit")
    read(source, feed)
    feed.wrong = FetchError("feed.example did not answer in time.")
    run = read(source, feed, 1)
    assert run.problem == "feed.example did not answer in time."
    assert Activity.objects.get(name="Knit").state == "live"
    source.refresh_from_db()
    assert (source.failures, source.problem) == (1, run.problem)
    feed.wrong = None
    read(source, feed, 2)
    source.refresh_from_db()
    assert (source.failures, source.problem) == (0, "")


def test_each_failure_in_a_row_waits_longer_up_to_a_week(source):
    feed, waits = Feed(), []
    feed.wrong = InsideError("10.0.0.1 is not on the public internet.")
    for night in range(6):
        read(source, feed, night)
        source.refresh_from_db()
        waits.append((source.next_at.date() - NIGHT.date()).days - night)
    assert waits == [1, 2, 4, 7, 7, 7]


def test_what_is_no_feed_at_all_is_a_failure_in_words(source, monkeypatch):
    def broken(*_: Any, **__: Any) -> None:
        raise RecursionError

    monkeypatch.setattr("thedeal.community.importers.addresses.load", broken)
    assert "could not be read as a feed" in read(source, Feed()).problem


def test_a_trial_says_what_would_happen_and_writes_nothing(source):
    feed = Feed("Knit")
    read(source, feed)
    before = Source.objects.values().get(pk=source.pk)
    feed.names = ["Knit", "Natter"]
    run = read(source, feed, 1, is_dry_run=True)
    assert run.is_dry_run
    assert run.lines == [
        {"record": "record 2: Natter", "became": "added", "detail": "St Mary's Hall"}
    ]
    assert not Activity.objects.filter(name="Natter").exists()
    assert Source.objects.values().get(pk=source.pk) == before


def test_what_is_missing_ends_after_two_whole_fetches_and_no_trial_counts(source):
    read(source, Feed("Knit", "Natter"))
    for night in (1, 2):
        run = read(source, Feed("Knit"), night, is_dry_run=True)
        assert run.counts["ended"] == 0
    assert read(source, Feed("Knit"), 3).counts["missing"] == 1
    assert read(source, Feed("Knit"), 4).counts["ended"] == 1


def test_a_paused_feed_is_left_alone_until_it_is_resumed(source):
    later = timezone.now() + DAY
    feeds_reading.pause(source=source, by=None)
    assert not feeds_reading.due(later).filter(pk=source.pk).exists()
    feeds_reading.resume(source=source, by=None)
    assert feeds_reading.due(later).filter(pk=source.pk).exists()


def kinds(run: FeedRun) -> dict[str, int]:
    """Give the oddities of a reading by kind."""
    return {one["kind"]: one["count"] for one in run.oddities}


def test_a_record_of_a_listing_merged_into_another_is_kept_beside_it(source):
    read(source, Feed("Knit"))
    goes = Group.objects.get(source_ref="hall")
    stays = made.group(goes.authority, "The hall")
    merging.join(stays=stays, goes=goes, bring=[], by=None)
    run = read(source, Feed("Knit", "Natter"), 1)
    assert run.counts["left out"] == 2
    assert kinds(run)["merged here"] == 2
    assert Document.objects.filter(source_ref="Natter").exists()


def test_what_a_feed_drops_but_the_group_confirmed_since_is_kept(source):
    read(source, Feed("Knit"))
    listings.check(
        group=Group.objects.get(source_ref="hall"), by=None, how=listings.THE_GROUP
    )
    run = [read(source, Feed("Walk"), night) for night in (1, 2)][-1]
    assert kinds(run)["gone, but confirmed here"] == 1
    assert Activity.objects.get(name="Knit").state == "live"


def test_what_our_own_rules_refuse_is_left_out_and_the_rest_goes_on(
    source, monkeypatch
):
    write = writing.write_group

    def refused(facts: Any, **given: Any) -> Group:
        if facts.name == "Knit":
            raise UserFacingError("Give the group another name.")
        return write(facts, **given)

    monkeypatch.setattr(writing, "write_group", refused)
    run = read(source, Feed("Knit", "Natter", is_one_group=False))
    assert (run.counts["added"], run.counts["left out"]) == (1, 1)
    assert kinds(run)["refused"] == 1
    assert run.lines[0]["detail"] == "Give the group another name."


def test_a_feed_costs_a_few_statements_a_group_however_many_it_has(
    source, django_assert_max_num_queries
):
    """Fifteen services in one group: what is written is written together."""
    names = [f"Table {n}" for n in range(15)]
    with django_assert_max_num_queries(70):
        read(source, Feed(*names))
    assert Activity.objects.filter(name__startswith="Table").count() == 15
    source.refresh_from_db()
    with django_assert_max_num_queries(24):
        assert read(source, Feed(*names, ""), 1).counts["unchanged"] == 15


@pytest.mark.parametrize("address", ["", "the hall", "javascript:alert(1)"])
def test_what_is_no_address_is_not_added(council, address):
    with pytest.raises(UserFacingError, match="whole address"):
        feeds_reading.add(authority=council, name="Hall", address=address, by=None)


def test_one_address_is_read_once(council, source):
    with pytest.raises(UserFacingError, match="already: St Mary's"):
        feeds_reading.add(authority=council, name="Hall", address=AT, by=None)


def test_only_the_editor_asks(cast, source):
    with pytest.raises(NotAllowedError):
        feeds_reading.ask(source=source, by=cast.worker)
