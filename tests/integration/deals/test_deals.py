"""A deal has two columns and the person's own yes, and forgets no broken promise."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from thedeal.deals.actions import agreeing, conversations, deals
from thedeal.deals.models import Agreement, DealVersion, Promise
from thedeal.deals.selectors import deals as reading
from thedeal.deals.states import DealState, HowAgreed, Side
from thedeal.lib.errors import NotAllowedError, UserFacingError

SOON = dt.timedelta(days=7)


def next_week():
    return timezone.localdate() + SOON


@pytest.fixture
def deal(cast, team, joan, talk):
    """Give a deal of Joan's with nothing in it yet."""
    return deals.start(joan, team=team, by=cast.amina, conversation=talk)


def give(deal, by, side, what="Bring a song", **more):
    return deals.promise(deal, side=side, what=what, by_when=next_week(), by=by, **more)


@pytest.fixture
def both(cast, deal):
    """Give the deal with one promise on each side."""
    give(deal, cast.amina, Side.OURS, "Walk with you to the choir")
    give(deal, cast.amina, Side.YOURS, "Ring Bev on Monday")
    return deal


def test_what_was_typed_is_cut_into_a_version_when_the_deal_is_shown(cast, both, talk):
    words = {"words": "I used to sing"}
    conversations.save_draft(talk, by=cast.amina, content=words, revision=0)
    deals.show(both, by=cast.amina)
    assert [v.why for v in talk.versions.all()] == ["share"]


@pytest.mark.parametrize("side", list(Side))
def test_one_column_is_not_even_shown(cast, deal, side):
    give(deal, cast.amina, side)
    with pytest.raises(UserFacingError, match="column is empty"):
        deals.show(deal, by=cast.amina)


def test_the_database_refuses_one_column_whatever_the_code_does(cast, both):
    version = deals.show(both, by=cast.amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        DealVersion.objects.filter(pk=version.pk).update(
            n_yours=0, agreed_at=timezone.now()
        )


def test_the_person_agrees_by_their_own_mark(cast, both):
    version = deals.show(both, by=cast.amina)
    agreement = agreeing.on_screen(version, their_mark="J.C.", by=cast.amina)
    both.refresh_from_db()
    assert both.state == DealState.AGREED.value
    assert (agreement.how, agreement.their_mark) == ("on screen", "J.C.")
    assert reading.standing(both) == version


def test_a_worker_cannot_agree_alone(cast, both):
    version = deals.show(both, by=cast.amina)
    for name in ("", "  ", str(cast.amina), str(cast.amina).upper()):
        with pytest.raises(UserFacingError):
            agreeing.on_screen(version, their_mark=name, by=cast.amina)
        with pytest.raises(UserFacingError):
            agreeing.read_aloud(version, witness=name, by=cast.amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(
            authority=version.authority,
            person=version.person,
            version=version,
            how=HowAgreed.BY_LINK.value,
            written_by=cast.amina,
        )
    assert not Agreement.objects.exists()


def test_read_aloud_with_a_witness(cast, both):
    version = deals.show(both, by=cast.amina)
    agreement = agreeing.read_aloud(version, witness="Her son Paul", by=cast.amina)
    assert agreement.witness == "Her son Paul"


def test_what_was_changed_after_it_was_shown_is_not_agreed(cast, both):
    version = deals.show(both, by=cast.amina)
    give(both, cast.amina, Side.YOURS, "Come every week")
    with pytest.raises(UserFacingError, match="changed since"):
        agreeing.on_screen(version, their_mark="J", by=cast.amina)
    newer = deals.show(both, by=cast.amina)
    assert newer.number == 2
    agreeing.on_screen(newer, their_mark="J", by=cast.amina)


def test_rewording_keeps_what_was_agreed(cast, both):
    version = deals.show(both, by=cast.amina)
    agreeing.on_screen(version, their_mark="J", by=cast.amina)
    mine = Promise.objects.get(deal=both, side="yours")
    deals.reword(mine, by=cast.amina, what="Ring Bev on Tuesday", by_when=next_week())
    both.refresh_from_db()
    assert both.state == DealState.WRITING.value
    assert reading.standing(both) == version
    assert reading.sides_of(version)[1][0].what == "Ring Bev on Monday"


def test_showing_the_same_again_is_the_same_version(cast, both):
    first = deals.show(both, by=cast.amina)
    assert deals.show(both, by=cast.amina) == first


def test_nothing_is_agreed_twice(cast, both):
    version = deals.show(both, by=cast.amina)
    agreeing.on_screen(version, their_mark="J", by=cast.amina)
    with pytest.raises(UserFacingError, match="already"):
        agreeing.on_screen(version, their_mark="J", by=cast.amina)


def test_a_broken_promise_of_ours_stays_broken_with_a_sorry(clock, cast, both):
    version = deals.show(both, by=cast.amina)
    agreeing.on_screen(version, their_mark="J", by=cast.amina)
    ours = Promise.objects.get(deal=both, side="ours")
    was = ours.by_when
    with pytest.raises(UserFacingError, match="not due"):
        deals.sorry(ours, by=cast.amina, words="Sorry.", new_by_when=was)
    clock.shift(dt.timedelta(days=9))
    deals.sorry(ours, by=cast.amina, words="We forgot.", new_by_when=next_week())
    shown = reading.columns_of(both)
    assert shown.ours[0].is_broken
    assert (shown.ours[0].was_due_first, shown.ours[0].by_when) == (was, next_week())
    both.refresh_from_db()
    assert both.state == DealState.AGREED.value
    deals.kept(ours, by=cast.amina, how_it_went="We went, late.")
    assert reading.columns_of(both).ours[0].is_broken


def test_saying_nothing_does_not_hide_a_broken_promise(clock, cast, both):
    assert not reading.columns_of(both).ours[0].is_broken
    clock.shift(dt.timedelta(days=8))
    shown = reading.columns_of(both)
    assert shown.ours[0].is_broken
    assert not shown.yours[0].is_broken


def test_their_promise_is_never_ours_to_be_sorry_for(clock, cast, both):
    theirs = Promise.objects.get(deal=both, side="yours")
    clock.shift(dt.timedelta(days=9))
    with pytest.raises(UserFacingError):
        deals.sorry(theirs, by=cast.amina, words="Sorry", new_by_when=next_week())


def test_a_promise_is_for_a_day_to_come_and_an_owner_who_works_here(cast, deal):
    with pytest.raises(UserFacingError, match="not past"):
        deals.promise(
            deal,
            side=Side.OURS,
            what="x",
            by_when=timezone.localdate() - SOON,
            by=cast.amina,
        )
    with pytest.raises(UserFacingError):
        give(deal, cast.amina, Side.OURS, owner=cast.other_team)
    assert give(deal, cast.amina, Side.OURS, owner=cast.tom).owner == cast.tom


def test_a_stranger_touches_nothing(cast, both):
    with pytest.raises(NotAllowedError):
        deals.show(both, by=cast.other_team)
    version = deals.show(both, by=cast.amina)
    with pytest.raises(NotAllowedError):
        agreeing.read_aloud(version, witness="Somebody", by=cast.other_team)
    assert not reading.of_person(cast.other_team, both.person_id).exists()


def test_an_ended_deal_is_left_as_it_was(cast, both):
    version = deals.show(both, by=cast.amina)
    deals.end(both, by=cast.amina, why="She moved to Southport.")
    with pytest.raises(UserFacingError, match="ended"):
        agreeing.on_screen(version, their_mark="J", by=cast.amina)
    assert both.versions.count() == 1
