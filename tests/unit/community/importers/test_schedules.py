"""Timetables as feeds write them, good and bad."""

import datetime as dt
from typing import Any

import pytest

from thedeal.community.importers import moments, schedules
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.schedules import Timetable


def read(**given: Any) -> tuple[Timetable, dict[str, int]]:
    """Give the timetable of one schedule, and its oddities."""
    oddities = Oddities()
    return schedules.read([given], oddities, "here"), dict(oddities.counts)


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"freq": "WEEKLY", "byday": "MO,TH"}, "FREQ=WEEKLY;BYDAY=MO,TH"),
        ({"freq": "week", "byday": "mo, th"}, "FREQ=WEEKLY;BYDAY=MO,TH"),
        ({"freq": "weekly", "weekday": "Thursday"}, "FREQ=WEEKLY;BYDAY=TH"),
        ({"weekday": "monday"}, "FREQ=WEEKLY;BYDAY=MO"),
        ({"freq": "MONTHLY", "byday": "-1FR"}, "FREQ=MONTHLY;BYDAY=-1FR"),
        (
            {"freq": "MONTHLY", "bymonthday": "1,15,-1"},
            "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
        ),
        (
            {"freq": "WEEKLY", "interval": 2, "byday": "TU", "dtstart": "2026-11-03"},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        ),
        (
            {"freq": "WEEKLY", "byday": "TU", "valid_to": "2026-12-31"},
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231",
        ),
        ({"dtstart": "2026-12-05", "valid_to": "2026-12-05"}, ""),
    ],
)
def test_rules(given: dict[str, Any], rule: str):
    table, _ = read(opens_at="10:00", closes_at="12:00", **given)
    assert [s["rule"] for s in table.sessions] == [rule]
    assert table.sessions[0]["minutes"] == 120


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("09:30", dt.time(9, 30)),
        ("10:00:00", dt.time(10)),
        ("10:00:00Z", dt.time(10)),
        ("10:00+01:00", dt.time(10)),
        ("2026-01-05T10:15:00Z", dt.time(10, 15)),
        ("24:00", dt.time(0)),
        ("2pm", dt.time(14)),
        ("hh:mm:ss", None),
        ("25:00", None),
        ("", None),
    ],
)
def test_times_of_day(written: str, at: dt.time | None):
    assert moments.time_of_day(written, Oddities(), "here") == at


def test_a_time_with_a_zone_is_counted():
    assert read(byday="MO", opens_at="10:00Z", closes_at="11:00")[1] == {
        "time with a zone": 1
    }


def test_a_weekly_rule_starts_on_its_own_weekday():
    table, _ = read(freq="WEEKLY", byday="TH", dtstart="2026-11-02", opens_at="10:00")
    assert table.sessions[0]["starts_on"] == dt.date(2026, 11, 5)


def test_long_weekly_stretches_are_opening_hours():
    table, _ = read(freq="WEEKLY", byday="MO,TU", opens_at="09:00", closes_at="17:00")
    assert [h["weekday"] for h in table.hours] == [0, 1]
    assert table.given()["timing"] == "opening hours"


def test_what_no_rule_can_say_is_kept_in_words():
    table, odd = read(freq="when it rains", opens_at="10:00", description="Ask Jean")
    assert table.sessions == [] and odd == {"timetable unclear": 1}
    assert table.words == ["Ask Jean", "when it rains 10:00"]


def test_dates_of_all_kinds():
    assert moments.day("05/12/2026", Oddities(), "x") == dt.date(2026, 12, 5)
    assert moments.day("2026-12-05T10:00:00", Oddities(), "x") == dt.date(2026, 12, 5)
    assert moments.day("31/02/2026", Oddities(), "x") is None
