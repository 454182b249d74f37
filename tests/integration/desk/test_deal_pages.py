"""The deal's pages: sent by a link, said better, broken with a sorry, ended, kept."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from tests.factories import listings
from thedeal.deals.actions import agreeing, deals, fitting, introductions, spending
from thedeal.deals.models import Deal, Promise, Sorry
from thedeal.deals.states import DealState, Introduced, PromiseState, Side
from thedeal.messages.models import Letter, OneTapLink
from thedeal.partners.models import Team
from thedeal.residents.actions import people
from thedeal.residents.states import Whereabouts

NEXT_WEEK = timezone.localdate() + dt.timedelta(days=7)


def text(answer):
    """Give what a page says: no tags, single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def team(cast):
    return Team.objects.get(organisation__slug="council", name="Leigh")


@pytest.fixture
def joan(cast, team):
    return people.meet(
        team=team, by=cast.worker, called="Joan", email="joan@example.org"
    )


@pytest.fixture
def deal(cast, team, joan):
    made = deals.start(joan, team=team, by=cast.worker)
    for side, what in ((Side.OURS, "Walk in with you"), (Side.YOURS, "Come twice")):
        deals.promise(made, side=side, what=what, by_when=NEXT_WEEK, by=cast.worker)
    return made


@pytest.fixture
def page(deal):
    return f"/desk/deals/{deal.pk}/"


@pytest.fixture
def worker(signed_in):
    return signed_in("worker")


def ours(deal):
    return Promise.objects.get(deal=deal, side=Side.OURS.value)


def late(promise):
    """Let a promise's day go by."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Promise.objects.filter(pk=promise.pk).update(by_when=yesterday)


def test_it_is_sent_with_a_link_that_is_theirs_to_agree_by(worker, deal, page):
    assert "Send it by email" in text(worker.get(page))
    sent = worker.post(f"{page}send/", follow=True)
    assert "It is on its way to Joan" in text(sent)
    assert Letter.objects.filter(to="joan@example.org").count() == 1
    assert OneTapLink.objects.filter(subject_id=deal.versions.get().pk).exists()
    deal.refresh_from_db()
    assert deal.state == DealState.SHOWN.value


def test_one_that_was_agreed_is_sent_as_a_copy_with_no_yes_to_say(worker, deal, page):
    agreeing.on_screen(deals.show(deal, by=deal.worker), their_mark="J", by=deal.worker)
    assert "Send a copy by email" in text(worker.get(page))
    assert "A copy is on its way" in text(worker.post(f"{page}send/", follow=True))
    assert Letter.objects.get(to="joan@example.org").kind == "deals.deal_copy"
    assert not OneTapLink.objects.filter(subject_id=deal.versions.get().pk).exists()


def test_it_is_not_offered_to_be_sent_where_there_is_no_way(worker, joan, deal, page):
    people.stop_everything(joan, reason=Whereabouts.IN_HOSPITAL, by=deal.worker)
    assert "Send it by" not in text(worker.get(page))
    refused = worker.post(f"{page}send/")
    assert refused.status_code == 400
    assert "There is no way to write to Joan" in text(refused)


def test_a_promise_is_said_better_and_agreed_anew(worker, deal, page):
    agreeing.on_screen(deals.show(deal, by=deal.worker), their_mark="J", by=deal.worker)
    one = ours(deal)
    its_page = f"{page}promises/{one.pk}/"
    assert its_page in worker.get(page).content.decode()
    better = {"do": "reword", "what": "Walk in with you twice", "by_when": NEXT_WEEK}
    worker.post(its_page, better)
    assert "Walk in with you twice" in text(worker.get(page))
    assert "Being written" in text(worker.get(page))
    kept = f"{page}paper.pdf?version=1"
    assert worker.get(kept).content.startswith(b"%PDF")
    assert worker.get(f"{page}paper.pdf?version=7").status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"do": "reword", "what": "", "by_when": "2099-01-05"}, "Answer: What"),
        ({"do": "reword", "what": "x", "by_when": "2001-01-05"}, "not past"),
        ({"do": "let go", "why": ""}, "Answer: Why?"),
        ({"do": "sorry", "words": "Sorry", "new_by_when": "soon"}, "real date"),
        ({"do": "sorry", "words": "So sorry", "new_by_when": "2099-01-05"}, "not due"),
    ],
)
def test_what_cannot_be_is_said_and_loses_nothing(worker, deal, page, sent, sentence):
    one = ours(deal)
    late_enough = sent.get("new_by_when") == "soon"
    if late_enough:
        late(one)
    answer = worker.post(f"{page}promises/{one.pk}/", sent)
    assert answer.status_code == 400
    assert sentence in text(answer)
    assert sent.get("words", "") in text(answer)
    one.refresh_from_db()
    assert one.state == PromiseState.OPEN.value


def test_a_colleague_is_chosen_as_its_owner_is_told_and_sees_it_due(
    signed_in, worker, cast, deal, page
):
    asked = text(worker.get(page))
    assert "Who sees to it?" in asked
    given = {"side": "ours", "what": "Ring the surgery", "by_when": NEXT_WEEK}
    worker.post(page, {**given, "owner": cast.team_lead.pk})
    made = Promise.objects.get(deal=deal, owner=cast.team_lead)
    assert made.who == str(cast.team_lead)
    (told,) = Letter.objects.filter(kind="deals.promise_given")
    assert told.user_id == cast.team_lead.pk
    assert page in told.body
    assert "Joan" not in told.body + told.subject
    late(made)
    assert "Ring the surgery" in text(signed_in("team_lead").get("/desk/"))


def test_it_is_given_to_a_colleague_later_and_what_was_agreed_stands(
    worker, cast, deal, page
):
    agreeing.on_screen(deals.show(deal, by=deal.worker), their_mark="J", by=deal.worker)
    promise = f"{page}promises/{ours(deal).pk}/"
    assert "Give it to a colleague" in text(worker.get(promise))
    worker.post(promise, {"do": "give", "to": cast.team_lead.pk})
    assert ours(deal).owner == cast.team_lead
    assert f"{cast.team_lead} sees to it" in text(worker.get(promise))
    assert Letter.objects.filter(kind="deals.promise_given").count() == 1
    deal.refresh_from_db()
    assert deal.state == DealState.AGREED.value


def test_nobody_outside_the_team_is_given_a_promise(worker, cast, deal, page):
    promise = f"{page}promises/{ours(deal).pk}/"
    answer = worker.post(promise, {"do": "give", "to": cast.other_team.pk})
    assert answer.status_code == 400
    theirs = Promise.objects.get(deal=deal, side=Side.YOURS.value)
    answer = worker.post(
        f"{page}promises/{theirs.pk}/", {"do": "give", "to": cast.team_lead.pk}
    )
    assert answer.status_code == 400
    assert ours(deal).owner == cast.worker


def test_a_broken_promise_of_ours_asks_for_a_sorry_first(worker, deal, page):
    one = ours(deal)
    late(one)
    shown = text(worker.get(f"{page}promises/{one.pk}/"))
    assert shown.index("We broke this one") < shown.index("It was kept after all")
    assert "Not kept" in text(worker.get(page))
    said = {"do": "sorry", "words": "The car failed.", "new_by_when": NEXT_WEEK}
    worker.post(f"{page}promises/{one.pk}/", said)
    assert Sorry.objects.get().words == "The car failed."
    after = text(worker.get(page))
    assert "Not kept" in after
    assert "The car failed." in after


def test_it_was_kept_with_one_press(worker, deal, page):
    one = ours(deal)
    worker.post(f"{page}promises/{one.pk}/", {"do": "kept"})
    assert "Kept" in text(worker.get(page))
    again = worker.post(f"{page}promises/{one.pk}/", {"do": "kept"})
    assert "closed already" in text(again)
    assert worker.post(f"{page}promises/{one.pk}/", {"do": "x"}).status_code == 404


def test_a_deal_ends_with_why_and_stays_to_be_read(worker, joan, deal, page):
    assert worker.post(f"{page}end/", {"why": " "}).status_code == 400
    worker.post(f"{page}end/", {"why": "She moves to her sister’s."})
    ended = text(worker.get(page))
    assert "She moves to her sister’s." in ended
    assert "Walk in with you" in ended
    assert "Add to our part" not in ended
    listed = text(worker.get(f"/desk/people/{joan.pk}/so-far/"))
    assert "Ended" in listed
    worker.get(f"/desk/people/{joan.pk}/deal/")
    assert Deal.objects.filter(person=joan).count() == 2


def test_what_was_kept_from_the_doorstep_is_promised_with_one_press(
    worker, cast, team, joan, deal, page
):
    knitters = listings.group(team.authority)
    activity = knitters.activities.get()
    fitting.keep(joan, activity=activity, by=cast.worker)
    idea = f"Introduce you to {activity.name}"
    assert f"Add “{idea}”" in text(worker.get(page))
    worker.post(page, {"side": "ours", "what": idea, "by_when": NEXT_WEEK})
    assert Promise.objects.filter(deal=deal, side="ours").count() == 2
    assert f"Add “{idea}”" not in text(worker.get(page))


def test_a_group_that_was_rung_answers_as_by_its_tap(worker, cast, team, joan):
    knitters = listings.group(team.authority)
    made = introductions.introduce(
        joan,
        team=team,
        group=knitters,
        first_name="Joan",
        says="I knit.",
        they_said_yes=True,
        by=cast.worker,
    )
    introductions.answer(made, state=Introduced.RING_ME)
    so_far = f"/desk/people/{joan.pk}/so-far/"
    assert "They told me" in text(worker.get(so_far))
    said = {"state": "yes", "come_on": NEXT_WEEK, "words": "Ask for Jo"}
    worker.post(f"/desk/introductions/{made.pk}/answered/", said)
    made.refresh_from_db()
    assert (made.state, made.come_on) == (Introduced.YES.value, NEXT_WEEK)
    assert "Ask for Jo" in text(worker.get(so_far))
    assert "They told me" not in text(worker.get(so_far))


def test_a_small_sum_is_one_line_that_everybody_here_sees(
    signed_in, worker, cast, team, joan
):
    spending.spend(joan, team=team, pence=2499, bought="a kettle", by=cast.worker)
    for who in ("worker", "other_team", "finance_officer", "administrator"):
        seen = text(signed_in(who).get("/desk/spent/"))
        assert "A kettle £24.99" in seen
        assert "1 time, £24.99" in seen
        assert "Joan" not in seen
    assert "A kettle" not in text(signed_in("other_authority").get("/desk/spent/"))
    assert signed_in("resident").get("/desk/spent/").status_code == 404
    assert "a kettle, £24.99" in text(worker.get(f"/desk/people/{joan.pk}/so-far/"))
