"""A door in without a worker: two fields, an owner the same day, a clock."""

import datetime as dt

import pytest

from thedeal.deals import jobs
from thedeal.deals.actions import asks
from thedeal.deals.models import AskToTalk
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.messages.models import Letter


def ask(team, **more):
    given = {"words": "My mum is lonely.", "how_to_reach": "07700 900123"} | more
    asks.ask(authority=team.authority, **given)
    return AskToTalk.objects.get()


def told():
    return Letter.objects.filter(kind="deals.ask_waits").count()


def test_two_fields_are_enough_and_start_the_clock(clock, team):
    asked = ask(team)
    assert asked.due_by == dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)
    jobs.ask_came(str(asked.pk))
    jobs.ask_came(str(asked.pk))
    assert told() > 0
    assert told() == Letter.objects.values("to").distinct().count()
    assert not Letter.objects.filter(body__contains="lonely").exists()


@pytest.mark.parametrize("field", ["words", "how_to_reach"])
def test_neither_field_is_left_out(team, field):
    with pytest.raises(UserFacingError):
        ask(team, **{field: "  "})


def test_nobody_is_asked_for_without_knowing(team):
    with pytest.raises(UserFacingError, match="Ask them first"):
        ask(team, for_whom=AskToTalk.For.NEIGHBOUR, they_know=False)


def test_one_worker_owns_it(cast, team):
    asked = ask(team)
    asks.take(asked, by=cast.amina)
    with pytest.raises(UserFacingError, match="already"):
        asks.take(asked, by=cast.tom)
    assert AskToTalk.objects.get().owner == cast.amina


def test_the_leads_hear_once_when_the_day_ends(clock, team):
    ask(team)
    assert jobs.asks_without_an_owner() == 0
    clock.shift(dt.timedelta(hours=6))
    assert jobs.asks_without_an_owner() == 1
    assert jobs.asks_without_an_owner() == 0


def test_it_has_an_owner_the_same_day_whatever_happens(clock, cast, team):
    """At the day's end it is a lead's, and the lead hands it on as they like."""
    first, second = ask(team), None
    clock.shift(dt.timedelta(hours=6))
    jobs.asks_without_an_owner()
    first.refresh_from_db()
    assert first.owner in (cast.tom, cast.sunita)
    assert first.owned_at is not None
    asks.ask(authority=team.authority, words="Me too.", how_to_reach="07700 900124")
    second = AskToTalk.objects.exclude(pk=first.pk).get()
    clock.shift(dt.timedelta(days=1))
    jobs.asks_without_an_owner()
    second.refresh_from_db()
    assert {first.owner, second.owner} == {cast.tom, cast.sunita}
    asks.hand(first, to=cast.amina, by=first.owner)


def test_what_they_typed_is_gone_once_we_have_talked(cast, team, joan):
    answered = asks.answer(ask(team), by=cast.amina, person=joan)
    answered.refresh_from_db()
    assert (answered.words, answered.how_to_reach) == ("", "")


def test_answering_joins_the_person_who_was_met(cast, team, joan):
    answered = asks.answer(ask(team), by=cast.amina, person=joan)
    assert (answered.person, answered.owner) == (joan, cast.amina)
    assert answered.answered_at is not None


def test_another_council_takes_nothing(cast, team):
    with pytest.raises(NotAllowedError):
        asks.take(ask(team), by=cast.other_authority)
