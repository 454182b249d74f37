"""Asked at 2, 8 and 26 weeks; silence tells the worker; nobody is asked who may not."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import listings
from thedeal.deals import jobs
from thedeal.deals.actions import (
    agreeing,
    deals,
    follow_ups,
    introductions,
    sending,
)
from thedeal.deals.models import FollowUp
from thedeal.deals.states import Asked, Side
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import taps
from thedeal.messages.models import Letter
from thedeal.residents.actions import people
from thedeal.residents.states import Whereabouts

WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def shown(clock, cast, team, joan):
    """Give a version of Joan's deal, shown to her."""
    deal = deals.start(joan, team=team, by=cast.amina)
    day = timezone.localdate() + WEEK
    for side, what in ((Side.OURS, "Walk with you"), (Side.YOURS, "Bring a song")):
        deals.promise(deal, side=side, what=what, by_when=day, by=cast.amina)
    return deals.show(deal, by=cast.amina)


@pytest.fixture
def agreed(cast, shown):
    """Give Joan's deal, agreed, its follow-ups planned."""
    agreeing.on_screen(shown, their_mark="Joan", by=cast.amina)
    jobs.plan_follow_ups(str(shown.deal_id))
    return shown.deal


def letters(kind):
    return list(Letter.objects.filter(kind=f"deals.{kind}").order_by("created_at"))


def token_in(letter):
    return letter.body.split("/t/")[1].split("/")[0]


def run_after(clock, time):
    clock.shift(time)
    return jobs.follow_up()


def test_three_times_are_planned_once(agreed):
    assert jobs.plan_follow_ups(str(agreed.pk)) == 0
    rows = FollowUp.objects.filter(deal=agreed)
    since = timezone.localdate()
    assert [r.due_on - since for r in rows] == [2 * WEEK, 8 * WEEK, 26 * WEEK]


def test_asked_when_due_and_once(clock, agreed):
    assert run_after(clock, WEEK) == (0, 0)
    assert run_after(clock, WEEK) == (1, 0)
    assert run_after(clock, dt.timedelta(0)) == (0, 0)
    (letter,) = letters("follow_up")
    assert letter.to == "joan.critchley@example.org"


def test_two_taps_answer_it(clock, agreed):
    run_after(clock, 2 * WEEK)
    token = token_in(letters("follow_up")[0])
    taps.follow(token, choice="mattered", typed={"note": "I sing again."})
    row = FollowUp.objects.get(weeks=2)
    assert (row.went, row.mattered, row.words) == ("yes", "yes", "I sing again.")
    assert row.state == Asked.ANSWERED.value
    with pytest.raises(UserFacingError):
        taps.follow(token, choice="no", typed={})


@pytest.mark.parametrize(("choice", "went"), [("a bit", "yes"), ("only that", "")])
def test_a_promise_that_we_did_not_keep_can_be_said_with_how_it_went(
    clock, agreed, choice, went
):
    run_after(clock, 2 * WEEK)
    typed = {"note": "Nobody came.", "fell_short": "on"}
    thanks = taps.follow(token_in(letters("follow_up")[0]), choice=choice, typed=typed)
    assert "sorry" in thanks
    row = FollowUp.objects.get(weeks=2)
    assert row.we_fell_short
    assert row.went == went


def test_an_answer_that_says_nothing_is_asked_again_with_what_was_typed(
    clock, agreed, client
):
    run_after(clock, 2 * WEEK)
    page = f"/t/{token_in(letters('follow_up')[0])}/"
    assert "Error" not in client.get(page).content.decode()
    answer = client.post(page, {"choice": "only that", "note": " "})
    assert answer.status_code == 400
    assert "Tick it or write something" in answer.content.decode()
    answer = client.post(page, {"choice": "", "note": "Cold", "fell_short": "on"})
    shown = answer.content.decode()
    assert "Cold</textarea>" in shown
    assert "checked" in shown
    assert FollowUp.objects.get(weeks=2).answered_at is None


def test_a_tap_is_being_in_touch(clock, agreed, joan):
    """How long a record is kept is counted from it, whoever wrote the last word."""
    met_on = joan.last_contact_on
    run_after(clock, 2 * WEEK)
    token = token_in(letters("follow_up")[0])
    taps.follow(token, choice="not yet", typed={})
    joan.refresh_from_db()
    assert joan.last_contact_on == met_on + 2 * WEEK


def test_silence_tells_the_worker_once_and_names_nobody(clock, agreed):
    run_after(clock, 2 * WEEK)
    assert run_after(clock, 6 * dt.timedelta(days=1)) == (0, 0)
    assert run_after(clock, dt.timedelta(days=1)) == (0, 1)
    assert run_after(clock, dt.timedelta(days=1)) == (0, 0)
    (told,) = letters("follow_up_silent")
    assert "Joan" not in told.subject + told.body


def test_who_likes_the_phone_is_rung_by_the_worker(clock, cast, joan, agreed):
    people.change(joan, by=cast.amina, likes_contact_by="phone")
    run_after(clock, 2 * WEEK)
    assert letters("follow_up") == []
    assert len(letters("follow_up_silent")) == 1


@pytest.mark.parametrize("reason", [Whereabouts.DIED, Whereabouts.MOVED_AWAY])
def test_nobody_asks_after_somebody_who_is_gone(clock, cast, joan, agreed, reason):
    people.stop_everything(joan, reason=reason, by=cast.amina)
    run_after(clock, 30 * WEEK)
    assert letters("follow_up") == letters("follow_up_silent") == []
    assert set(FollowUp.objects.values_list("state", flat=True)) == {
        Asked.STOPPED.value
    }


def test_somebody_in_hospital_is_asked_when_they_are_back(clock, cast, joan, agreed):
    people.stop_everything(joan, reason=Whereabouts.IN_HOSPITAL, by=cast.amina)
    assert run_after(clock, 2 * WEEK) == (0, 0)
    assert letters("follow_up_silent") == []
    people.is_back(joan, by=cast.amina)
    assert run_after(clock, WEEK) == (1, 0)


def test_who_asked_for_no_contact_is_left_in_peace(clock, cast, joan, agreed):
    people.change(joan, by=cast.amina, likes_contact_by="none")
    assert run_after(clock, 30 * WEEK) == (0, 0)
    assert letters("follow_up") == letters("follow_up_silent") == []


def test_an_ended_deal_is_not_asked_about(clock, cast, agreed):
    agreed.refresh_from_db()
    deals.end(agreed, by=cast.amina, why="Moved on.")
    assert run_after(clock, 2 * WEEK) == (0, 0)


def test_a_worker_writes_what_they_heard_on_the_phone(cast, agreed):
    row = FollowUp.objects.get(weeks=8)
    said = follow_ups.Said(went=FollowUp.Went.YES, mattered=FollowUp.Mattered.A_BIT)
    follow_ups.answer(row, said=said, by=cast.amina)
    assert FollowUp.objects.get(weeks=8).state == Asked.ANSWERED.value


def test_the_deal_goes_out_and_is_agreed_by_their_own_link(cast, shown, client):
    sending.send(shown, by=cast.amina)
    (letter,) = letters("deal")
    assert "Our part" in letter.body
    assert "Bring a song" in letter.body
    assert "Bring" not in letter.subject
    page = client.get(f"/t/{token_in(letter)}/").content.decode()
    assert page.index("Walk with you") < page.index("Bring a song")
    assert "– Joan" not in page  # two columns, and no list in plain text
    taps.follow(token_in(letter), choice="agree", typed={})
    shown.refresh_from_db()
    assert shown.agreed_at is not None
    assert shown.agreement.how == "by link"
    assert shown.agreement.written_by is None


@pytest.mark.parametrize("choice", ["agree", "talk"])
def test_an_answer_to_a_deal_by_its_link_is_being_in_touch(
    clock, cast, shown, joan, choice
):
    met_on = joan.last_contact_on
    sending.send(shown, by=cast.amina)
    clock.shift(WEEK)
    taps.follow(token_in(letters("deal")[0]), choice=choice, typed={})
    joan.refresh_from_db()
    assert joan.last_contact_on == met_on + WEEK


def test_an_older_link_agrees_to_nothing(cast, shown):
    sending.send(shown, by=cast.amina)
    sending.send(shown, by=cast.amina)
    old = letters("deal")[0]
    with pytest.raises(UserFacingError):
        taps.follow(token_in(old), choice="agree", typed={})


def test_they_may_talk_first(cast, shown):
    sending.send(shown, by=cast.amina)
    taps.follow(token_in(letters("deal")[0]), choice="talk", typed={})
    shown.refresh_from_db()
    assert shown.agreed_at is None
    jobs.tell_wants_to_talk(str(shown.pk))
    assert len(letters("wants_to_talk")) == 1


def test_one_question_at_a_time(clock, cast, team, joan, agreed):
    """Two deals of one day bring no two letters of one day: the second waits a week."""
    again = deals.start(joan, team=team, by=cast.amina)
    day = timezone.localdate() + WEEK
    for side in Side:
        deals.promise(again, side=side, what="Sing", by_when=day, by=cast.amina)
    agreeing.on_screen(deals.show(again, by=cast.amina), their_mark="J", by=cast.amina)
    jobs.plan_follow_ups(str(again.pk))
    assert run_after(clock, 2 * WEEK) == (1, 0)
    assert run_after(clock, dt.timedelta(days=6)) == (0, 0)
    run_after(clock, dt.timedelta(days=1))
    assert len(letters("follow_up")) == 2


def test_what_was_not_for_them_is_not_asked_about_again(cast, team, joan):
    bev = {"name": "Bev", "phone": "", "email": "bev@example.org", "show": "ask"}
    introduced = introductions.introduce(
        joan,
        team=team,
        group=listings.group(joan.authority, "Brew Crew", contact=bev),
        by=cast.amina,
        first_name="Joan",
        says="Hello.",
        they_said_yes=True,
    )
    follow_ups.plan_for_introduction(introduced)
    first = FollowUp.objects.get(weeks=2)
    follow_ups.answer(first, said=follow_ups.Said(went=FollowUp.Went.NO))
    left = FollowUp.objects.exclude(pk=first.pk).values_list("state", flat=True)
    assert set(left) == {Asked.STOPPED.value}


def test_a_promise_that_we_broke_is_told_to_the_worker_at_once(cast, agreed):
    row = FollowUp.objects.get(weeks=2)
    said = follow_ups.Said(went=FollowUp.Went.NOT_YET, we_fell_short=True)
    follow_ups.answer(row, said=said)
    for _ in range(2):
        jobs.after_follow_up(str(row.pk))
    (told,) = letters("fell_short")
    assert told.user_id == cast.amina.pk
    assert "Joan" not in told.subject + told.body
