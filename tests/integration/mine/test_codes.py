"""A code opens one's own page: once, for ten minutes, and nobody else's."""

import datetime as dt

import pytest

from tests.integration.mine.conftest import EMAIL, newest_code, send_codes
from thedeal.lib.errors import TooManyError, UserFacingError
from thedeal.messages.models import Letter
from thedeal.residents import reach
from thedeal.residents.actions import own_pages, people
from thedeal.residents.models import OwnPage, PageCode
from thedeal.residents.states import Entered, Whereabouts

BORN = dt.date(1944, 3, 9)


def ask(contact=EMAIL):
    ticket = own_pages.ask(contact, place="203.0.113.9")
    send_codes()
    return ticket


def letters():
    return Letter.objects.filter(kind="residents.page_code")


def test_a_code_opens_the_page_of_whoever_has_the_contact(joan):
    ticket = ask("  Joan@Home.example ")
    letter = letters().get()
    assert (letter.to, letter.subject, letter.urgent) == (EMAIL, "Your code", True)
    assert own_pages.try_code(ticket, code=f" {newest_code()} ") is Entered.IN
    user = own_pages.come_in(ticket)
    assert reach.own(user).get() == joan
    assert user.email is None
    assert not user.has_usable_password()


def test_the_same_page_has_the_same_user_each_time(joan):
    users = set()
    for _ in range(2):
        ticket = ask()
        own_pages.try_code(ticket, code=newest_code())
        users.add(own_pages.come_in(ticket))
    assert len(users) == OwnPage.objects.filter(person=joan).count() == 1


def test_a_user_with_powers_of_their_own_is_not_let_in_by_a_code(cast, joan):
    OwnPage.objects.create(authority=joan.authority, person=joan, user=cast.amina)
    ticket = ask()
    own_pages.try_code(ticket, code=newest_code())
    assert own_pages.come_in(ticket) != cast.amina


def test_the_code_is_hashed_and_what_was_typed_is_wiped(joan):
    ask()
    row = PageCode.objects.get()
    assert row.contact == ""
    assert newest_code() not in row.code_digest


def test_a_code_works_once(joan):
    ticket = ask()
    code = newest_code()
    own_pages.try_code(ticket, code=code)
    own_pages.come_in(ticket)
    assert own_pages.try_code(ticket, code=code) is Entered.OVER
    with pytest.raises(UserFacingError, match="Ask for a new code"):
        own_pages.come_in(ticket)


def test_nothing_opens_without_the_code(joan):
    ticket = ask()
    with pytest.raises(UserFacingError):
        own_pages.come_in(ticket)


def test_a_code_is_over_after_ten_minutes(clock, joan):
    ticket = ask()
    clock.shift(dt.timedelta(minutes=10))
    assert own_pages.try_code(ticket, code=newest_code()) is Entered.OVER


def test_after_five_wrong_tries_the_right_code_comes_too_late(joan):
    ticket = ask()
    right = newest_code()
    wrong = "000000" if right != "000000" else "000001"
    said = [own_pages.try_code(ticket, code=wrong) for _ in range(5)]
    assert said == [Entered.WRONG] * 4 + [Entered.OVER]
    assert own_pages.try_code(ticket, code=right) is Entered.OVER


def test_an_unknown_contact_is_answered_the_same(joan):
    ticket = ask("nobody@home.example")
    said = [own_pages.try_code(ticket, code="123456") for _ in range(6)]
    assert said == [Entered.WRONG] * 4 + [Entered.OVER] * 2
    assert not letters().exists()


def test_a_blank_code_opens_nothing_for_a_contact_that_nobody_has(joan):
    assert own_pages.try_code(ask("nobody@home.example"), code="") is Entered.WRONG


def test_another_s_ticket_does_not_take_the_code(joan, meet):
    meet("Bill", email="bill@home.example")
    of_joan = ask()
    code = newest_code()
    of_bill = ask("bill@home.example")
    if newest_code() != code:
        assert own_pages.try_code(of_bill, code=code) is Entered.WRONG
    assert own_pages.try_code(of_joan, code=code) is Entered.IN


@pytest.mark.parametrize("typed", ["", "not a number", "joan@home", "12"])
def test_what_is_no_contact_is_said_to_be_none(db, typed):
    with pytest.raises(UserFacingError):
        own_pages.ask(typed, place="203.0.113.9")


def test_asking_too_often_is_stopped_known_or_not(joan):
    for contact in (EMAIL, "nobody@home.example"):
        for _ in range(own_pages.AT_ONE_CONTACT):
            own_pages.ask(contact, place="203.0.113.9")
        with pytest.raises(TooManyError):
            own_pages.ask(contact, place="203.0.113.10")


@pytest.mark.parametrize(
    "about",
    [
        {"likes_contact_by": "phone"},
        {"likes_contact_by": "none"},
        {"likes_contact_by": "text", "phone": "07700 900123"},
        {"how_to_reach": "Not while my son is in."},
    ],
)
def test_a_code_goes_by_a_safe_way_only(cast, joan, about):
    people.change(joan, by=cast.amina, **about)
    ask()
    assert not letters().exists()


def test_a_code_goes_to_a_mobile_and_not_to_the_kitchen_phone(meet):
    meet("Danny", phone="07700 900204")
    meet("Doris", phone="01942 244991")
    ask("+44 7700 900204")
    ask("01942 244991")
    assert [(row.channel, row.to) for row in letters()] == [("text", "07700 900204")]


def test_nobody_is_written_to_who_has_died(cast, joan):
    people.stop_everything(joan, reason=Whereabouts.DIED, by=cast.amina)
    ask()
    assert not letters().exists()


@pytest.fixture
def couple(meet):
    """Give two people with one phone between them, and birthdays of their own."""
    phone = "07700 900777"
    maureen = meet("Maureen", full_name="Maureen Tickle", phone=phone, born_on=BORN)
    bill = meet("Bill", phone=phone, born_on=dt.date(1941, 7, 1))
    return maureen, bill


def proved(phone="07700 900777"):
    ticket = ask(phone)
    assert own_pages.try_code(ticket, code=newest_code()) is Entered.WHICH
    return ticket


@pytest.mark.parametrize("name", ["Maureen", "maureen  TICKLE"])
def test_a_shared_phone_opens_the_page_of_who_they_say_they_are(couple, name):
    ticket = proved()
    assert own_pages.say_who(ticket, name=name, born_on=BORN) is Entered.IN
    assert reach.own(own_pages.come_in(ticket)).get() == couple[0]


@pytest.mark.parametrize(
    ("name", "born_on"),
    [("Maureen", dt.date(1941, 7, 1)), ("Bill", BORN), ("", BORN), ("Tickle", BORN)],
)
def test_a_shared_phone_opens_nothing_in_doubt(couple, name, born_on):
    ticket = proved()
    assert own_pages.say_who(ticket, name=name, born_on=born_on) is Entered.RING
    with pytest.raises(UserFacingError):
        own_pages.come_in(ticket)


def test_a_shared_phone_opens_nothing_where_we_hold_no_birthday(meet, couple):
    meet("Susan", phone="07700 900777")
    ticket = proved()
    assert own_pages.say_who(ticket, name="Susan", born_on=BORN) is Entered.RING


def test_a_phone_stays_shared_where_the_other_one_is_not_to_be_written_to(cast, couple):
    people.change(couple[0], by=cast.amina, likes_contact_by="none")
    ticket = proved()
    with pytest.raises(UserFacingError):
        own_pages.come_in(ticket)
    assert own_pages.say_who(ticket, name="Maureen", born_on=BORN) is Entered.RING


def test_guessing_who_shares_a_phone_is_over_after_five_tries(couple):
    ticket = proved()
    for _ in range(5):
        own_pages.say_who(ticket, name="Bill", born_on=BORN)
    assert own_pages.say_who(ticket, name="Maureen", born_on=BORN) is Entered.OVER


def test_a_record_erased_meanwhile_opens_nothing(joan):
    ticket = ask()
    own_pages.try_code(ticket, code=newest_code())
    joan.forgotten_at = joan.created_at
    joan.save()
    with pytest.raises(UserFacingError):
        own_pages.come_in(ticket)
