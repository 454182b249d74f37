"""The clock of "somebody the same day"."""

import datetime as dt

import pytest

from thedeal.deals.same_day import LONDON, due_by


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-23 09:00", "2026-11-23 17:00"),
        ("2026-11-23 16:59", "2026-11-23 17:00"),
        ("2026-11-23 17:00", "2026-11-24 17:00"),
        ("2026-11-27 17:30", "2026-11-30 17:00"),
        ("2026-11-28 10:00", "2026-11-30 17:00"),
        ("2026-11-29 23:59", "2026-11-30 17:00"),
        ("2026-07-01 16:30", "2026-07-01 17:00"),
    ],
)
def test_same_day_or_the_next_weekday(asked, due):
    asked_at = dt.datetime.fromisoformat(asked).replace(tzinfo=LONDON)
    expected = dt.datetime.fromisoformat(due).replace(tzinfo=LONDON)
    assert due_by(asked_at, day_ends_hour=17) == expected


def test_a_moment_in_utc_is_read_by_london_s_clock():
    asked = dt.datetime(2026, 7, 1, 16, 30, tzinfo=dt.UTC)  # half past five in London
    assert due_by(asked, day_ends_hour=17).date() == dt.date(2026, 7, 2)
