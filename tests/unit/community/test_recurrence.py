"""Rules that repeat, said as a neighbour would."""

import datetime as dt

import pytest

from thedeal.community import recurrence

STARTS = dt.date(2026, 9, 8)
SAID = {
    "FREQ=WEEKLY;BYDAY=TU": "Tuesdays",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;BYMONTH=6,7,8,9": "Every other Saturday, "
    "June to September",
    "FREQ=MONTHLY;BYDAY=3TH;BYMONTH=10,11,12,1,2,3": "The third Thursday of the month, "
    "October to March",
    "FREQ=DAILY;BYMONTH=5": "Every day, May",
    "FREQ=WEEKLY;BYDAY=MO;BYMONTH=7,8": "Mondays, July and August",
    "FREQ=WEEKLY;BYDAY=MO;BYMONTH=3,6,9,12": "Mondays, March, June, September and "
    "December",
    "FREQ=WEEKLY;BYDAY=MO;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12": "Mondays",
    "FREQ=WEEKLY;BYDAY=MO;BYMONTH=13,x": "Mondays",
    "FREQ=YEARLY;BYMONTH=9": "Once a year, in September",
}


@pytest.mark.parametrize("rule", SAID)
def test_a_rule_is_said_with_its_season(rule: str):
    assert recurrence.said(rule, starts_on=STARTS) == SAID[rule]
