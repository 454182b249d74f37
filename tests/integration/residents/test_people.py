"""Meeting somebody: almost nothing is asked, and life can stop every message."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from thedeal.audit.models import Entry
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.messages.actions import letters
from thedeal.messages.models import Letter
from thedeal.residents import permissions
from thedeal.residents.actions import people
from thedeal.residents.models import Person
from thedeal.residents.states import Whereabouts


def test_everything_may_be_left_out_and_somebody_is_alongside(cast, team):
    person = people.meet(team=team, by=cast.amina)
    tie = person.alongside.get()
    assert (tie.worker, tie.team) == (cast.amina, team)
    assert person.name == "somebody who gave no name"
    assert person.may_be_written_to


def test_what_is_said_is_tidied(cast, team):
    person = people.meet(
        team=team,
        by=cast.amina,
        called="  Éilis\n",
        full_name="Éilis  O'Brien-Platt",
        phone="+44 1942 244991",
        email=" Eilis@Home.Example ",
        postcode="wn71ab",
        born_on=dt.date(1941, 5, 2),
        helps=["a_seat", "large_type"],
        how_to_reach="Ring twice.",
    )
    person.refresh_from_db()
    assert person.called == "Éilis"
    assert person.sort_key == "eilis obrien platt"
    assert person.phone == "01942 244991"
    assert person.email == "eilis@home.example"
    assert person.postcode == "WN7 1AB"
    assert person.helps == ["large_type", "a_seat"]
    assert person.how_to_reach == "Ring twice."
    assert not person.is_under_18


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "12"},
        {"email": "joan at home"},
        {"postcode": "Leigh"},
        {"helps": ["a pony"]},
        {"born_on": dt.date(2190, 1, 1)},
    ],
)
def test_what_cannot_be_right_is_asked_again(cast, team, wrong):
    with pytest.raises(UserFacingError):
        people.meet(team=team, by=cast.amina, **wrong)
    assert not Person.objects.exists()


def test_somebody_born_lately_is_under_18(cast, team, clock):
    person = people.meet(team=team, by=cast.amina, born_on=dt.date(2008, 11, 24))
    assert person.is_under_18
    clock.shift(dt.timedelta(days=1))
    people.change(person, by=cast.amina, born_on=dt.date(2008, 11, 24))
    assert not person.is_under_18


def test_an_anonymous_conversation_holds_no_name_or_number(cast, team):
    with pytest.raises(UserFacingError, match="anonymous"):
        people.meet(team=team, by=cast.amina, is_anonymous=True, full_name="Joan")
    person = people.meet(team=team, by=cast.amina, is_anonymous=True, called="Joan")
    with pytest.raises(UserFacingError, match="anonymous"):
        people.change(person, by=cast.amina, phone="01942 244991")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(phone="01942 244991")
    person.refresh_from_db()
    people.give_a_name(person, by=cast.amina, full_name="Joan Critchley")
    person.refresh_from_db()
    assert (person.is_anonymous, person.sort_key) == (False, "joan critchley")


def test_nobody_else_meets_or_changes(cast, team, joan):
    for stranger in (cast.jo, cast.lewis, cast.ruth, cast.joan, cast.wilma):
        with pytest.raises(NotAllowedError):
            people.meet(team=team, by=stranger)
        with pytest.raises(NotAllowedError):
            people.change(joan, by=stranger, called="Jo")
        assert not permissions.can_see(stranger, joan)
    for beside in (cast.amina, cast.tom, cast.sunita, cast.declan):
        assert permissions.can_change(beside, joan)


def test_a_guardian_sees_and_does_not_write(cast, joan):
    for guardian in (cast.grace, cast.harold):
        assert permissions.can_see(guardian, joan)
        assert not permissions.can_change(guardian, joan)


def test_only_what_is_given_changes(cast, joan):
    people.change(joan, by=cast.tom, pronouns="she/her")
    joan.refresh_from_db()
    assert (joan.pronouns, joan.full_name) == ("she/her", "Joan Critchley")
    assert Entry.objects.get(action="residents.changed").detail == {
        "fields": ["pronouns"]
    }


@pytest.mark.parametrize(
    "reason", [Whereabouts.DIED, Whereabouts.MOVED_AWAY, Whereabouts.IN_HOSPITAL]
)
def test_one_tap_stops_every_message(cast, joan, reason):
    for number in range(2):
        letters.write(
            kind="deals.how_is_it",
            to="joan@home.example",
            subject="Hello",
            body="How was it?",
            once_key=f"joan-{number}",
            person_id=joan.pk,
        )
    assert people.stop_everything(joan, reason=reason, by=cast.amina) == 2
    assert set(Letter.objects.values_list("state", flat=True)) == {"held"}
    joan.refresh_from_db()
    assert not joan.may_be_written_to
    people.is_back(joan, by=cast.amina)
    assert joan.may_be_written_to
    assert Entry.objects.filter(action="residents.whereabouts").count() == 2


def test_being_here_stops_nothing_and_is_not_said_twice(cast, joan):
    with pytest.raises(UserFacingError, match="Say why"):
        people.stop_everything(joan, reason=Whereabouts.HERE, by=cast.amina)
    with pytest.raises(UserFacingError):
        people.is_back(joan, by=cast.amina)


def test_the_last_day_in_touch_never_goes_back(cast, joan):
    day = joan.last_contact_on
    people.in_touch(joan, on=day - dt.timedelta(days=9))
    assert joan.last_contact_on == day
    people.in_touch(joan, on=day + dt.timedelta(days=9))
    assert joan.last_contact_on == day + dt.timedelta(days=9)
