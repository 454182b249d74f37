"""A door in without a worker: two fields, an owner the same day, a clock."""

import datetime as dt

import pytest
from django.utils import timezone

from thedeal.deals import jobs
from thedeal.deals.actions import asks, serving
from thedeal.deals.models import AskToTalk
from thedeal.deals.selectors import serving as serving_now
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.messages.models import Letter
from thedeal.partners.actions import authorities
from thedeal.partners.models import Membership, Organisation
from thedeal.places.models import Neighbourhood


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


@pytest.fixture
def place(team):
    """Give a neighbourhood that no team is named after."""
    return Neighbourhood.objects.create(
        authority=team.authority,
        name="The Banks",
        slug="the-banks",
        boundary={"type": "Polygon", "coordinates": []},
        population=40_000,
        grouping="Made up",
        **dict.fromkeys(("west", "south", "east", "north", "lat", "lon"), 53.5),
    )


def serve(cast, place, team):
    serving.say(team.authority, neighbourhood=place, team=team, by=cast.administrator)


def who_was_told(asked):
    jobs.ask_came(str(asked.pk))
    letters = Letter.objects.filter(kind="deals.ask_waits")
    return set(letters.values_list("user_id", flat=True))


def test_the_team_that_answers_there_is_told_whatever_it_is_called(cast, team, place):
    serve(cast, place, team)
    told_now = who_was_told(ask(team, neighbourhood_id=place.pk))
    assert cast.amina.pk in told_now
    assert cast.other_team.pk not in told_now


def test_where_no_team_answers_the_one_for_anywhere_else_does(cast, team, place):
    serve(cast, None, team)
    assert cast.amina.pk in who_was_told(ask(team, neighbourhood_id=place.pk))


def test_nowhere_said_reaches_the_team_for_anywhere_else(cast, team):
    serve(cast, None, team)
    assert cast.amina.pk in who_was_told(ask(team))


def test_with_no_team_at_all_the_leads_are_told_and_one_owns_it_the_same_day(
    clock, cast, team, place
):
    """A team that is called like the place, and that nobody named, answers for nothing."""
    Neighbourhood.objects.filter(pk=place.pk).update(name=team.name)
    asked = ask(team, neighbourhood_id=place.pk)
    assert who_was_told(asked) == {cast.tom.pk, cast.sunita.pk}
    clock.shift(dt.timedelta(hours=6))
    assert timezone.localdate() == timezone.localdate(asked.created_at)
    jobs.asks_without_an_owner()
    asked.refresh_from_db()
    assert asked.owner in (cast.tom, cast.sunita)


def test_a_team_where_nobody_works_any_more_answers_for_nothing(cast, team, place):
    serve(cast, place, team)
    Membership.objects.filter(team=team).update(ended_at=timezone.now())
    assert serving_now.team_for(team.authority_id, place.pk) is None


def test_with_nobody_at_work_it_is_tried_again_until_somebody_is(clock, cast, team):
    asked = ask(team)
    held = Membership.objects.filter(authority=team.authority, ended_at__isnull=True)
    ids = list(held.values_list("pk", flat=True))
    held.update(ended_at=timezone.now())
    clock.shift(dt.timedelta(hours=6))
    assert jobs.asks_without_an_owner() == 1
    assert jobs.asks_without_an_owner() == 0
    Membership.objects.filter(pk__in=ids).update(ended_at=None)
    assert jobs.asks_without_an_owner() == 1
    asked.refresh_from_db()
    assert asked.owner is not None


def test_only_whoever_may_says_which_team_answers(cast, team, place):
    with pytest.raises(NotAllowedError):
        serving.say(team.authority, neighbourhood=place, team=team, by=cast.amina)
    elsewhere = Organisation.objects.exclude(authority=team.authority).first()
    theirs = authorities.add_team(organisation=elsewhere, name="Over there", by=None)
    with pytest.raises(UserFacingError):
        serving.say(
            team.authority, neighbourhood=place, team=theirs, by=cast.administrator
        )


def test_the_council_says_it_on_one_page_and_takes_it_back(
    signed_in, cast, team, place
):
    client, at = signed_in("administrator"), "/desk/serving/"
    assert "The Banks" in client.get(at).content.decode()
    client.post(at, {f"at_{place.pk}": team.pk, "elsewhere": ""})
    named = serving_now.teams_by_place(team.authority)
    assert named == {place.pk: team.pk}
    client.post(at, {f"at_{place.pk}": "", "elsewhere": team.pk})
    assert serving_now.teams_by_place(team.authority) == {None: team.pk}
    assert signed_in("worker").get(at).status_code == 404
