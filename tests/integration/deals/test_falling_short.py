"""A resident taps that we fell short: the deal's worker hears, and whose promise it was."""

import datetime as dt

import pytest
from django.utils import timezone

from thedeal.deals import jobs
from thedeal.deals.actions import agreeing, deals
from thedeal.deals.models import FollowUp, Promise
from thedeal.deals.selectors import fell_short
from thedeal.deals.states import Side
from thedeal.messages.models import Letter
from thedeal.partners.models import Membership

A_WEEK = dt.timedelta(weeks=1)
SHORT = {"choice": "only that", "fell_short": "on"}


@pytest.fixture
def promised(clock, cast, team, joan):
    """Give a deal of Amina's with Joan in which Tom and Sunita promised something too:
    Tom's day is before Joan is asked, Sunita's long after.
    """
    deal = deals.start(joan, team=team, by=cast.amina)
    in_a_week = timezone.localdate() + A_WEEK
    for side, what, owner, day in (
        (Side.OURS, "Lend a tablet", cast.tom, in_a_week),
        (Side.OURS, "Ring in spring", cast.sunita, in_a_week + 20 * A_WEEK),
        (Side.YOURS, "Bring a song", None, in_a_week),
    ):
        more = {"owner": owner} if owner else {}
        deals.promise(deal, side=side, what=what, by_when=day, by=cast.amina, **more)
    agreeing.on_screen(deals.show(deal, by=cast.amina), their_mark="J", by=cast.amina)
    jobs.plan_follow_ups(str(deal.pk))
    return deal


def tapped(clock, client):
    """Let Joan say by one tap, two weeks on, that we fell short; give who was told."""
    clock.shift(2 * A_WEEK)
    jobs.follow_up()
    letter = Letter.objects.get(kind="deals.follow_up")
    client.post(f"/t/{letter.body.split('/t/')[1].split('/')[0]}/", SHORT)
    row = FollowUp.objects.get(we_fell_short=True)
    for _ in range(2):  # told once, though a job may be run twice
        jobs.after_follow_up(str(row.pk))
    told = Letter.objects.filter(kind="deals.fell_short")
    assert not any("Joan" in letter.subject + letter.body for letter in told)
    return sorted(told.values_list("to", flat=True))


def on_the_page_of(signed_in, who):
    said = "says we promised something and did not do it"
    return said in signed_in(who).get("/desk/").content.decode()


def test_the_owner_of_the_promise_is_told_and_the_deal_s_worker(
    clock, cast, promised, client, signed_in
):
    assert tapped(clock, client) == sorted([cast.amina.email, cast.tom.email])
    for who in ("worker", "team_lead"):
        assert on_the_page_of(signed_in, who)
    assert not fell_short.told_to(cast.sunita), "her day has not come"


def test_whoever_kept_theirs_is_not_told_where_another_is_late(
    clock, cast, promised, client
):
    hers = Promise.objects.get(owner=cast.sunita)
    Promise.objects.filter(pk=hers.pk).update(by_when=timezone.localdate())
    deals.kept(hers, by=cast.sunita)
    assert cast.sunita.email not in tapped(clock, client)
    assert not fell_short.told_to(cast.sunita)


def test_where_all_were_called_kept_it_is_one_of_them(clock, cast, promised, client):
    his = Promise.objects.get(owner=cast.tom)
    deals.kept(his, by=cast.tom)
    assert cast.tom.email in tapped(clock, client)
    assert fell_short.told_to(cast.tom)


def test_nobody_writes_to_who_kept_theirs_and_left(clock, cast, promised, client):
    deals.kept(Promise.objects.get(owner=cast.tom), by=cast.tom)
    Membership.objects.filter(user=cast.tom).update(until=timezone.localdate())
    assert tapped(clock, client) == [cast.amina.email]


def test_a_new_day_for_a_promise_that_we_broke_does_not_hide_whose_it_was(
    clock, cast, promised, client
):
    his = Promise.objects.get(owner=cast.tom)
    clock.shift(A_WEEK + dt.timedelta(days=1))
    later = timezone.localdate() + 4 * A_WEEK
    deals.sorry(his, words="It broke.", new_by_when=later, by=cast.tom)
    clock.shift(-A_WEEK)
    assert cast.tom.email in tapped(clock, client)
    assert fell_short.told_to(cast.tom)


def test_a_promise_that_was_let_go_is_nobody_s(clock, cast, promised, client):
    his = Promise.objects.get(owner=cast.tom)
    deals.let_go(his, by=cast.tom, why="Not needed.")
    assert tapped(clock, client) == [cast.amina.email]
    assert not fell_short.told_to(cast.tom)
