"""How and when a person may be written to: what they said is kept, or a human keeps it."""

import datetime as dt

import pytest

from thedeal.deals import reaching
from thedeal.residents.models import Person

LONDON = reaching.LONDON
EMAIL, TEXT = ("email", "joan@home.example"), ("text", "07700 900201")


def joan(**said):
    return Person(called="Joan", phone=TEXT[1], email=EMAIL[1], **said)


def at(day, hour, minute=0, month=11):
    return dt.datetime(2026, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ({}, EMAIL),
        ({"likes_contact_by": "text"}, TEXT),
        ({"likes_contact_by": "visit"}, ("", "")),
        ({"likes_contact_by": "none"}, ("", "")),
        ({"how_to_reach": "Not while my son is in."}, ("", "")),
        ({"when_to_reach": "Tue 10:00-15:00"}, EMAIL),
        ({"when_to_reach": "once he has gone to work"}, ("", "")),
        ({"whereabouts": "in hospital"}, ("", "")),
    ],
)
def test_the_way_that_they_like_and_no_other(said, way):
    assert reaching.way_to(joan(**said)) == way


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at(23, 12), at(24, 10)),  # Monday noon: Tuesday at ten
        (at(24, 9, 59), at(24, 10)),
        (at(24, 10), at(24, 10)),
        (at(24, 14, 59), at(24, 14, 59)),
        (at(24, 15), at(28, 0)),  # too late: Saturday
        (at(28, 23, 59), at(28, 23, 59)),
        (at(29, 0), at(1, 10, month=12)),
    ],
)
def test_the_next_of_their_hours(now, then):
    hers = joan(when_to_reach="Tue 10:00-15:00, Sat all day")
    assert reaching.next_time(hers, now) == then


def test_through_the_night_when_clocks_change():
    hers = joan(when_to_reach="Sunday mornings")
    now = dt.datetime(2026, 10, 24, 12, tzinfo=LONDON)
    then = reaching.next_time(hers, now)
    assert then.astimezone(dt.UTC) == dt.datetime(2026, 10, 25, 9, tzinfo=dt.UTC)


def test_who_said_no_hours_has_none():
    assert reaching.next_time(joan(), at(23, 12)) is None
    assert reaching.said(joan()) == ""
    assert "by itself" in reaching.said(joan(how_to_reach="Ring twice."))
    assert "Tue 10:00-15:00" in reaching.said(joan(when_to_reach="tue 10-15"))
