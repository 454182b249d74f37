"""Somebody would like to talk, on the desk: a clock all see, one owner, no loose end."""

import datetime as dt
import re

import pytest

from thedeal.deals.actions import asks
from thedeal.deals.models import AskToTalk, Conversation, Draft
from thedeal.deals.writing import unpacked
from thedeal.messages.models import Letter
from thedeal.partners.models import Team
from thedeal.residents.actions import people
from thedeal.residents.models import Person

WORDS = "My mum sits alone all day."


@pytest.fixture
def team(cast):
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def ask(clock, team):
    asks.ask(authority=team.authority, words=WORDS, how_to_reach="Kim 07700 900123")
    return AskToTalk.objects.get()


@pytest.fixture
def worker(signed_in):
    return signed_in("worker")


def text(answer):
    """Give what a page says: no tags, single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_it_waits_on_everybodys_desk_with_its_clock(signed_in, clock, ask):
    clock.shift(dt.timedelta(hours=6))
    for who in ("worker", "team_lead"):
        page = signed_in(who).get("/desk/")
        assert f"/desk/asks/{ask.pk}/" in page.content.decode()
        assert "nobody has it yet" in text(page)
        assert "Late" in text(page)


def test_one_worker_takes_it_and_the_other_is_told_who(cast, signed_in, worker, ask):
    assert worker.post(f"/desk/asks/{ask.pk}/take/").status_code == 302
    shown = text(worker.get(f"/desk/asks/{ask.pk}/"))
    assert WORDS in shown
    assert "You have talked" in shown
    late = signed_in("team_lead").post(f"/desk/asks/{ask.pk}/take/", follow=True)
    assert f"{cast.worker} has taken this already" in text(late)


def test_it_is_handed_to_a_colleague_who_is_told(cast, worker, ask):
    worker.post(f"/desk/asks/{ask.pk}/hand/", {"to": cast.tom.pk})
    assert AskToTalk.objects.get().owner == cast.tom
    letter = Letter.objects.get(kind="deals.ask_handed")
    assert letter.user_id == cast.tom.pk
    assert "mum" not in letter.body


def test_nobody_of_another_council_is_handed_it(cast, worker, ask):
    given = {"to": cast.other_authority.pk}
    assert worker.post(f"/desk/asks/{ask.pk}/hand/", given).status_code == 404
    assert AskToTalk.objects.get().owner is None


def test_their_words_begin_the_conversation_with_somebody_new(cast, worker, ask, team):
    asks.take(ask, by=cast.worker)
    met = worker.post(f"/desk/people/new/?ask={ask.pk}", {"called": "Kim"})
    talk = Conversation.objects.get()
    assert met["Location"] == f"/desk/talks/{talk.pk}/"
    assert WORDS in unpacked(Draft.objects.get().content)["words"]
    answered = AskToTalk.objects.get()
    assert answered.person == Person.objects.get(called="Kim")
    assert f"/desk/asks/{ask.pk}/" not in worker.get("/desk/").content.decode()


def test_their_words_begin_the_conversation_with_somebody_known(
    cast, worker, ask, team
):
    kim = people.meet(team=team, by=cast.worker, called="Kim")
    worker.post(f"/desk/asks/{ask.pk}/talked/", {"person": kim.pk})
    assert Conversation.objects.get().person == kim


def test_a_talk_may_be_enough(worker, ask):
    worker.post(f"/desk/asks/{ask.pk}/talked/")
    assert AskToTalk.objects.get().answered_at is not None
    assert worker.get(f"/desk/asks/{ask.pk}/").status_code == 404


def test_a_record_started_with_an_odd_address_is_an_ordinary_one(worker, ask):
    met = worker.post("/desk/people/new/?ask=x%00y", {"called": "Bo"})
    assert met["Location"].startswith("/desk/people/")
    assert AskToTalk.objects.get().answered_at is None


@pytest.mark.parametrize("who", ["other_authority", "stranger", "director"])
def test_to_anybody_else_it_is_not_there(signed_in, ask, who):
    client = signed_in(who)
    assert client.get(f"/desk/asks/{ask.pk}/").status_code in (302, 403, 404)
    assert client.post(f"/desk/asks/{ask.pk}/take/").status_code in (302, 403, 404)
    assert AskToTalk.objects.get().owner is None


def test_the_page_asks_the_database_little(
    worker, ask, cast, team, django_assert_max_num_queries
):
    for name in ("Ann", "Bo", "Cy"):
        people.meet(team=team, by=cast.worker, called=name)
    asks.take(ask, by=cast.worker)
    with django_assert_max_num_queries(28):
        worker.get(f"/desk/asks/{ask.pk}/")
