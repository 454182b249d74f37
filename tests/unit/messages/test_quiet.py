"""Quiet hours by the clock on the wall, through both changes of the clocks."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thedeal.messages import quiet

UTC = dt.UTC


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-23T12:00+00:00", "2026-11-23T12:00+00:00"),
        ("2026-11-23T20:00+00:00", "2026-11-24T08:00+00:00"),
        ("2026-11-23T03:00+00:00", "2026-11-23T08:00+00:00"),
        # the night the clocks go forward: 8 in the morning is 7 in UTC
        ("2026-03-28T22:00+00:00", "2026-03-29T07:00+00:00"),
        # the night they go back: 8 in the morning is 8 in UTC
        ("2026-10-24T20:30+00:00", "2026-10-25T08:00+00:00"),
    ],
)
def test_next_time(now, then):
    found = quiet.next_time(dt.datetime.fromisoformat(now), from_hour=20, until_hour=8)
    assert found.astimezone(UTC) == dt.datetime.fromisoformat(then)


@given(st.datetimes(timezones=st.just(UTC)))
def test_never_in_quiet_hours_and_never_before_now(now):
    found = quiet.next_time(now, from_hour=20, until_hour=8)
    assert found >= now
    assert 8 <= found.astimezone(quiet.LONDON).hour < 20
    assert found - now <= dt.timedelta(hours=13)
