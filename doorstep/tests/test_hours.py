"""The hours of a week: read, joined, overlapped."""

import pytest
from doorstep.hours import WEEK_MINUTES, BadTimesError, FreeHours, free_hours
from hypothesis import given
from hypothesis import strategies as st

SPANS = st.lists(
    st.integers(0, WEEK_MINUTES - 1).flatmap(
        lambda first: st.tuples(st.just(first), st.integers(first + 1, first + 3000))
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Tue 10:00-15:00", "Tue 10:00-15:00"),
        ("Tuesdays 10-3", "Tue 10:00-15:00"),
        ("tues 10am to 3pm", "Tue 10:00-15:00"),
        ("thurs 7-9pm", "Thu 19:00-21:00"),
        ("Fri 10-3pm", "Fri 10:00-15:00"),
        ("Mon mornings, Wed evenings", "Mon 09:00-12:00, Wed 17:00-21:00"),
        ("Mon, Wed 10:00-11:00", "Mon 10:00-11:00, Wed 10:00-11:00"),
        ("Mon 9-10, 14:00-15:00", "Mon 09:00-10:00, Mon 14:00-15:00"),
        ("weekends", "Sat 00:00-24:00, Sun 00:00-24:00"),
        ("Sat afternoon", "Sat 12:00-17:00"),
        ("Sat before noon", "Sat 00:00-12:00"),
        ("Fri-Sun after 6pm", "Fri 18:00-24:00, Sat 18:00-24:00, Sun 18:00-24:00"),
        ("Fri 22:00-02:00", "Fri 22:00-24:00, Sat 00:00-02:00"),
        ("Sun 22:00-02:00", "Mon 00:00-02:00, Sun 22:00-24:00"),
    ],
)
def test_free_hours_as_people_write_them(words, meant):
    assert str(free_hours(words)) == meant


@pytest.mark.parametrize(
    "words", ["", "now and then", "Tue 25:00-26:00", "Tue 13pm-14pm", "Tue 10:75-11:00"]
)
def test_free_hours_that_cannot_be_read_say_so(words):
    with pytest.raises(BadTimesError):
        free_hours(words)


def test_overlap_is_of_hours_not_of_weekdays():
    free = free_hours("Tue 10:00-15:00")
    tuesday = 24 * 60
    assert free.overlap_minutes(tuesday + 14 * 60, minutes=90) == 60
    assert free.overlap_minutes(tuesday + 19 * 60, minutes=90) == 0


@given(SPANS)
def test_hours_said_and_read_again_are_the_same(spans):
    free = FreeHours.of(spans)
    if free.spans:
        assert free_hours(str(free)) == free


@given(SPANS, st.integers(0, WEEK_MINUTES - 1), st.integers(1, 2000))
def test_overlap_counts_each_free_minute_once(spans, start, minutes):
    free = FreeHours.of(spans)
    is_free = [False] * WEEK_MINUTES
    for first, past in spans:
        for minute in range(first, past):
            is_free[minute % WEEK_MINUTES] = True
    by_hand = sum(is_free[(start + m) % WEEK_MINUTES] for m in range(minutes))
    assert free.overlap_minutes(start, minutes=minutes) == by_hand
    assert free.minutes == sum(is_free)
