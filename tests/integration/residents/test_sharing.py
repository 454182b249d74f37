"""Who may know what, for what: the person's own say, changed at once."""

import pytest
from django.db import connection

from thedeal.lib import logins
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.partners.models import Organisation
from thedeal.residents import permissions, reach
from thedeal.residents.actions import people, sharing
from thedeal.residents.models import OwnPage, SharingChoice
from thedeal.residents.selectors import sharing as reading
from thedeal.residents.states import WhyEnded

ALONGSIDE = SharingChoice.Purpose.ALONGSIDE
HUDDLE = SharingChoice.Purpose.HUDDLE


@pytest.fixture
def trust(cast):
    return Organisation.objects.get(slug="makerfield-nhs")


@pytest.fixture
def nurse(cast, trust):
    """Give a worker of the trust who is in no team of the council's."""
    nurse = cast.declan
    nurse.memberships.update(team=None)
    return nurse


def walled(user):
    """Give whom the database itself lets a user see, by its own function."""
    logins.speak_for(None)  # as at the start of a request
    logins.identify(user.pk)
    with connection.cursor() as cursor:
        cursor.execute("select app_people()")
        return set(cursor.fetchone()[0])


def choose(person, organisation, by, *, may=True, purpose=ALONGSIDE, said=""):
    return sharing.choose(
        person, organisation=organisation, purpose=purpose, may=may, by=by, said=said
    )


def test_a_yes_lets_an_organisation_in_and_taking_it_back_puts_it_out(
    cast, joan, trust, nurse
):
    assert not permissions.can_see(nurse, joan)
    choice = choose(joan, trust, cast.amina, said="Yes, the nurse may know.")
    assert permissions.can_change(nurse, joan)
    assert walled(nurse) == {joan.pk}
    assert choice.told_by == cast.amina
    sharing.withdraw(choice, by=cast.amina)
    assert not permissions.can_see(nurse, joan)
    assert walled(nurse) == set()


def test_one_purpose_opens_no_other(cast, joan, trust, nurse):
    choose(joan, trust, cast.amina, purpose=HUDDLE)
    assert not permissions.can_see(nurse, joan)
    assert reading.may(joan, organisation_id=trust.pk, purpose=HUDDLE)
    assert not reading.may(joan, organisation_id=trust.pk, purpose=ALONGSIDE)


def test_a_no_holds_for_its_workers_in_anybodys_team(cast, joan, trust):
    assert permissions.can_change(cast.declan, joan)
    choose(joan, trust, cast.amina, may=False)
    assert not permissions.can_change(cast.declan, joan)
    assert not reach.in_reach(cast.declan).exists()
    assert walled(cast.declan) == set()
    assert permissions.can_change(cast.amina, joan)
    assert walled(cast.amina) == {joan.pk}


def test_a_no_to_those_alongside_ends_it(cast, joan, team):
    choose(joan, team.organisation, cast.amina, may=False)
    assert joan.alongside.get().why_ended == WhyEnded.ASKED
    assert not permissions.can_see(cast.amina, joan)


def test_the_newest_choice_stands_and_the_older_ones_are_kept(cast, joan, trust):
    choose(joan, trust, cast.amina)
    choose(joan, trust, cast.amina, may=False, said="Rather not.")
    standing = reading.choices(joan).get()
    assert (standing.may, standing.said) == (False, "Rather not.")
    assert reading.chosen_before(joan).get().may


def test_the_person_says_so_themself(cast, joan, trust, nurse):
    OwnPage.objects.create(authority=joan.authority, person=joan, user=cast.joan)
    choice = choose(joan, trust, cast.joan)
    assert choice.told_by is None
    sharing.withdraw(choice, by=cast.joan)
    with pytest.raises(NotAllowedError):
        choose(joan, trust, nurse)
    with pytest.raises(NotAllowedError):
        sharing.withdraw(choice, by=cast.jo)


def test_another_councils_organisation_is_never_let_in(cast, joan):
    ribbleside = Organisation.objects.filter(authority__slug="ribbleside").first()
    with pytest.raises(UserFacingError, match="another council"):
        choose(joan, ribbleside, cast.amina)


def test_the_person_reads_who_may_and_who_has_looked(cast, joan, trust):
    choose(joan, trust, cast.amina)
    people.open_page(joan.pk, by=cast.tom, reason="before the visit")
    people.open_page(joan.pk, by=cast.grace)
    ties, others = reading.who_may_open(joan)
    assert [tie.worker for tie in ties] == [cast.amina]
    assert others == [trust]
    looks = reading.who_looked(joan)
    assert [(look.who, look.reason) for look in looks] == [
        ("Grace Okafor", ""),
        ("Tom Ashworth", "before the visit"),
    ]


def test_two_ways_of_asking_whom_somebody_sees_never_differ(cast, joan, trust, nurse):
    council = Organisation.objects.get(authority=joan.authority, slug="council")

    def everybody_agrees():
        for name, user in cast.users.items():
            listed = reach.in_reach(user).filter(pk=joan.pk).exists()
            assert reach.sees(user, joan) is listed, name
        return {name for name, user in cast.users.items() if reach.sees(user, joan)}

    beside = everybody_agrees()
    assert {"amina", "grace"} <= beside
    choose(joan, trust, cast.amina)
    assert everybody_agrees() > beside
    choose(joan, council, cast.amina, may=False)
    assert "amina" not in everybody_agrees()
    joan.merged_into = people.meet(
        team=joan.alongside.first().team, by=cast.amina, called="Joanie"
    )
    joan.save(update_fields=["merged_into"])
    assert everybody_agrees() == set()
