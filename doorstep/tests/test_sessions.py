"""When a session happens next: rules, holidays, terms and clock changes."""

import datetime as dt

import pytest
from doorstep.sessions import (
    LONDON,
    WEEKDAYS,
    BadTimetableError,
    Calendar,
    Never,
    OnBankHolidays,
    Timetable,
    _checked_rule,
    _ruled,
    _weekly,
    england,
    english_calendar,
    next_session,
    sessions,
    timetable_from_text,
)
from hypothesis import given
from hypothesis import strategies as st

ENGLAND = english_calendar(2024, 2028)
MONDAY = dt.datetime(2026, 11, 23, 9, tzinfo=LONDON)


def tuesdays(**changes):
    given = {
        "starts_on": dt.date(2026, 1, 6),
        "at": dt.time(10),
        "minutes": 90,
        "rule": "FREQ=WEEKLY;BYDAY=TU",
    }
    return Timetable(**(given | changes))


def first(timetable, after=MONDAY, calendar=ENGLAND):
    return next_session(timetable, after=after, calendar=calendar)


@pytest.mark.parametrize(
    ("rule", "starts_on", "comes"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", dt.date(2026, 1, 6), dt.date(2026, 11, 24)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", dt.date(2026, 1, 6), dt.date(2026, 11, 24)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", dt.date(2026, 1, 13), dt.date(2026, 12, 1)),
        ("FREQ=MONTHLY;BYDAY=1FR", dt.date(2026, 1, 1), dt.date(2026, 12, 4)),
        ("FREQ=MONTHLY;BYDAY=-1SA", dt.date(2026, 1, 1), dt.date(2026, 11, 28)),
        (
            "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4",
            dt.date(2020, 1, 1),
            dt.date(2027, 7, 4),
        ),
        (None, dt.date(2026, 12, 24), dt.date(2026, 12, 24)),
    ],
)
def test_next_date_of_each_kind_of_rule(rule, starts_on, comes):
    assert first(tuesdays(rule=rule, starts_on=starts_on)).starts.date() == comes


def test_session_of_today_is_next_until_it_begins():
    timetable = tuesdays(rule="FREQ=WEEKLY;BYDAY=MO")
    assert first(timetable).starts == MONDAY.replace(hour=10)
    late = MONDAY.replace(hour=10, minute=1)
    assert first(timetable, after=late).starts.date() == dt.date(2026, 11, 30)


def test_date_left_out_and_date_added():
    left_out = tuesdays(left_out=frozenset({dt.date(2026, 11, 24)}))
    assert first(left_out).starts.date() == dt.date(2026, 12, 1)
    added = tuesdays(added=frozenset({dt.date(2026, 11, 23)}))
    assert first(added).starts.date() == dt.date(2026, 11, 23)


def test_bank_holidays_of_england_and_not_of_scotland():
    assert dt.date(2026, 5, 4) in england(2026, 2026)
    assert dt.date(2026, 1, 2) not in england(2026, 2026)  # Scotland's
    assert dt.date(2026, 12, 28) in england(2026, 2026)  # Boxing Day is a Saturday


@pytest.mark.parametrize(
    ("rule", "comes", "doubted"),
    [
        (OnBankHolidays.RUNS, dt.date(2026, 5, 4), False),
        (OnBankHolidays.CLOSED, dt.date(2026, 5, 11), False),
        (OnBankHolidays.UNKNOWN, dt.date(2026, 5, 4), True),
    ],
)
def test_bank_holiday_monday(rule, comes, doubted):
    timetable = tuesdays(rule="FREQ=WEEKLY;BYDAY=MO", on_bank_holidays=rule)
    found = first(timetable, after=dt.datetime(2026, 5, 1, tzinfo=LONDON))
    assert found.starts.date() == comes
    assert bool(found.doubts) is doubted


def test_term_time_waits_for_the_term():
    terms = (
        (dt.date(2026, 9, 2), dt.date(2026, 12, 18)),
        (dt.date(2027, 1, 4), dt.date(2027, 3, 25)),
    )
    calendar = english_calendar(2026, 2027, terms=terms)
    timetable = tuesdays(term_time_only=True)
    after = dt.datetime(2026, 12, 19, tzinfo=LONDON)
    assert first(timetable, after=after, calendar=calendar).starts.date() == dt.date(
        2027, 1, 5
    )
    unknown = first(timetable, after=after)
    assert unknown.starts.date() == dt.date(2026, 12, 22)
    assert "Term time only" in unknown.doubts[0]


def test_ten_o_clock_stays_ten_when_the_clocks_change():
    found = list(
        sessions(
            tuesdays(),
            after=dt.datetime(2026, 10, 20, tzinfo=LONDON),
            calendar=ENGLAND,
            days=14,
        )
    )
    assert [s.starts.hour for s in found] == [10, 10, 10]
    assert [s.starts.utcoffset() for s in found] == [
        dt.timedelta(hours=1),
        dt.timedelta(0),
        dt.timedelta(0),
    ]


def test_time_that_the_clocks_skip_is_told_as_the_clock_will_show():
    skipped = tuesdays(
        starts_on=dt.date(2027, 3, 28), at=dt.time(1, 30), rule=None, minutes=60
    )
    found = first(skipped)
    assert (found.starts.hour, found.starts.minute) == (2, 30)
    assert found.ends.hour == 3


def test_night_of_the_clock_change_lasts_as_long_as_it_lasts():
    night = tuesdays(
        starts_on=dt.date(2027, 10, 30), at=dt.time(22), rule=None, minutes=600
    )
    found = first(night)
    assert found.ends.hour == 7  # ten hours pass, and the clock goes back one


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        (
            {"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"},
            "Its rule names no day that comes.",
        ),
        (
            {"rule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"},
            "Its rule names no day that comes.",
        ),
        (
            {"rule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260310"},
            "It finished on 10 March 2026.",
        ),
        ({"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=6"}, "It finished on 10 February 2026."),
        ({"rule": None}, "It finished on 6 January 2026."),
        (
            {"rule": None, "left_out": frozenset({dt.date(2026, 1, 6)})},
            "Its rule names no day that comes.",
        ),
        (
            {
                "rule": None,
                "starts_on": dt.date(2026, 12, 25),
                "on_bank_holidays": OnBankHolidays.CLOSED,
            },
            "Every day it would happen on is a day it is closed.",
        ),
    ],
)
def test_session_that_never_happens_says_why(changes, because):
    assert first(tuesdays(**changes)) == Never(because)


@pytest.mark.parametrize(
    "rule", ["", "FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=XX", "every tuesday"]
)
def test_rule_that_is_no_rule_is_refused(rule):
    with pytest.raises(BadTimetableError):
        tuesdays(rule=rule)


def test_moment_without_a_zone_is_refused():
    with pytest.raises(BadTimetableError):
        first(tuesdays(), after=dt.datetime(2026, 11, 23))  # noqa: DTZ001  the fault under test


def test_lines_of_a_calendar_file():
    timetable = timetable_from_text(
        "DTSTART;TZID=Europe/London:20260106T100000\r\nDTEND;TZID=Europe/London:\r\n"
        " 20260106T113000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270101T000000Z\r\n"
        "EXDATE;TZID=Europe/London:20261124T100000,20261201T100000\r\n"
    )
    assert timetable.minutes == 90
    assert first(timetable).starts.date() == dt.date(2026, 12, 8)


def test_time_in_utc_becomes_local():
    timetable = timetable_from_text("DTSTART:20260707T090000Z\nDURATION:PT45M")
    assert (timetable.at, timetable.minutes) == (dt.time(10), 45)


def test_file_without_a_first_day_is_refused():
    with pytest.raises(BadTimetableError, match="DTSTART"):
        timetable_from_text("RRULE:FREQ=WEEKLY")


@given(
    days=st.sets(st.sampled_from(WEEKDAYS)),
    every=st.integers(1, 5),
    start=st.dates(dt.date(2016, 1, 1), dt.date(2027, 12, 31)),
    first=st.dates(dt.date(2016, 1, 1), dt.date(2027, 12, 31)),
    until=st.none() | st.dates(dt.date(2016, 1, 1), dt.date(2028, 12, 31)),
)
def test_weekly_rules_counted_by_weeks_agree_with_the_library(
    days, every, start, first, until
):
    rule = f"FREQ=WEEKLY;INTERVAL={every}"
    rule += f";BYDAY={','.join(sorted(days))}" if days else ""
    rule += f";UNTIL={until:%Y%m%d}" if until else ""
    plain = Timetable(starts_on=start, at=dt.time(10), minutes=60, rule=rule)
    last = first + dt.timedelta(days=60)
    parts = _checked_rule(rule)
    ours = sorted(_weekly(plain, parts, first, last))
    library = sorted(_ruled(plain, parts, last))
    assert [d for d in ours if d >= first] == [d for d in library if d >= first]
    assert set(ours) <= set(library)


@given(
    day=st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]),
    every=st.integers(1, 4),
    start=st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)),
    minutes_on=st.integers(0, 2 * 365 * 24 * 60),
    hour=st.integers(0, 23),
)
def test_weekly_rules_agree_with_counting_days(day, every, start, minutes_on, hour):
    timetable = Timetable(
        starts_on=start,
        at=dt.time(hour, 30),
        minutes=60,
        rule=f"FREQ=WEEKLY;INTERVAL={every};BYDAY={day}",
    )
    moment = dt.datetime(2025, 1, 1, tzinfo=LONDON) + dt.timedelta(minutes=minutes_on)
    found = next_session(timetable, after=moment, calendar=Calendar())
    weekday = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].index(day)
    counted = start + dt.timedelta(days=(weekday - start.weekday()) % 7)
    if counted.weekday() < start.weekday() and every > 1:
        counted += dt.timedelta(weeks=every - 1)  # its own week holds no such day
    while dt.datetime.combine(counted, dt.time(hour, 30), tzinfo=LONDON) < moment:
        counted += dt.timedelta(weeks=every)
    assert found.starts.date() == counted


@pytest.mark.parametrize("every", ["0", "-1", "00"])
def test_a_rule_that_never_goes_on_is_refused(every):
    with pytest.raises(BadTimetableError, match="every"):
        Timetable(
            starts_on=dt.date(2026, 1, 6),
            at=dt.time(10),
            minutes=60,
            rule=f"FREQ=DAILY;INTERVAL={every}",
        )


def test_a_numbered_day_of_a_weekly_rule_is_that_day():
    numbered = Timetable(
        starts_on=dt.date(2026, 1, 6),
        at=dt.time(10),
        minutes=60,
        rule="FREQ=WEEKLY;BYDAY=2TU",
    )
    assert next_session(numbered, after=MONDAY, calendar=ENGLAND).starts.day == 24
