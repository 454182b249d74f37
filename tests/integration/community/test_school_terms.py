"""What meets in term time only, by the terms that a council gave, and without any."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import listings as made
from thedeal.community.selectors import catalogue, dates
from thedeal.partners.actions import words
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
ASK_FIRST = "Term time only, and we do not hold the school terms: ask first."
TUESDAYS = made.TUESDAYS | {"is_term_time": True}


@pytest.fixture
def homework(clock, cast, monkeypatch):
    council = Authority.objects.get(slug="makerfield")
    monkeypatch.setattr(dates.places, "only_council", lambda: council.pk)
    group = made.group(
        council, "Homework", activities=[made.activity("Club", sessions=[TUESDAYS])]
    )
    return group.activities.get()


def give(cast, text):
    council = Authority.objects.get(slug="makerfield")
    words.put(
        authority=council, key=dates.SCHOOL_TERMS, text=text, by=cast.administrator
    )


@pytest.mark.parametrize("text", [None, "autumn", "2026-12-18 to 2026-09-02"])
def test_without_terms_that_can_be_read_one_is_told_to_ask(homework, cast, text):
    if text:
        give(cast, text)
    first, *_ = dates.coming(homework)
    assert first.starts.date() == dt.date(2026, 11, 24)
    assert first.doubts == (ASK_FIRST,)


def test_in_the_holidays_the_next_date_is_in_the_next_term(homework, cast, clock):
    give(cast, "2026-09-02 to 2026-12-18, 2027-01-04 to 2027-03-25")
    clock.shift(dt.timedelta(days=28))  # the Monday after term ends
    first, *_ = dates.coming(homework)
    assert first.starts.date() == dt.date(2027, 1, 5)
    assert first.doubts == ()
    assert catalogue.calendar(timezone.localdate()).is_term(first.starts.date())
