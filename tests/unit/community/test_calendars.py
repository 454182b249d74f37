"""Real shapes of calendars become sessions; bad ones are explained in words."""

import datetime as dt

import pytest

from thedeal.community import calendars
from thedeal.community.calendars import BadCalendarError

TODAY = dt.date(2026, 11, 23)
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def calendar(*events: str, head: str = "") -> bytes:
    """Give a calendar with these events, each without its frame."""
    framed = "".join(
        f"BEGIN:VEVENT\nUID:e{n}@cal\nDTSTAMP:20260101T000000Z\n{event}\nEND:VEVENT\n"
        if "UID:" not in event
        else f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n"
        for n, event in enumerate(events)
    )
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{head}{framed}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def weekly(more: str = "", *, uid: str = "w@cal", summary: str = "Knit") -> str:
    return (
        f"UID:{uid}\nDTSTAMP:20260101T000000Z\nSUMMARY:{summary}\n"
        "DTSTART;TZID=Europe/London:20260908T103000\n"
        "DTEND;TZID=Europe/London:20260908T120000\n"
        f"RRULE:FREQ=WEEKLY;BYDAY=TU{more}"
    )


def read(body: bytes) -> calendars.Read:
    return calendars.read(body, today=TODAY, name="Knit")


def test_a_weekly_event_stays_a_rule():
    (times,) = read(calendar(weekly(), head=ZONE)).times
    assert times.rule == "FREQ=WEEKLY;BYDAY=TU"
    assert (times.at, times.minutes) == (dt.time(10, 30), 90)
    assert times.left_out == times.added == ()
    assert times.note == ""
    assert times.calendar_uid == "w@cal"


def test_a_day_left_out_and_one_added():
    more = (
        "\nEXDATE;TZID=Europe/London:20261229T103000"
        "\nRDATE;TZID=Europe/London:20261230T103000"
    )
    (times,) = read(calendar(weekly(more), head=ZONE)).times
    assert times.left_out == (dt.date(2026, 12, 29),)
    assert times.added == (dt.date(2026, 12, 30),)


def test_one_time_moved_stands_alone():
    moved = (
        "UID:w@cal\nDTSTAMP:20260101T000000Z\nSUMMARY:Knit, in the library\n"
        "RECURRENCE-ID;TZID=Europe/London:20261201T103000\n"
        "DTSTART;TZID=Europe/London:20261203T140000\n"
        "DTEND;TZID=Europe/London:20261203T150000"
    )
    rule, single = read(calendar(weekly(), moved, head=ZONE)).times
    assert rule.left_out == (dt.date(2026, 12, 1),)
    assert (single.starts_on, single.at) == (dt.date(2026, 12, 3), dt.time(14))
    assert single.note == "Knit, in the library"


def test_one_time_cancelled_is_left_out():
    gone = (
        "UID:w@cal\nDTSTAMP:20260101T000000Z\nSTATUS:CANCELLED\n"
        "RECURRENCE-ID;TZID=Europe/London:20261201T103000\n"
        "DTSTART;TZID=Europe/London:20261201T103000\n"
        "DTEND;TZID=Europe/London:20261201T120000"
    )
    (times,) = read(calendar(weekly(), gone, head=ZONE)).times
    assert times.left_out == (dt.date(2026, 12, 1),)


def test_a_rule_in_utc_moves_with_the_clock_and_is_dated():
    event = (
        "DTSTART:20260908T093000Z\nDTEND:20260908T110000Z\nSUMMARY:Knit\n"
        "RRULE:FREQ=WEEKLY;BYDAY=TU"
    )
    read_ = read(calendar(event))
    winter = [t for t in read_.times if t.rule]
    summer = [t for t in read_.times if not t.rule]
    assert [t.at for t in winter] == [dt.time(9, 30)]
    assert {t.at for t in summer} == {dt.time(10, 30)}
    days = winter[0].left_out
    assert all(t.starts_on in days for t in summer)


def test_single_dates_to_come_and_none_that_are_past():
    past = "DTSTART:20260101T100000Z\nDTEND:20260101T110000Z\nSUMMARY:Long ago"
    to_come = "DTSTART:20261224T100000Z\nDTEND:20261224T110000Z\nSUMMARY:Carols"
    (times,) = read(calendar(past, to_come)).times
    assert (times.starts_on, times.note) == (dt.date(2026, 12, 24), "Carols")


def test_floating_time_is_the_clock_on_the_wall():
    (times,) = read(calendar("DTSTART:20261201T190000\nDURATION:PT2H")).times
    assert (times.at, times.minutes) == (dt.time(19), 120)


def test_private_events_are_never_taken():
    own = weekly(uid="p@cal", summary="Jean's dentist").replace("SUMMARY", "CLASS:PRIVATE\nSUMMARY")  # fmt: skip
    found = read(calendar(weekly(), own, head=ZONE))
    assert len(found.times) == 1
    assert "dentist" not in repr(found)


def test_what_is_odd_is_said_with_counts():
    found = read(
        calendar(
            weekly(),
            "DTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas",
            "DTSTART;VALUE=DATE:20261226\nSUMMARY:Boxing Day",
            "DTSTART:20261201T100000Z\nRRULE:FREQ=SECONDLY\nSUMMARY:Broken",
            "SUMMARY:When?",
            "DTSTART:20261202T100000Z\nSUMMARY:No end",
            head=ZONE,
        )
    )
    assert found.oddities == (
        "Events that last all day and say no time: 2.",
        "Events that repeat more often than daily: 1.",
        "Events that say no end (we say an hour): 1.",
        "Events that say no start: 1.",
    )


def test_scripts_in_a_title_are_cleaned():
    event = "DTSTART:20261201T190000\nDURATION:PT1H\nSUMMARY:<script>x</script>Brew"
    assert read(calendar(event)).times[0].note == "Brew"


def test_a_title_a_thousand_letters_long_is_cut():
    event = f"DTSTART:20261201T190000\nDURATION:PT1H\nSUMMARY:{'brew ' * 300}"
    assert len(read(calendar(event)).times[0].note) <= 200


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!doctype html><html>Sign in</html>", "a web page"),
        (b"", "not a calendar"),
        (b"\x00\xff\xfe rubbish", "not a calendar"),
        (b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n", "not a calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "not a calendar"),
        (calendar(), "no dates to come"),
        (calendar(weekly(";UNTIL=20261001T000000Z"), head=ZONE), "no dates to come"),
        (calendar("DTSTART;VALUE=DATE:20261225"), "all day"),
    ],
)
def test_a_bad_calendar_is_explained(body, said):
    with pytest.raises(BadCalendarError) as refused:
        read(body)
    assert said in refused.value.sentence


def test_a_rule_for_ever_daily_since_1970_is_read():
    event = "DTSTART:19700101T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY"
    (times,) = read(calendar(event)).times
    assert times.rule == "FREQ=DAILY"


def test_too_many_events_are_refused():
    events = ["DTSTART:20261201T190000\nDURATION:PT1H"] * (calendars.MOST_EVENTS + 1)
    with pytest.raises(BadCalendarError, match="more than 5,000"):
        read(calendar(*events))
