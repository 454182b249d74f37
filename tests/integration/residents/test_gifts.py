"""Strengths, wishes and offers: confirmed with the person before they are used."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.residents.actions import gifts, offers, people, sharing
from thedeal.residents.models import (
    Offer,
    OfferChoice,
    Person,
    SharingChoice,
    Strength,
    Wish,
)
from thedeal.residents.selectors import gifts as reading

WHERE = uuid4()


@pytest.fixture
def ken(cast, team, joan):
    """Give a neighbour of Joan's who would go along."""
    person = people.meet(team=team, by=cast.tom, called="Ken", full_name="Ken Peet")
    for each in (joan, person):
        each.neighbourhood_id = WHERE
        each.save(update_fields=["neighbourhood_id"])
    return person


@pytest.fixture
def offer(cast, ken):
    return gifts.say_offer(
        ken,
        kind=Offer.Kind.COME_ALONG,
        words="I'd walk down to the choir with anybody.",
        hours="Tue 10:00-12:00",
        by=cast.tom,
    )


def test_what_was_found_is_a_proposal_until_they_agree(cast, joan):
    found = gifts.say_strength(
        joan, kind=Strength.Kind.HEART, words="Sang in a choir.", by=cast.amina
    )
    assert found.confirmed_at is None
    gifts.confirm(found, words="I sang alto for thirty years.", by=cast.amina)
    found.refresh_from_db()
    assert found.words == "I sang alto for thirty years."
    assert found.confirmed_by == cast.amina
    assert list(reading.strengths(joan)) == [found]


def test_what_is_taken_back_is_gone_from_every_page(cast, joan):
    wish = gifts.say_wish(
        joan, kind=Wish.Kind.NEVER, words="Ring after nine.", by=cast.amina
    )
    gifts.withdraw(wish, by=cast.amina)
    assert not reading.wishes(joan).exists()
    with pytest.raises(UserFacingError, match="took this back"):
        gifts.confirm(wish, by=cast.amina)


def test_words_are_locked_in_the_table_and_are_never_blank(cast, joan):
    gifts.say_wish(joan, kind=Wish.Kind.WANT, words="To sing again.", by=cast.amina)
    with connection.cursor() as cursor:
        cursor.execute("select words from residents_wish")
        assert cursor.fetchone()[0].startswith("v1:")
    with pytest.raises(UserFacingError, match="as they said it"):
        gifts.say_wish(joan, kind=Wish.Kind.WANT, words="  ", by=cast.amina)


def test_nobody_else_speaks_for_them(cast, joan):
    said = gifts.say_wish(joan, kind=Wish.Kind.WANT, words="Sing.", by=cast.amina)
    with pytest.raises(NotAllowedError):
        gifts.say_wish(joan, kind=Wish.Kind.WANT, words="Sing.", by=cast.jo)
    with pytest.raises(NotAllowedError):
        gifts.confirm(said, by=cast.jo)
    with pytest.raises(NotAllowedError):
        gifts.withdraw(said, by=cast.grace)


def test_an_offer_is_heard_of_by_first_name_once_confirmed(cast, joan, ken, offer):
    assert reading.offers_for(cast.amina, joan) == []
    gifts.confirm(offer, by=cast.tom)
    near = reading.offers_for(cast.amina, joan)
    assert [(n.called, n.hours) for n in near] == [("Ken", "Tue 10:00-12:00")]
    assert "Peet" not in str(near)
    assert reading.offers_for(cast.amina, ken) == []
    assert reading.offers_for(cast.jo, joan) == []


def test_they_meet_once_both_said_yes_and_at_a_venue(cast, joan, offer):
    gifts.confirm(offer, by=cast.tom)
    choice = offers.propose(offer, person=joan, by=cast.amina)
    when = timezone.now() + dt.timedelta(days=3)
    offers.asker_answers(choice, says=True, by=cast.amina)
    with pytest.raises(UserFacingError, match="both first"):
        offers.arrange(choice, venue_id=uuid4(), meets_at=when, by=cast.amina)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferChoice.objects.filter(pk=choice.pk).update(meets_at=when)
    offers.offerer_answers(choice, says=True, by=cast.tom)
    offers.arrange(choice, venue_id=uuid4(), meets_at=when, by=cast.amina)
    assert choice.meets_at == when


def test_a_no_ends_it(cast, joan, offer):
    gifts.confirm(offer, by=cast.tom)
    choice = offers.propose(offer, person=joan, by=cast.amina)
    offers.offerer_answers(choice, says=False, by=cast.tom)
    with pytest.raises(UserFacingError, match="has ended"):
        offers.asker_answers(choice, says=True, by=cast.amina)


def test_what_felt_wrong_is_not_proposed_again(cast, joan, offer):
    gifts.confirm(offer, by=cast.tom)
    choice = offers.propose(offer, person=joan, by=cast.amina)
    offers.felt_wrong(choice, words="Too pushy.", by=cast.amina)
    choice.refresh_from_db()
    assert choice.ended_at
    assert choice.felt_wrong == "Too pushy."
    with pytest.raises(UserFacingError, match="felt wrong"):
        offers.propose(offer, person=joan, by=cast.amina)


@pytest.mark.parametrize("who", ["offerer", "asker"])
def test_who_said_no_to_meeting_a_neighbour_is_left_be(
    cast, team, joan, ken, offer, who
):
    gifts.confirm(offer, by=cast.tom)
    sharing.choose(
        ken if who == "offerer" else joan,
        organisation=team.organisation,
        purpose=SharingChoice.Purpose.MATCHING,
        may=False,
        by=cast.amina,
    )
    assert reading.offers_for(cast.amina, joan) == []
    with pytest.raises(UserFacingError, match="said no"):
        offers.propose(offer, person=joan, by=cast.amina)


@pytest.mark.parametrize("who", ["offerer", "asker"])
def test_nobody_under_18_is_introduced_so(cast, joan, ken, offer, who):
    gifts.confirm(offer, by=cast.tom)
    young = ken if who == "offerer" else joan
    people.change(young, by=cast.tom, is_under_18=True)
    offer.refresh_from_db()
    assert reading.offers_for(cast.amina, joan) == []
    with pytest.raises(UserFacingError, match="under 18"):
        offers.propose(offer, person=joan, by=cast.amina)


def test_an_offer_that_does_not_stand_is_not_proposed(cast, joan, ken, offer):
    with pytest.raises(UserFacingError, match="does not stand"):
        offers.propose(offer, person=joan, by=cast.amina)
    gifts.confirm(offer, by=cast.tom)
    with pytest.raises(UserFacingError, match="their own"):
        offers.propose(offer, person=ken, by=cast.amina)
    offers.propose(offer, person=joan, by=cast.amina)
    with pytest.raises(UserFacingError, match="already"):
        offers.propose(offer, person=joan, by=cast.amina)
    with pytest.raises(NotAllowedError):
        offers.propose(offer, person=joan, by=cast.jo)


@pytest.mark.parametrize(
    ("called", "told"),
    [("Joan", "Joan"), ("Mrs Eckersley", "Mrs E"), ("Joan C", "Joan"), ("Mrs", "Mrs")],
)
def test_one_name_is_told_and_never_a_family_s(called, told):
    assert reading.one_name(Person(called=called)) == told
