"""A warm introduction: a yes first, one tap back, chased twice, and then we tell."""

import datetime as dt

import pytest

from tests.factories import listings
from thedeal.deals import jobs
from thedeal.deals.actions import introductions
from thedeal.deals.models import FollowUp, Introduction, Signpost
from thedeal.deals.selectors import answering
from thedeal.deals.states import Introduced
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.messages.actions import taps
from thedeal.messages.models import Letter, OneTapLink
from thedeal.residents.actions import people
from thedeal.residents.states import Whereabouts

BEV = {"name": "Bev", "phone": "", "email": "bev@example.org", "show": "ask"}
NOBODY = {"name": "", "phone": "", "email": "", "show": "ask"}
DAY = dt.timedelta(days=1)
SAYS = "I sang in the church choir and would love to sing again."


@pytest.fixture
def brew_crew(cast, joan):
    """Give a group whose organiser can be written to."""
    return listings.group(joan.authority, "Tuesday Brew Crew", contact=BEV)


@pytest.fixture
def introduced(clock, cast, team, joan, brew_crew):
    """Give Joan's introduction to the group, on its way."""
    return introduce(cast, team, joan, brew_crew)


def introduce(cast, team, person, group, **more):
    given = {"first_name": "Joan", "says": SAYS, "they_said_yes": True} | more
    return introductions.introduce(
        person, team=team, group=group, by=cast.amina, **given
    )


def letters(kind):
    return list(Letter.objects.filter(kind=f"deals.{kind}").order_by("created_at"))


def token_in(letter):
    return letter.body.split("/t/")[1].split("/")[0]


def chase_at(clock, days):
    clock.shift(days * DAY)
    return jobs.chase_introductions()


def test_the_group_learns_a_first_name_and_what_was_chosen(introduced):
    (letter,) = letters("introduction")
    assert letter.to == "bev@example.org"
    assert "Joan" in letter.body
    assert SAYS in letter.body
    for secret in ("Critchley", "01942", "WN7", "joan.critchley"):
        assert secret not in letter.body + letter.subject
    assert "Joan" not in letter.subject


def test_it_goes_only_with_their_yes_and_one_first_name(cast, team, joan, brew_crew):
    with pytest.raises(UserFacingError, match="their yes"):
        introduce(cast, team, joan, brew_crew, they_said_yes=False)
    with pytest.raises(UserFacingError, match="first name"):
        introduce(cast, team, joan, brew_crew, first_name="Joan Critchley")
    assert not letters("introduction")


def test_a_group_with_nobody_to_write_to_is_a_signpost(cast, team, joan):
    quiet = listings.group(joan.authority, "Bench by the canal", contact=NOBODY)
    with pytest.raises(UserFacingError, match="signpost"):
        introduce(cast, team, joan, quiet)
    introductions.signpost(joan, group=quiet, by=cast.amina, words="By the lock.")
    assert Signpost.objects.get().words == "By the lock."
    assert not letters("introduction")


def test_one_tap_says_yes_and_the_worker_hears(introduced):
    (letter,) = letters("introduction")
    thanks = taps.follow(token_in(letter), choice="yes", typed={"note": "Ask for Bev."})
    assert "Joan" in thanks
    introduced.refresh_from_db()
    assert introduced.state == Introduced.YES.value
    assert introduced.answer_words == "Ask for Bev."
    jobs.after_answer(str(introduced.pk))
    (told,) = letters("group_yes")
    assert "Joan" not in told.body
    weeks = FollowUp.objects.filter(introduction=introduced).values_list("weeks")
    assert sorted(w for (w,) in weeks) == [2, 8, 26]
    introduced.group.refresh_from_db()
    assert introduced.group.answers_in_days == 0


@pytest.mark.parametrize(
    ("choice", "state"), [("full", Introduced.FULL), ("ring me", Introduced.RING_ME)]
)
def test_the_other_two_answers(introduced, choice, state):
    (letter,) = letters("introduction")
    taps.follow(token_in(letter), choice=choice, typed={})
    introduced.refresh_from_db()
    assert introduced.state == state.value


def test_a_day_is_chosen_by_one_tap(introduced):
    (letter,) = letters("introduction")
    taps.follow(token_in(letter), choice="yes 2026-11-24", typed={})
    introduced.refresh_from_db()
    assert introduced.come_on == dt.date(2026, 11, 24)


@pytest.mark.parametrize("choice", ["", "maybe", "yes tomorrow", "settled"])
def test_no_other_answer_is_taken(introduced, choice):
    (letter,) = letters("introduction")
    with pytest.raises(UserFacingError):
        taps.follow(token_in(letter), choice=choice, typed={})
    introduced.refresh_from_db()
    assert introduced.state == Introduced.ASKED.value


def test_looking_at_the_page_shows_a_first_name_and_changes_nothing(introduced):
    (letter,) = letters("introduction")
    link, purpose = taps.find(token_in(letter))
    shown = purpose.show(link)
    assert shown["heading"] == "Joan would like to come to Tuesday Brew Crew"
    assert "Critchley" not in str(shown)
    introduced.refresh_from_db()
    assert introduced.state == Introduced.ASKED.value


def test_chased_twice_then_the_worker_is_told_once(clock, introduced):
    assert chase_at(clock, 1)[:2] == (0, 0)
    assert chase_at(clock, 2)[:2] == (1, 0)
    assert chase_at(clock, 0)[:2] == (0, 0)
    assert chase_at(clock, 4)[:2] == (1, 0)
    assert chase_at(clock, 3)[:2] == (0, 1)
    assert chase_at(clock, 30)[:2] == (0, 0)
    introduced.refresh_from_db()
    assert introduced.state == Introduced.NO_ANSWER.value
    assert len(letters("introduction")) == 3
    assert len(letters("group_silent")) == 1


def test_a_late_answer_is_still_an_answer(clock, introduced):
    chase_at(clock, 3)
    chase_at(clock, 7)
    newest = letters("introduction")[-1]
    taps.follow(token_in(newest), choice="yes", typed={})
    introduced.refresh_from_db()
    assert introduced.state == Introduced.YES.value


def test_a_box_that_stood_still_for_a_month_tells_and_does_not_flood(clock, introduced):
    assert chase_at(clock, 30)[:2] == (0, 1)
    assert len(letters("introduction")) == 1


def test_no_group_is_asked_about_somebody_who_died(clock, cast, joan, introduced):
    people.stop_everything(joan, reason=Whereabouts.DIED, by=cast.amina)
    assert chase_at(clock, 8) == (0, 0, 0)
    introduced.refresh_from_db()
    assert introduced.state == Introduced.CALLED_OFF.value
    assert len(letters("introduction")) == 1


def test_the_group_is_asked_once_whether_they_came(clock, cast, introduced):
    introductions.answer(
        introduced,
        state=Introduced.YES,
        by=cast.amina,
        come_on=dt.date(2026, 11, 24),
    )
    assert chase_at(clock, 1)[2] == 0
    assert chase_at(clock, 1)[2] == 1
    assert chase_at(clock, 1)[2] == 0
    (letter,) = letters("came")
    taps.follow(token_in(letter), choice="came", typed={})
    introduced.refresh_from_db()
    assert introduced.state == Introduced.WENT.value
    introductions.settled(introduced, by=cast.amina)
    assert introduced.settled_at is not None


def test_an_answer_ends_the_link(cast, introduced):
    (letter,) = letters("introduction")
    introductions.answer(introduced, state=Introduced.FULL, by=cast.amina)
    with pytest.raises(UserFacingError):
        taps.follow(token_in(letter), choice="yes", typed={})


def test_how_soon_a_group_answers_is_a_middle_value(clock, cast, team, introduced):
    clock.shift(2 * DAY)
    introductions.answer(introduced, state=Introduced.FULL, by=cast.amina)
    assert answering.days_of(introduced.group) == 2
    assert answering.acceptance_of(introduced.group_id) == (0, 1)


def test_nobody_is_introduced_twice_while_it_waits(cast, team, joan, introduced):
    with pytest.raises(UserFacingError, match="already"):
        introduce(cast, team, joan, introduced.group)
    introductions.call_off(introduced, by=cast.amina)
    introduce(cast, team, joan, introduced.group)


def test_a_stranger_can_do_nothing(cast, introduced):
    with pytest.raises(NotAllowedError):
        introductions.answer(introduced, state=Introduced.YES, by=cast.other_team)
    with pytest.raises(NotAllowedError):
        introductions.settled(introduced, by=cast.other_team)
    assert Introduction.objects.get().state == Introduced.ASKED.value


def test_every_link_speaks_for_the_one_person(introduced, joan):
    assert {link.person_id for link in OneTapLink.objects.all()} == {joan.pk}
