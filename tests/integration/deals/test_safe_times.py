"""What a person says of when and how to reach them holds for every message, at once."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from thedeal.deals import jobs
from thedeal.deals.actions import agreeing, deals, sending
from thedeal.deals.models import FollowUp
from thedeal.deals.states import Asked, Side
from thedeal.lib.errors import UserFacingError
from thedeal.messages import gates
from thedeal.messages.actions import letters
from thedeal.messages.clients import carriers
from thedeal.messages.models import Letter
from thedeal.messages.states import LetterState
from thedeal.residents.actions import own_pages, people
from thedeal.residents.models import PageCode

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@pytest.fixture
def version(clock, cast, team, joan):
    """Give a deal as it was shown to Joan, on Monday 23 November at noon."""
    deal = deals.start(joan, team=team, by=cast.amina)
    for side in Side:
        day = dt.date(2026, 12, 24)
        deals.promise(deal, side=side, what="Walk", by_when=day, by=cast.amina)
    return deals.show(deal, by=cast.amina)


def newest():
    return Letter.objects.latest("created_at")


def say(joan, cast, **said):
    joan.refresh_from_db()
    people.change(joan, by=cast.amina, **said)
    return joan


def test_a_letter_arrives_in_the_hours_that_she_said(clock, cast, joan, version):
    say(joan, cast, when_to_reach="Tue 10:00-15:00")
    version.refresh_from_db()
    sending.send(version, by=cast.amina)
    assert letters.send_due() == 0
    assert newest().not_before == dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    clock.shift(DAY - 2 * HOUR)
    assert letters.send_due() == 1
    assert newest().tries == 1


def test_her_own_hours_go_before_the_quiet_ones(clock, cast, joan, version):
    say(joan, cast, when_to_reach="Mon 22:00-23:30")
    version.refresh_from_db()
    sending.send(version, by=cast.amina)
    clock.shift(10 * HOUR)
    Letter.objects.update(not_before=dt.datetime.now(tz=dt.UTC))
    assert letters.send_due() == 1


def test_a_letter_goes_by_a_clock_that_runs(cast, team, joan):
    """The hour is asked once for each letter: a clock between two looks puts off none."""
    deal = deals.start(joan, team=team, by=cast.amina)
    for side in Side:
        day = timezone.localdate() + 9 * DAY
        deals.promise(deal, side=side, what="Walk", by_when=day, by=cast.amina)
    sending.send(deals.show(deal, by=cast.amina), by=cast.amina)
    now = timezone.now()
    Letter.objects.update(not_before=now)
    noon = now.replace(hour=12)
    with time_machine.travel(noon + DAY, tick=True):
        assert letters.send_due() == 1


def test_a_mail_server_that_comes_back_at_night_wakes_nobody(
    clock, cast, version, monkeypatch
):
    sending.send(version, by=cast.amina)

    def away(letter):
        raise carriers.TryLaterError("no answer")

    monkeypatch.setattr(carriers, "carry", away)
    assert letters.send_due() == 0
    clock.shift(14 * HOUR)  # two in the morning
    monkeypatch.undo()
    assert letters.send_due() == 0
    clock.shift(8 * HOUR)
    assert letters.send_due() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"how_to_reach": "Not while my son is in."},
        {"when_to_reach": "once he is out"},
        {"likes_contact_by": "visit"},
        {"likes_contact_by": "none"},
        {"email": "elsewhere@home.example"},
    ],
)
def test_what_she_says_holds_for_what_waits_already(cast, joan, version, said):
    sending.send(version, by=cast.amina)
    say(joan, cast, **said)
    assert letters.send_due() == 0
    assert newest().state == LetterState.HELD
    assert newest().failure == "they are reached another way now"


def test_where_no_machine_can_keep_to_it_her_worker_asks(clock, cast, joan, version):
    agreeing.on_screen(version, their_mark="J.C.", by=cast.amina)
    jobs.plan_follow_ups(str(version.deal_id))
    say(joan, cast, how_to_reach="Not while my son is in.")
    clock.shift(15 * DAY)
    jobs.follow_up()
    version.refresh_from_db()
    row = FollowUp.objects.get(weeks=2)
    assert row.state == Asked.WORKER_TOLD.value
    assert not Letter.objects.filter(kind="deals.follow_up").exists()
    with pytest.raises(UserFacingError, match="Not while my son is in"):
        sending.send(version, by=cast.amina)


@pytest.mark.parametrize("said", ["Tue 10:00-15:00", "once he is out"])
def test_a_code_comes_at_no_other_hour_either(clock, cast, joan, said):
    say(joan, cast, when_to_reach=said)
    own_pages.ask(joan.email, place="192.0.2.1")
    own_pages.send(PageCode.objects.get().pk)
    assert letters.send_due() == 0
    assert newest().state == LetterState.HELD


def test_each_kind_of_letter_to_a_person_has_its_gate(joan):
    from thedeal.deals.actions import posting

    kinds = {f"deals.{kind}" for kind in posting.TO_PERSONS}
    assert kinds | {"residents.page_code"} <= set(gates.GATES)
    with pytest.raises(ValueError, match="not a kind"):
        posting.to_person(joan, "came", once_key="x")
