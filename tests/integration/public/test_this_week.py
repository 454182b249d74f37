"""What is on in a neighbourhood this week: soonest first, a long day cut with its count."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import listings as made
from tests.integration.public.conftest import LEIGH
from thedeal.community.models import Activity, OpeningHours
from thedeal.community.selectors import catalogue, open_now, this_week
from thedeal.places.models import Neighbourhood

RING = [[-2.6, 53.4], [-2.4, 53.4], [-2.4, 53.6], [-2.6, 53.6], [-2.6, 53.4]]


@pytest.fixture
def leigh(council):
    return Neighbourhood.objects.create(
        authority=council,
        name="Leigh",
        slug="leigh",
        boundary={"type": "Polygon", "coordinates": [RING]},
        population=40_000,
        grouping="Made up",
        west=-2.6,
        south=53.4,
        east=-2.4,
        north=53.6,
        lat=53.4978,
        lon=-2.52,
    )


@pytest.fixture(autouse=True)
def _nothing_held():
    """Have no process remember what an earlier test listed."""
    catalogue._KEPT.clear()
    catalogue._version.cache_clear()


def meets(name, *, at="10:30", rule="FREQ=WEEKLY;BYDAY=TU", since="2026-09-08"):
    """Give a thing to do on Tuesdays at a time."""
    times = {"starts_on": since, "at": at, "minutes": 60, "rule": rule}
    return made.activity(name, sessions=[times], spot={"name": "The library", **LEIGH})


def test_a_long_day_shows_its_first_six_and_counts_the_rest(council, leigh, clock):
    made.group(
        council,
        activities=[
            meets(f"Table {hour}", at=f"{hour}:00") for hour in range(18, 10, -1)
        ],
    )
    Activity.objects.update(neighbourhood=leigh)
    (tuesday,) = this_week.on_in(leigh)
    assert [row.name for _, row in tuesday.sessions] == [
        f"Table {hour}" for hour in range(11, 17)
    ]
    assert tuesday.more == 2
    assert tuesday.day.weekday() == 1


def test_what_is_elsewhere_tender_or_not_this_week_is_left_out(council, leigh, clock):
    fortnightly = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    made.group(
        council,
        activities=[
            meets("Here"),
            meets("Elsewhere"),
            meets("Tender"),
            meets("This week", rule=fortnightly, since="2026-09-08"),
            meets("Next week", rule=fortnightly, since="2026-09-15"),
            meets(
                "Over", rule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20260901", since="2026-01-06"
            ),
        ],
    )
    Activity.objects.exclude(name="Elsewhere").update(neighbourhood=leigh)
    Activity.objects.filter(name="Tender").update(
        is_sensitive=True, venue=None, address="", place_name="", postcode="WN7"
    )
    shown = {row.name for day in this_week.on_in(leigh) for _, row in day.sessions}
    assert shown - {"This week", "Next week"} == {"Here"}
    assert len(shown) == 2


def test_the_page_asks_the_database_as_little_for_many_as_for_few(
    council, leigh, clock, django_assert_max_num_queries
):
    made.group(council, activities=[meets(f"Table {n}") for n in range(20)])
    Activity.objects.update(neighbourhood=leigh)
    catalogue.held()
    with django_assert_max_num_queries(2):
        this_week.on_in(leigh)


def drops_in(name, *, opens="09:00", closes="17:00", weekday=0, **changes):
    """Give somewhere to drop in on Mondays; the clock stands at noon on one."""
    hours = [{"weekday": weekday, "opens": opens, "closes": closes}]
    return made.activity(
        name, timing="opening hours", sessions=[], hours=hours, **changes
    )


@pytest.fixture
def open_ones(council, leigh, clock):
    made.group(
        council,
        activities=[
            drops_in("Open late", closes="00:00"),
            drops_in("Open"),
            drops_in("Shut at noon", closes="12:00"),
            drops_in("Opens at one", opens="13:00"),
            drops_in("Open on Tuesdays", weekday=1),
            drops_in("Not lately confirmed"),
            meets("A session", rule="FREQ=WEEKLY;BYDAY=MO", at="11:30"),
        ],
    )
    Activity.objects.update(neighbourhood=leigh)
    Activity.objects.filter(name="Not lately confirmed").update(
        demoted_at=timezone.now()
    )


def test_what_is_open_now_is_open_at_this_moment(open_ones, leigh):
    found = open_now.open_in(leigh)
    assert [one.activity.name for one in found] == ["Open late", "Open"]


def test_on_a_bank_holiday_only_what_says_so_is_open(open_ones, leigh):
    may_day = dt.datetime(2026, 5, 4, 11, tzinfo=dt.UTC)
    assert open_now.open_in(leigh, at=may_day) == []
    OpeningHours.objects.filter(activity__name="Open").update(on_bank_holidays="runs")
    (one,) = open_now.open_in(leigh, at=may_day)
    assert one.activity.name == "Open"


def test_a_neighbourhood_s_page_says_what_is_open_and_leads_to_the_rest(
    open_ones, leigh, visitor
):
    page = visitor.get("/neighbourhoods/leigh/").content.decode()
    now, week = page.split('id="now"')[1].split('id="week"')
    assert "Open late" in now and "until midnight" in now and "until 5pm" in now
    assert 'href="/activities/?in=leigh"' in now
    assert "Open late" not in week  # what opens each day is no news of the week
    assert "A session" in week
