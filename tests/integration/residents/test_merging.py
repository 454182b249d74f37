"""Two records of one person: joined, and parted again with nothing lost."""

import datetime as dt

import pytest
from django.db import connection

from thedeal.audit.models import Entry
from thedeal.lib import logins
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.messages.actions import letters
from thedeal.money.models import Package
from thedeal.partners.models import Organisation, Team
from thedeal.residents import reach
from thedeal.residents.actions import gifts, measures, merging, people, sharing
from thedeal.residents.models import Alongside, Person, SharingChoice, Strength
from thedeal.residents.selectors import lives, ties
from thedeal.residents.selectors import people as reading
from thedeal.residents.states import Whereabouts, WhyEnded

ALONGSIDE = SharingChoice.Purpose.ALONGSIDE


@pytest.fixture
def other(cast, team):
    """Give a second record of Joan, made by Tom, with things of its own."""
    person = people.meet(
        team=team, by=cast.tom, full_name="Joan Critchley", email="joan@home.example"
    )
    gifts.say_strength(
        person, kind=Strength.Kind.HANDS, words="Bakes parkin.", by=cast.tom
    )
    measures.answer(
        person,
        instrument="ons4",
        answers={"happy": 3},
        is_own_answer=True,
        by=cast.tom,
    )
    measures.say_goal(person, words="Sing again", rating=2, by=cast.tom)
    return person


def snapshot(*people):
    """Give every row about these people that may move, as it reads."""
    return {
        (model._meta.label, field, person.pk): sorted(
            model._default_manager.filter(**{field: person}).values_list("pk")
        )
        for model, field in merging.movable()
        for person in people
    }


def walled(user):
    logins.speak_for(None)  # as at the start of a request
    logins.identify(user.pk)
    with connection.cursor() as cursor:
        cursor.execute("select app_people()")
        return set(cursor.fetchone()[0])


def test_all_that_is_known_is_under_one_name(cast, joan, other):
    merging.merge(joan, other, reason="Same address.", by=cast.amina)
    joan.refresh_from_db()
    assert joan.email == "joan@home.example"
    assert [s.words for s in joan.strengths.all()] == ["Bakes parkin."]
    assert [g.words for g in lives.goals(joan)] == ["Sing again"]
    assert [p.value for s in lives.series(joan) for p in s.points] == [3]
    assert joan.alongside.get(ended_at__isnull=True).worker == cast.amina
    assert [f.person for f in reading.find(cast.tom, "joan")] == [joan]
    assert walled(cast.tom) == {joan.pk, other.pk}
    with pytest.raises(Person.DoesNotExist):
        people.open_page(other.pk, by=cast.tom)
    for person in (joan, other):
        assert Entry.objects.filter(action="residents.merged", person_id=person.pk)


def test_parting_puts_everything_back(cast, joan, other):
    before = snapshot(joan, other)
    made = merging.merge(joan, other, reason="Same address.", by=cast.amina)
    assert snapshot(joan, other) != before
    gifts.say_strength(joan, kind=Strength.Kind.HEART, words="Sings.", by=cast.amina)
    assert list(ties.merges(joan)) == [made]
    merging.unmerge(made, by=cast.amina)
    Strength.objects.filter(person=joan).delete()
    assert snapshot(joan, other) == before
    for person in (joan, other):
        person.refresh_from_db()
    assert (joan.email, other.email) == ("", "joan@home.example")
    tie = Alongside.objects.get(person=other)
    assert (tie.ended_at, tie.why_ended) == (None, "")
    assert other in reach.in_reach(cast.tom)
    with pytest.raises(UserFacingError, match="parted already"):
        merging.unmerge(made, by=cast.amina)


def test_of_two_choices_the_no_stands(cast, joan, other):
    trust = Organisation.objects.get(slug="makerfield-nhs")
    for person, may in ((joan, True), (other, False)):
        sharing.choose(
            person, organisation=trust, purpose=ALONGSIDE, may=may, by=cast.amina
        )
    made = merging.merge(joan, other, reason="Same woman.", by=cast.amina)
    standing = joan.sharing_choices.get(withdrawn_at__isnull=True)
    assert not standing.may
    merging.unmerge(made, by=cast.amina)
    assert joan.sharing_choices.get(withdrawn_at__isnull=True).may
    assert not other.sharing_choices.get(withdrawn_at__isnull=True).may


def test_a_choice_made_since_is_not_undone_by_parting(cast, joan, other):
    trust = Organisation.objects.get(slug="makerfield-nhs")
    choice = {"organisation": trust, "purpose": ALONGSIDE, "by": cast.amina}
    sharing.choose(joan, may=True, **choice)
    sharing.choose(other, may=False, **choice)
    made = merging.merge(joan, other, reason="Same woman.", by=cast.amina)
    newest = sharing.choose(joan, may=False, **choice)
    merging.unmerge(made, by=cast.amina)
    assert joan.sharing_choices.get(withdrawn_at__isnull=True) == newest


def test_rows_of_the_rooms_above_move_too():
    assert (Package, "person") in list(merging.movable())


def test_letters_to_either_are_stopped(cast, joan, other):
    letters.write(
        kind="deals.how_is_it",
        to="joan@home.example",
        subject="Hello",
        body="How was it?",
        once_key="one",
        person_id=other.pk,
    )
    merging.merge(joan, other, reason="Same woman.", by=cast.amina)
    assert people.stop_everything(joan, reason=Whereabouts.DIED, by=cast.amina) == 1


def test_what_cannot_be_one_person_is_refused(cast, team, joan, other):
    jos = Team.objects.get(organisation__slug="council", name="Hindley & Abram")
    strange = people.meet(team=jos, by=cast.jo, called="Joan")
    nameless = people.meet(team=team, by=cast.amina, is_anonymous=True)
    with pytest.raises(NotAllowedError):
        merging.merge(joan, strange, reason="Same.", by=cast.amina)
    with pytest.raises(UserFacingError, match="anonymous"):
        merging.merge(joan, nameless, reason="Same.", by=cast.amina)
    with pytest.raises(UserFacingError, match="one record already"):
        merging.merge(joan, joan, reason="Same.", by=cast.amina)
    with pytest.raises(UserFacingError, match="how you know"):
        merging.merge(joan, other, reason=" ", by=cast.amina)
    people.change(joan, by=cast.amina, born_on=dt.date(1941, 1, 1))
    people.change(other, by=cast.amina, born_on=dt.date(1951, 1, 1))
    with pytest.raises(UserFacingError, match="dates of birth"):
        merging.merge(joan, other, reason="Same.", by=cast.amina)


def test_a_tie_that_clashed_is_ended_as_of_one_person(cast, joan, other):
    merging.merge(joan, other, reason="Same.", by=cast.amina)
    ended = joan.alongside.get(ended_at__isnull=False)
    assert ended.why_ended == WhyEnded.SAME_PERSON


def test_a_note_on_the_wrong_person_moves_and_both_trails_show_it(cast, joan, other):
    strength = other.strengths.get()
    gifts.move_to(strength, joan, by=cast.amina)
    strength.refresh_from_db()
    assert (strength.person, strength.words) == (joan, "Bakes parkin.")
    with connection.cursor() as cursor:
        cursor.execute("select words from residents_strength")
        assert cursor.fetchone()[0].startswith(f"v1:{joan.pk}:")
    assert Entry.objects.get(action="residents.gift_moved_away").person_id == other.pk
    assert Entry.objects.get(action="residents.gift_moved_here").person_id == joan.pk
