"""The directory where nothing is asked: what is next comes first, soonest first."""

import datetime as dt

import pytest

from tests.factories import listings as made
from tests.integration.public.test_directory import titles
from thedeal.community.models import Activity
from thedeal.community.selectors import finding
from thedeal.community.selectors.wanted import Wanted

pytestmark = pytest.mark.django_db
ONCE = {"starts_on": "2026-11-24", "at": "09:00", "minutes": 60}
OVER = {"starts_on": "2026-11-02", "at": "09:00", "minutes": 60}
MONDAYS = {"starts_on": "2026-01-05", "at": "14:00", "minutes": 60}
MONDAYS |= {"rule": "FREQ=WEEKLY;BYDAY=MO"}
BOTH = {**MONDAYS, "rule": "FREQ=WEEKLY;BYDAY=MO,FR"}
FIRST_DAYS = {"starts_on": "2026-10-01", "at": "10:00", "minutes": 60}
FIRST_DAYS |= {"rule": "FREQ=MONTHLY;INTERVAL=2;BYDAY=1TH"}  # 3 December
OPEN = [{"weekday": 0, "opens": "09:30", "closes": "17:00"}]


@pytest.fixture
def borough(council, clock):
    """Seven things to do, named against the order in which they happen; C is over."""
    arranged = {"timing": "by arrangement", "sessions": []}
    hours = {"timing": "opening hours", "sessions": [], "hours": OPEN}
    made.group(
        council,
        activities=[
            made.activity("A befriender", **arranged),
            made.activity("B library", **hours),
            made.activity("C long over", timing="session", sessions=[OVER]),
            made.activity("D first days", sessions=[FIRST_DAYS]),
            made.activity("E Mondays", sessions=[MONDAYS]),
            made.activity("F Mondays and Fridays", sessions=[BOTH]),
            made.activity("G once", timing="session", sessions=[ONCE]),
        ],
    )


def test_what_is_soonest_comes_first(borough, visitor):
    assert titles(visitor) == [
        "E Mondays",
        "F Mondays and Fridays",
        "G once",
        "D first days",
        "B library",
        "A befriender",
    ]


def test_a_page_says_what_comes_first(borough, visitor):
    said = "What is next comes first."
    assert said in visitor.get("/activities/").content.decode()
    assert said not in visitor.get("/activities/?q=needles").content.decode()


def test_the_order_moves_on_with_the_clock(borough, visitor, clock):
    clock.shift(dt.timedelta(hours=2, minutes=1))
    some = ["G once", "F Mondays and Fridays", "E Mondays", "D first days"]
    assert titles(visitor)[:4] == some
    clock.shift(dt.timedelta(days=1))
    assert titles(visitor)[:2] == ["F Mondays and Fridays", "E Mondays"]


def test_on_a_day_asked_it_is_the_next_of_that_day(borough, visitor):
    assert titles(visitor, "?day=fri") == ["F Mondays and Fridays"]
    some = ["D first days", "B library"]
    assert titles(visitor, "?day=mon&day=thu&time=morning") == some


def test_what_is_over_is_not_found_and_its_page_stays(borough, visitor, clock):
    assert "C long over" not in titles(visitor, "?q=long")
    one = Activity.objects.get(name="C long over")
    assert visitor.get(one.get_absolute_url()).status_code == 200
    assert "G once" in titles(visitor)
    clock.shift(dt.timedelta(days=1))
    assert "G once" in titles(visitor)  # until its day has gone
    clock.shift(dt.timedelta(days=1))
    assert "G once" not in titles(visitor)
    Activity.objects.filter(name="G once").first().sessions.all().delete()
    assert "G once" in titles(visitor)  # of what has no date we know nothing


def test_what_is_over_is_on_no_day(borough, visitor):
    """C was on a Monday morning, and E's Mondays end."""
    one = Activity.objects.get(name="E Mondays").sessions
    for until, is_on in (("20261123T235959Z", True), ("20261116", False)):
        one.update(rule=f"FREQ=WEEKLY;BYDAY=MO;UNTIL={until}")
        found = titles(visitor, "?day=mon")
        assert ("E Mondays" in found, "C long over" in found) == (is_on, False)
    one.update(added=[dt.date(2026, 12, 7)])
    assert "E Mondays" in titles(visitor, "?day=mon")


def test_a_card_says_on_which_day_it_is_next(borough, visitor):
    shown = visitor.get("/activities/").content.decode()
    for said in ("Today, 2pm", "Tomorrow, 9am", "Thursday 3 December, 10am"):
        assert said in shown
    assert "Today, 2pm" not in visitor.get("/activities/?q=needles").content.decode()


def test_what_rests_is_not_next(borough, visitor):
    Activity.objects.filter(name="E Mondays").update(state="paused")
    found = titles(visitor)
    assert found[0] == "F Mondays and Fridays"
    assert found[-1] == "E Mondays"


def test_what_stopped_answering_is_after_all_others(borough, visitor, clock):
    now = dt.datetime.now(dt.UTC)
    Activity.objects.filter(name="E Mondays").update(demoted_at=now)
    assert titles(visitor)[-1] == "E Mondays"


def test_pages_hold_each_once_and_in_order(borough, monkeypatch):
    whole = [row.name for row in finding.find(Wanted()).rows]
    monkeypatch.setattr(finding, "PAGE", 2)
    pages = [finding.find(Wanted(), page=n).rows for n in (1, 2, 3)]
    assert [row.name for rows in pages for row in rows] == whole


def test_a_rule_written_oddly_is_as_without_a_date(borough, visitor):
    one = Activity.objects.get(name="E Mondays")
    one.sessions.update(rule="FREQ=SOMETIMES")
    assert titles(visitor)[-1] == "E Mondays"


def test_term_time_is_next_where_no_terms_are_known(borough, visitor):
    one = Activity.objects.get(name="E Mondays")
    one.sessions.update(is_term_time=True)
    assert titles(visitor)[0] == "E Mondays"
