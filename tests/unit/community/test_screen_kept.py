"""One screen about a listing: what nobody typed over stays as it was."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import listings as made
from thedeal.community import recurrence, screen
from thedeal.community.facts import ActivityFacts

SPOT = {"name": "The library", "postcode": "WN7 1EB", "lat": 53.4978, "lon": -2.52}
TIMES = {
    "starts_on": "2026-09-15",
    "at": "10:30",
    "minutes": 90,
    "rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "left_out": ["2026-12-22"],
    "is_term_time": True,
    "calendar_uid": "one@group.example",
}


@pytest.fixture
def facts():
    return made.facts(
        activities=[
            made.activity(
                timing="session",
                spot=SPOT,
                sessions=[TIMES],
                cost_pence=0,
                cost_words="Donations",
            )
        ]
    )


def as_shown(facts: Any) -> dict[str, str]:
    """Give what a browser sends where nobody typed anything."""
    (asked,) = screen.page(facts, {})["questions"]
    one, at = asked["facts"], asked["at"]
    chosen = {
        name: next((i["value"] for i in asked[of] if i["selected"]), "")
        for name, of in (("every", "every"), ("weekday", "days"), ("capacity", "rooms"))
    }
    typed = {
        **{n: getattr(one, n) for n in ("name", "description", "first_time", "asks")},
        **chosen,
        "cost": one.cost_words,
        "place": one.spot.name,
        "postcode": one.spot.postcode,
        "starts": asked["starts"],
        "ends": asked["ends"],
    }
    return {f"{at}{name}": value for name, value in typed.items()}


def changed(facts: Any, **typed: str) -> ActivityFacts:
    over = {f"a0-{name}": value for name, value in typed.items()}
    (one,) = screen.applied(facts, as_shown(facts) | over).activities
    return one


def test_what_nobody_typed_over_stays_to_the_last_date(facts):
    assert screen.applied(facts, as_shown(facts)).activities == facts.activities


def test_a_new_price_leaves_the_days_alone(facts):
    one = changed(facts, cost="£2")
    assert (one.cost_pence, one.cost_words) == (200, "£2")
    assert one.sessions == facts.activities[0].sessions
    assert one.spot == facts.activities[0].spot


def test_a_new_time_keeps_the_dates_and_the_week_that_is_counted_from(facts):
    (times,) = changed(facts, starts="2pm", ends="3pm").sessions
    assert (times.at, times.minutes) == (dt.time(14), 60)
    assert times.starts_on == dt.date(2026, 9, 15)
    assert times.left_out == (dt.date(2026, 12, 22),)
    assert times.is_term_time


def test_a_new_day_begins_anew_in_term_time_still(facts):
    (times,) = changed(facts, weekday="3").sessions
    assert times.rule.endswith("BYDAY=TH")
    assert times.is_term_time and not times.left_out


SEASON = "BYMONTH=3,4,5,6,7,8,9,10"


def moved(rule: str, *more: dict[str, Any], **typed: str) -> Any:
    """Give the times of what met by a rule, once it was moved to Thursdays."""
    sessions = [{**TIMES, "rule": rule}, *more]
    given = made.facts(activities=[made.activity(timing="session", sessions=sessions)])
    typed = {"every": "weekly", "starts": "2pm", "ends": "3pm", "weekday": "3"} | typed
    (times,) = changed(given, **typed).sessions
    return times


@pytest.mark.parametrize(
    "rule",
    [
        f"FREQ=WEEKLY;BYDAY=TU;{SEASON}",
        f"FREQ=WEEKLY;{SEASON};BYDAY=TU,FR",
        f"FREQ=MONTHLY;BYDAY=1TU;{SEASON}",
    ],
)
def test_another_day_is_in_the_same_season(rule):
    times = moved(rule)
    said = recurrence.said(times.rule, starts_on=times.starts_on)
    assert said == "Thursdays, March to October"
    assert times.is_term_time
    assert times.starts_on == dt.date(2026, 9, 17)


def test_another_day_ends_when_it_ended():
    ends = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261212T235959Z"
    assert moved(ends).rule.endswith("UNTIL=20261212T235959Z")
    assert "UNTIL" not in moved(ends, date="2027-01-07").rule


def test_two_times_of_different_seasons_leave_none():
    rule = f"FREQ=WEEKLY;BYDAY=TU;{SEASON}"
    other = {**TIMES, "rule": "FREQ=WEEKLY;BYDAY=FR", "is_term_time": False}
    times = moved(rule, other)
    assert times.rule == "FREQ=WEEKLY;BYDAY=TH"
    assert not times.is_term_time


def test_what_is_just_once_has_no_season():
    rule = f"FREQ=WEEKLY;BYDAY=TU;{SEASON}"
    times = moved(rule, every="once", date="2026-12-24")
    assert (times.rule, times.is_term_time) == ("", False)


def test_once_a_month_keeps_the_season_and_not_the_week():
    times = moved(f"FREQ=WEEKLY;BYDAY=TU;{SEASON}", every="monthly")
    said = recurrence.said(times.rule, starts_on=times.starts_on)
    assert said == "The second Thursday of the month, March to October"


@pytest.mark.parametrize(("postcode", "lat"), [("WN7 1EB", 53.4978), ("", None)])
def test_a_new_place_is_taken_with_or_without_a_postcode(facts, postcode, lat):
    spot = changed(facts, place="The mill", postcode=postcode).spot
    assert (spot.name, spot.postcode, spot.lat) == ("The mill", postcode, lat)
