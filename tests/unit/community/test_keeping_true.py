"""The rhythm of letters, answers by one tap, demotion, dropping: on a stopped clock."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import listings as made
from thedeal.community.actions import keeping_true, listings
from thedeal.community.freshness import Rhythm
from thedeal.community.models import Group, Nudge, Suggestion
from thedeal.community.selectors import freshness
from thedeal.lib.errors import UserFacingError
from thedeal.messages.models import Letter
from thedeal.partners.models import Authority

pytestmark = pytest.mark.django_db
KIND = "community.check"


@pytest.fixture
def council(cast):
    return Authority.objects.get(slug="makerfield")


@pytest.fixture
def group(council, clock):
    return made.checked(made.group(council), days_ago=0, now=timezone.now())


def days_pass(clock, group: Group, days: int) -> None:
    """Let each day's job run, morning by morning."""
    for _ in range(days):
        clock.shift(dt.timedelta(days=1))
        keeping_true.keep(now=timezone.now())
    group.refresh_from_db()


def letters_written() -> list[int]:
    return list(Nudge.objects.order_by("created_at").values_list("day", flat=True))


def test_keep_a_silent_group(clock, group):
    days_pass(clock, group, 74)
    assert letters_written() == []
    days_pass(clock, group, 1)
    assert letters_written() == [75]
    days_pass(clock, group, 15)
    assert letters_written() == [75, 90]
    days_pass(clock, group, 15)
    assert letters_written() == [75, 90, 105]
    assert group.demoted_at is None
    days_pass(clock, group, 1)
    assert group.demoted_at is not None
    assert group.activities.get().demoted_at is not None
    assert group.state == "live"
    days_pass(clock, group, 73)
    assert group.state == "live"
    days_pass(clock, group, 1)
    assert group.state == "unverified"
    assert group.activities.get().state == "unverified"
    days_pass(clock, group, 30)
    assert letters_written() == [75, 90, 105]
    assert Letter.objects.filter(kind=KIND).count() == 3


def test_keep_twice_in_a_day_writes_once(clock, group):
    days_pass(clock, group, 75)
    keeping_true.keep(now=timezone.now())
    assert Letter.objects.filter(kind=KIND).count() == 1


def test_keep_after_a_box_stood_still_is_fair(clock, group):
    clock.shift(dt.timedelta(days=170))
    keeping_true.keep(now=timezone.now())
    group.refresh_from_db()
    assert letters_written() == [105]
    assert group.demoted_at is None
    clock.shift(dt.timedelta(days=11))
    keeping_true.keep(now=timezone.now())
    group.refresh_from_db()
    assert (group.state, group.demoted_at is not None) == ("live", True)
    clock.shift(dt.timedelta(days=4))
    keeping_true.keep(now=timezone.now())
    group.refresh_from_db()
    assert group.state == "unverified"


def test_days_are_the_council_s_to_set(clock, cast, council, group):
    from thedeal.partners.actions import words

    words.put(
        authority=council, key=freshness.LETTERS, text="10, 20", by=cast.administrator
    )
    words.put(authority=council, key=freshness.DROP, text="40", by=cast.administrator)
    assert freshness.rhythm(council.pk) == Rhythm(letters=(10, 20), drop=40)
    days_pass(clock, group, 21)
    assert letters_written() == [10, 20]
    assert group.demoted_at is not None


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (freshness.LETTERS, "ninety"),
        (freshness.LETTERS, "90, 75"),
        (freshness.LETTERS, "75, 200"),
        (freshness.DROP, "100"),
        (freshness.DROP, "six months"),
    ],
)
def test_days_that_make_no_sense_are_refused(cast, council, key, text):
    from thedeal.partners.actions import words

    with pytest.raises(UserFacingError) as said:
        words.put(authority=council, key=key, text=text, by=cast.administrator)
    assert "75, 90, 105" in said.value.sentence
    assert freshness.rhythm(council.pk) == Rhythm(letters=(75, 90, 105), drop=180)


def test_text_where_there_is_no_address(clock, council):
    contact = {"name": "Jean", "phone": "01632 960001", "show": "nobody"}
    group = made.group(council, "Bench", contact=contact)
    days_pass(clock, group, 75)
    letter = Letter.objects.get(kind=KIND)
    assert (letter.channel, letter.to) == ("text", "01632 960001")


def test_nobody_to_write_to_is_for_a_worker_to_ring(clock, council):
    group = made.group(council, "Bench", contact=None)
    days_pass(clock, group, 76)
    assert letters_written() == []
    assert list(freshness.to_ring(council.pk)) == [group]


@pytest.fixture
def asked(clock, group):
    """Give the address in the first letter, and the group as it was when asked."""
    days_pass(clock, group, 75)
    body = Letter.objects.get(kind=KIND).body
    return re.search(r"/t/[^/\s]+/", body)[0]


def tap(address: str, choice: str, **typed: str):
    return Client().post(address, {"choice": choice, **typed})


def test_tap_looking_changes_nothing(asked, group):
    page = Client().get(asked)
    assert page.status_code == 200
    shown = page.content.decode()
    for words in ("Tuesday table", "Jean Prescott, 01632 960000", "name and phone"):
        assert words in shown
    group.refresh_from_db()
    assert (timezone.now() - group.checked_at).days == 75


def test_tap_still_right(asked, group):
    assert "checked it today" in tap(asked, "right").content.decode()
    group.refresh_from_db()
    assert group.checked_at == timezone.now()
    assert group.checked_how == "the group"
    assert Nudge.objects.get().answer == "right"
    assert "already answered" in tap(asked, "stopped").content.decode()
    group.refresh_from_db()
    assert group.state == "live"


def test_tap_changed_is_one_screen_with_just_that_listing(asked, group):
    tap(
        asked,
        "changed",
        **{
            "a0-name": "Tuesday table",
            "a0-every": "weekly",
            "a0-weekday": "3",
            "a0-starts": "2pm",
            "a0-ends": "4pm",
            "a0-cost": "free",
            "more": "We have moved upstairs.",
        },
    )
    activity = group.activities.get()
    session = activity.sessions.get()
    assert (session.rule, str(session.at)) == ("FREQ=WEEKLY;BYDAY=TH", "14:00:00")
    assert (activity.cost_pence, activity.checked_how) == (0, "the group")
    assert Suggestion.objects.get().words == "We have moved upstairs."
    assert group.versions.count() == 2


def test_tap_stopped_ends_and_keeps(asked, group):
    tap(asked, "stopped")
    group.refresh_from_db()
    assert group.state == "ended"


def test_tap_leave_us_be_writes_no_more_and_a_worker_may_ring(asked, group, clock):
    tap(asked, "leave")
    days_pass(clock, group, 40)
    assert letters_written() == [75]
    assert group.demoted_at is not None
    assert group in freshness.to_ring(group.authority_id)


@pytest.fixture
def two_asked(council, clock, group):
    """Two groups of one address, each with its first letter; give the first's link."""
    other = made.group(council, "Sock Club")
    made.checked(other, days_ago=0, now=timezone.now())
    days_pass(clock, group, 75)
    body = Letter.objects.get(kind=KIND, body__contains="Knit and Natter").body
    return other, re.search(r"/t/[^/\s]+/", body)[0]


def test_tap_leave_us_be_is_of_that_group_alone(two_asked, group, clock):
    other, link = two_asked
    assert "Stop asking about all" in Client().get(link).content.decode()
    tap(link, "leave")
    days_pass(clock, group, 15)
    asked_again = Nudge.objects.filter(day=90).values_list("group_id", flat=True)
    assert list(asked_again) == [other.pk]


def test_tap_leave_us_be_altogether_is_of_all_groups_of_the_address(
    two_asked, group, clock
):
    _, link = two_asked
    assert "any of your groups" in tap(link, "leave all").content.decode()
    days_pass(clock, group, 40)
    assert letters_written() == [75, 75]


def test_one_group_of_an_address_is_not_asked_about_others(asked):
    assert "Stop asking about" not in Client().get(asked).content.decode()


def test_tap_with_an_answer_there_is_not(asked, group):
    tap(asked, "explode")
    group.refresh_from_db()
    assert (group.state, Nudge.objects.get().answer) == ("live", "")


def test_worker_who_rang_answers(cast, clock, council, group):
    days_pass(clock, group, 181)
    assert group.state == "unverified"
    listings.check(group=group, by=cast.worker, how=listings.A_WORKER)
    group.refresh_from_db()
    assert (group.state, group.demoted_at, group.checked_how) == (
        "live",
        None,
        "a worker",
    )
    assert group.activities.get().state == "live"


def test_any_of_the_letters_may_be_answered_once(clock, group):
    days_pass(clock, group, 90)
    bodies = Letter.objects.filter(kind=KIND).order_by("created_at")
    first, second = (re.search(r"/t/[^/\s]+/", b.body)[0] for b in bodies)
    assert first != second
    assert "checked it today" in tap(first, "right").content.decode()
    assert "already answered" in tap(second, "stopped").content.decode()
    group.refresh_from_db()
    assert group.state == "live"


def test_tap_that_cannot_be_taken_loses_nothing(asked, group):
    typed = {"a0-every": "weekly", "a0-weekday": "3", "a0-starts": "teatime"}
    page = tap(asked, "changed", more="We moved upstairs.", what="Wool!", **typed)
    shown = page.content.decode()
    assert page.status_code == 400
    for words in ("Write times like", "teatime", "We moved upstairs.", "Wool!"):
        assert words in shown
    assert "checked it today" in tap(asked, "changed", what="Wool!").content.decode()


def test_tap_from_a_group_that_was_dropped_brings_it_back(clock, group):
    days_pass(clock, group, 181)
    assert group.state == "unverified"
    last = Letter.objects.filter(kind=KIND).latest("created_at").body
    tap(re.search(r"/t/[^/\s]+/", last)[0], "changed", what="Here still.")
    group.refresh_from_db()
    assert (group.state, group.what, group.demoted_at) == ("live", "Here still.", None)
    assert group.activities.get().state == "live"


def test_tap_still_right_outweighs_that_somebody_ended_it(asked, group):
    listings.end(group=group, by=None, how=listings.THE_TEAM)
    tap(asked, "right")
    group.refresh_from_db()
    assert (group.state, group.activities.get().state) == ("live", "live")
