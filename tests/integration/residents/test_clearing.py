"""Kinds of record whose time is over: proposed, decided by a person, done and proven."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.factories.planting import planter
from thedeal.accounts.actions import people as users
from thedeal.accounts.models import User
from thedeal.audit.models import Counter, Entry
from thedeal.lib import keeping
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.lib.records import Record
from thedeal.messages.models import Letter, OneTapLink
from thedeal.residents import jobs
from thedeal.residents.actions import clearing
from thedeal.residents.models import Clearing, Person
from thedeal.residents.selectors import clearing as reading

# the sign-in libraries' own tables have tests of their own below
OURS = (Record, Counter)
LONG_AGO = dt.timedelta(days=366 * 10)


@pytest.fixture
def old(cast):
    """Plant a row of each kind that a clock ends, all of them ten years old."""
    plant = planter("makerfield")
    models = [m for m in keeping.ended_by_a_clock() if issubclass(m, OURS)]
    for model in models:
        assert plant.plant(model) is not None, plant.failed[model._meta.label]
    for model in models:
        for name in keeping.kept_of(model).since.split():
            if "__" not in name:
                model.objects.update(**{name: timezone.now() - LONG_AGO})
    contact = plant.made["community.Contact"]
    contact.group.state, contact.group.checked_at = "ended", None
    contact.group.save()
    type(contact.group).objects.update(created_at=timezone.now() - LONG_AGO)
    return models


def left():
    """Give what still stands of each kind, its history with it."""
    found = {}
    for model in keeping.ended_by_a_clock():
        if not issubclass(model, OURS):
            continue
        tables = [model, *keeping.histories_of(model)]
        if many := sum(table.objects.count() for table in tables):
            found[model._meta.label] = many
    return found


def test_every_kind_that_says_so_is_deleted_in_the_end(cast, old):
    """The proof that each declared time is kept by a job: nothing at all is left."""
    assert set(left()) == {model._meta.label for model in old}
    jobs.clear_by_the_clock()
    by_hand = {m._meta.label for m in old if rule_of(m)["decided_by"] == "person"}
    assert set(left()) == by_hand
    for proposal in reading.proposals(cast.harold):
        clearing.approve(proposal, by=cast.harold)
        jobs.clear(str(proposal.pk))
    assert left() == {}
    done = list(reading.done(cast.harold))
    assert {row.rule for row in done} == set(keeping.rules(decided_by="person"))
    assert all(row.left == 0 and row.deleted >= 1 for row in done)
    jobs.clear_by_the_clock()
    assert not reading.proposals(cast.harold).exists()


def rule_of(model):
    return keeping.rule(keeping.kept_of(model).rule)


def test_nothing_goes_before_its_time(cast, old):
    for model in old:
        for name in keeping.kept_of(model).since.split():
            if "__" not in name:
                model.objects.update(**{name: timezone.now()})
    before = left()
    del before["community.Contact"]
    jobs.clear_by_the_clock()
    now = left()
    assert {label: now.get(label) for label in before} == before


@pytest.fixture
def letter(cast):
    """Give one letter of ours, sent seven months ago, and its proposal."""
    authority = cast.harold.memberships.get().authority_id
    sent = timezone.now() - dt.timedelta(days=215)
    Letter.objects.create(
        authority_id=authority, to="a@example.org", state="sent", sent_at=sent,
        once_key="x", not_before=sent, kind="x", channel="email",
    )  # fmt: skip
    jobs.clear_by_the_clock()
    return Clearing.objects.get(rule="messages.letter")


def test_the_same_rows_are_deleted_that_were_looked_at(clock, cast, letter):
    row = Letter.objects.get()
    row.pk, row.once_key, row.sent_at = None, "y", row.sent_at + dt.timedelta(days=60)
    row.save(force_insert=True)
    clock.shift(dt.timedelta(days=90))
    clearing.approve(letter, by=cast.harold)
    assert jobs.clear(str(letter.pk)) == 1
    assert jobs.clear(str(letter.pk)) == 0
    assert Letter.objects.get().once_key == "y"
    assert Entry.objects.filter(action="residents.clearing_approved").exists()


def test_only_who_keeps_the_records_decides_and_once(cast, letter):
    later = timezone.localdate() + dt.timedelta(days=30)
    for somebody in (cast.amina, cast.nadia, cast.lewis):
        assert not reading.proposals(somebody).exists()
        with pytest.raises(NotAllowedError):
            clearing.approve(letter, by=somebody)
    for why, day in (("", later), ("Inquiry 7", timezone.localdate())):
        with pytest.raises(UserFacingError):
            clearing.keep(letter, why=why, look_again_on=day, by=cast.harold)
    letter.refresh_from_db()
    clearing.keep(letter, why="Inquiry 7", look_again_on=later, by=cast.harold)
    with pytest.raises(UserFacingError, match="decided already"):
        clearing.approve(letter, by=cast.harold)
    jobs.clear(str(letter.pk))
    jobs.clear_by_the_clock()
    assert Letter.objects.count() == 1
    assert not reading.proposals(cast.harold).exists()


def test_a_financial_year_is_kept_to_its_end():
    from thedeal.deals.models import SmallSpend

    kept = SmallSpend.kept
    last = keeping.last_day(kept, until=dt.date(2033, 11, 23))
    assert last == dt.date(2026, 3, 31)
    assert keeping.last_day(kept, until=dt.date(2034, 3, 31)) == dt.date(2027, 3, 31)


def test_a_sign_in_that_nobody_needs_is_forgotten_with_its_history(cast):
    gone = users.create(display_name="Ada Byron", email="ada@example.org", by=None)
    old = timezone.now() - dt.timedelta(days=800)
    User.objects.all().update(created_at=old, last_login=old)
    jobs.clear_by_the_clock()
    gone.refresh_from_db()
    assert (str(gone), gone.email, gone.is_active) == (
        users.SOMEBODY_WHO_LEFT,
        None,
        False,
    )
    (history,) = keeping.histories_of(User)
    assert not history.objects.filter(display_name="Ada Byron").exists()
    cast.amina.refresh_from_db()
    assert str(cast.amina) == "Amina Yusuf"
    assert jobs.clear_by_the_clock() == 0


def test_links_that_ran_out_go_without_being_asked(cast):
    OneTapLink.objects.create(
        digest="x", purpose="x", subject_id=cast.amina.pk,
        expires_at=timezone.now() - dt.timedelta(days=93),
    )  # fmt: skip
    jobs.clear_by_the_clock()
    Session.objects.create(
        session_key="x", session_data="x",
        expire_date=timezone.now() - dt.timedelta(days=40),
    )  # fmt: skip
    jobs.clear_by_the_clock()
    assert not OneTapLink.objects.exists()
    assert not Session.objects.filter(session_key="x").exists()
    assert Person.objects.count() == 0
