"""The catalogue in memory: what changed is written anew, and nothing else is."""

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from doorstep.columns import COLUMNS

from tests.factories import listings as made
from tests.factories.cast import Cast
from thedeal.community import meanings
from thedeal.community.actions import listings, writing
from thedeal.community.models import Activity
from thedeal.community.selectors import catalogue, stored
from thedeal.community.selectors.catalogue import Held
from thedeal.lib.errors import BusyError
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
# numbers that a catalogue gives as it meets them: another order, other numbers
NUMBERED = {"venue", "kind", "group", "languages"}


@pytest.fixture
def council(cast: Cast) -> Authority:
    return Authority.objects.get(slug="makerfield")


@pytest.fixture(autouse=True)
def afresh() -> Any:
    catalogue._KEPT.clear()
    catalogue._version.cache_clear()
    yield
    catalogue._KEPT.clear()
    catalogue._version.cache_clear()


@pytest.fixture
def builds(monkeypatch) -> list[int]:
    """Give a list that grows with each build of the whole."""
    found, whole = [], catalogue._built

    def counted(*given: Any) -> Held:
        found.append(1)
        return whole(*given)

    monkeypatch.setattr(catalogue, "_built", counted)
    return found


def held() -> Held:
    """Give the catalogue as a process has it that looks now."""
    catalogue._version.cache_clear()
    return catalogue.held()


def listing_of(found: Held, name: str) -> Any:
    """Give a listing by the name of its activity."""
    return next(x for x in found.catalogue.listings if x and x.activity == name)


def said(found: Held) -> dict[str, Any]:
    """Give all that a catalogue says of each listing, its numbers told in words."""
    where = {number: spot for spot, number in found.venues.items()}
    return {
        key: (
            replace(found.catalogue.listings[row], venue=-1),
            where.get(found.catalogue.listings[row].venue),
            {
                name: np.asarray(found.catalogue.columns[name][row]).tolist()
                for name in COLUMNS
                if name not in NUMBERED
            },
            found.slugs[key],
            found.points.get(key),
        )
        for key, row in found.catalogue.row_of.items()
    }


def anew() -> Held:
    """Give the catalogue as a process that starts now builds it."""
    catalogue._KEPT.clear()
    return held()


def edit(group: Any, **changed: Any) -> None:
    """Change the first activity of a group."""
    facts = stored.of(group)
    first = replace(facts.activities[0], **changed)
    listings.change(
        group=group,
        facts=replace(facts, activities=(first, *facts.activities[1:])),
        by=None,
        how=listings.THE_GROUP,
    )


def test_one_edited_listing_costs_one_listing(council, builds):
    group = made.group(council, "Knit", activities=[made.activity("Tuesday table")])
    made.group(council, "Natter", activities=[made.activity("Sunday socks")])
    before = held()
    edit(group, description="Bring nothing but yourself.")
    after = held()
    assert listing_of(after, "Tuesday table").description.startswith("Bring nothing")
    socks = "Sunday socks"
    assert listing_of(after, socks) is listing_of(before, socks)
    assert not listing_of(before, "Tuesday table").description.startswith("Bring no")
    assert builds == [1]


def test_what_comes_goes_moves_or_closes_is_as_if_built_anew(council, builds):
    groups = [
        made.group(council, f"Group {n}", activities=[made.activity(f"Table {n}")])
        for n in range(6)
    ]
    held()
    edit(groups[0], name="Another table", cost_pence=150, min_age=18)
    spot = replace(stored.of(groups[1]).activities[0].spot, venue_id="", lat=53.5)
    edit(groups[1], spot=replace(spot, lon=-2.6))
    Activity.objects.filter(group=groups[2]).update(state="paused")
    groups[3].activities.get().sessions.all().delete()
    made.group(council, "New", activities=[made.activity("New table")])
    held()
    edit(groups[0], asks="Somebody to pour the tea.")
    Activity.objects.filter(group=groups[2]).update(state="live")
    renewed = said(held())
    assert builds == [1]
    assert renewed == said(anew())


def test_what_is_found_by_words_is_found_by_the_new_words(council):
    group = made.group(council, "Knit", activities=[made.activity("Tuesday table")])
    for n in range(5):
        made.group(council, f"Group {n}", activities=[made.activity(f"Table {n}")])
    held()
    edit(group, description="A sourdough afternoon.")
    found = held().catalogue
    scores = found.words.scores("sourdough")
    key = str(group.activities.get().pk)
    assert scores.argmax() == found.row_of[key] and scores.max() > 0


def test_a_meaning_that_the_job_made_is_taken_up(council, builds, monkeypatch):
    made.group(council, "Knit", activities=[made.activity("Tuesday table")])
    made.group(council, "Natter", activities=[made.activity("Sunday socks")])
    held()
    vector = np.full(384, 0.1, np.float32)
    texts = {x.text for x in held().catalogue.listings if x}
    known = {meanings.digest(text): vector for text in texts}
    monkeypatch.setattr(meanings, "_load", lambda: known)
    monkeypatch.setattr(meanings, "version", lambda: "another")
    scales = held().catalogue.columns["what_scale"][:2]
    assert (scales > 0).all() and builds == [1]


def test_a_session_that_has_begun_gives_way_to_the_next(council, builds, clock):
    made.group(council, "Knit", activities=[made.activity("Tuesday table")])

    def next_on() -> dt.date:
        found = held().catalogue
        first = int(found.columns["slot_next"][0, 0])
        return dt.datetime.fromtimestamp(first * 60, dt.UTC).date()

    before = next_on()
    begun = dt.datetime.fromtimestamp(held().good_until * 60, dt.UTC)
    clock.shift(begun - timezone.now() - dt.timedelta(hours=1))
    assert next_on() == before
    clock.shift(dt.timedelta(hours=2))
    assert next_on() == before + dt.timedelta(weeks=1)
    assert builds == [1, 1]  # once for each day, and not for the hour


def test_another_day_builds_the_whole(council, builds):
    made.group(council, "Knit", activities=[made.activity("Tuesday table")])
    first = held()
    tomorrow = first.today.replace(year=first.today.year + 1)
    assert catalogue._held(first.version, tomorrow).today == tomorrow
    assert builds == [1, 1]


def test_unchanged_nothing_is_done_at_all(council, builds):
    made.group(council, "Knit", activities=[made.activity("Tuesday table")])
    assert held() is held()
    assert writing.free_slug("Knit") == "knit-2"


def test_a_large_one_is_renewed_beside_the_readers(council, builds, monkeypatch):
    made.group(council, "Knit", activities=[made.activity("Tuesday table")])
    first = held()
    work: list[Any] = []

    class Later:
        def __init__(self, *, target: Any, args: Any, daemon: bool) -> None:
            work.append((target, args))

        def start(self) -> None:
            """Wait until the test does it."""

    monkeypatch.setattr(catalogue, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(catalogue, "Thread", Later)
    monkeypatch.setattr(catalogue.connections, "close_all", lambda: None)
    made.group(council, "Natter", activities=[made.activity("Sunday socks")])
    assert held() is held() is first
    (target, args), *twice = work
    assert not twice, "One thread renews it, not one for each reader."
    target(*args)
    assert len(held().catalogue) == 2
    assert builds == [1]


def test_few_that_become_many_are_not_read_while_a_reader_waits(council, monkeypatch):
    made.group(council, "Knit", activities=[made.activity("Tuesday table")])
    first = held()
    begun: list[Any] = []
    monkeypatch.setattr(catalogue, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(catalogue.Thread, "start", lambda thread: begun.append(thread))
    many = [made.activity(f"Table {n}") for n in range(3)]
    made.group(council, "Natter", activities=many)
    assert held() is first
    assert len(begun) == 1
    catalogue._LOCK.release()  # as the thread would have


def test_many_new_ones_are_read_all_together(council, builds, monkeypatch):
    made.group(council, "Knit", activities=[made.activity("Tuesday table")])
    held()
    monkeypatch.setattr(catalogue, "MOST_ONE_BY_ONE", 1)
    many = [made.activity(f"Table {n}") for n in range(2)]
    made.group(council, "Natter", activities=many)
    assert len(held().catalogue) == 3
    assert builds == [1, 1]


def test_who_comes_before_it_is_read_is_told_so(council, monkeypatch):
    monkeypatch.setattr(catalogue, "LONGEST_WAIT_S", 0.01)
    with catalogue._LOCK, pytest.raises(BusyError, match="in a minute"):
        held()
