"""A group's own calendar: added, read by a job, explained when it is bad."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import listings as made
from thedeal.community.actions import calendars
from thedeal.community.actions.calendars import Fetched
from thedeal.community.models import Calendar, Session
from thedeal.lib.errors import UserFacingError
from thedeal.messages.models import Letter
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
FRAME = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n"
EVENT = (
    "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:{name}\r\n"
    "DTSTART:{start}\r\nDURATION:PT1H\r\n{more}END:VEVENT\r\n"
)
WEEKLY = EVENT.format(
    uid="w", name="Tuesday table", start="20260903T140000", more="RRULE:FREQ=WEEKLY\r\n"
)


@pytest.fixture
def council(cast):
    return Authority.objects.get(slug="makerfield")


@pytest.fixture
def group(council, clock):
    return made.group(council)


@pytest.fixture
def calendar(group):
    activity = group.activities.get()
    return calendars.add(
        activity=activity, address="webcal://knit.example/k.ics", by=None
    )


def gives(*events: str, etag: str = "1"):
    """Give a fetch that answers with these events and remembers what was asked."""

    def fetch(address: str, stamp: str) -> Fetched:
        asked.append((address, stamp))
        if stamp == etag:
            return Fetched(body=None, etag=etag)
        return Fetched(body=FRAME.format("".join(events)).encode(), etag=etag)

    asked: list[tuple[str, str]] = []
    fetch.asked = asked  # type: ignore[attr-defined] # read by the test
    return fetch


def fails(address: str, stamp: str) -> Fetched:
    raise UserFacingError("The address did not answer within ten seconds.")


def run(fetch, clock, *, hours: float = 0) -> tuple[int, int]:
    clock.shift(dt.timedelta(hours=hours))
    return calendars.refresh_due(fetch=fetch, now=timezone.now())


def test_a_calendar_becomes_the_sessions(calendar, group, clock):
    assert run(gives(WEEKLY), clock) == (1, 0)
    (session,) = Session.objects.filter(activity__group=group)
    assert (session.weekdays, session.at) == ([3], dt.time(14))
    assert session.calendar_uid == "w"
    assert group.versions.last().how == "a calendar"
    calendar.refresh_from_db()
    assert calendar.address == "https://knit.example/k.ics"
    assert calendar.problem == ""


def test_nothing_new_makes_no_version(calendar, group, clock):
    fetch = gives(WEEKLY)
    run(fetch, clock)
    versions = group.versions.count()
    assert run(fetch, clock, hours=1) == (0, 0)
    run(fetch, clock, hours=6)
    assert fetch.asked[-1][1] == "1"  # the same day: only if it changed
    run(fetch, clock, hours=24)
    assert fetch.asked[-1][1] == ""  # a new day: all of it, for dates move on
    assert group.versions.count() == versions


def test_a_change_in_the_calendar_is_a_version(calendar, group, clock):
    run(gives(WEEKLY), clock)
    moved = WEEKLY.replace("20260903T140000", "20260904T150000")
    run(gives(moved, etag="2"), clock, hours=7)
    assert Session.objects.get(activity__group=group).weekdays == [4]


def test_the_dates_we_had_stay_while_it_fails_and_the_group_is_told_once(
    calendar, group, clock
):
    run(gives(WEEKLY), clock)
    waits = []
    for _ in range(8):
        calendar.refresh_from_db()
        hours = (calendar.next_at - timezone.now()).total_seconds() / 3600
        waits.append(hours)
        run(fails, clock, hours=hours)
    assert waits == [6, 6, 12, 24, 48, 96, 168, 168]
    assert Session.objects.get(activity__group=group).calendar_uid == "w"
    letter = Letter.objects.get(kind="community.calendar")
    assert "did not answer within ten seconds" in letter.body
    assert "Tuesday table" in letter.body


def test_a_bad_calendar_is_explained_on_its_page(signed_in, calendar, group, clock):
    run(lambda address, stamp: Fetched(body=b"<html>Sign in</html>"), clock)
    activity = group.activities.get()
    address = f"/desk/directory/groups/{group.pk}/calendar/{activity.pk}/"
    page = signed_in("directory_editor").get(address).content.decode()
    assert "is a web page, not the calendar itself" in page


def test_what_was_left_out_is_said_too(calendar, group, clock):
    birthday = EVENT.replace("DTSTART:{start}", "DTSTART;VALUE=DATE:20261225").format(
        uid="b", name="Christmas", more=""
    )
    run(gives(WEEKLY, birthday.replace("DURATION:PT1H\r\n", "")), clock)
    calendar.refresh_from_db()
    assert calendar.problem == "Events that last all day and say no time: 1."
    assert calendar.failures == 0


def test_an_ended_group_s_calendar_is_not_read(calendar, group, clock):
    group.activities.update(state="ended")
    assert run(gives(WEEKLY), clock) == (0, 0)


def test_add_and_stop_at_the_desk(signed_in, group):
    activity = group.activities.get()
    address = f"/desk/directory/groups/{group.pk}/calendar/{activity.pk}/"
    client = signed_in("directory_editor")
    shown = client.post(address, {"address": "not one"}).content.decode()
    assert "whole address" in shown
    client.post(address, {"address": "https://knit.example/k.ics"})
    assert Calendar.objects.get().next_at is not None
    client.post(address, {"stop": "yes"})
    assert Calendar.objects.get().is_stopped


@pytest.mark.parametrize("who", ["worker", "organiser", "other_authority", "director"])
def test_others_set_no_calendar(signed_in, group, who):
    activity = group.activities.get()
    address = f"/desk/directory/groups/{group.pk}/calendar/{activity.pk}/"
    client = signed_in(who)
    assert client.get(address).status_code == 404
    client.post(address, {"address": "https://knit.example/k.ics"})
    assert not Calendar.objects.exists()
