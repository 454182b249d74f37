"""Finding somebody the team is alongside, and asking beyond it."""

import pytest
from django.utils import timezone

from thedeal.audit.models import Entry
from thedeal.lib import logins
from thedeal.lib.errors import NotAllowedError, TooManyError
from thedeal.partners.models import Team
from thedeal.residents import reach
from thedeal.residents.actions import alongside, beyond, people
from thedeal.residents.models import Person
from thedeal.residents.selectors import people as reading
from thedeal.residents.states import WhyEnded


def names(found):
    return [each.person.called for each in found]


@pytest.fixture
def others(cast, team, joan):
    """Give three more of the team's people, one of them Tom's."""
    bill = people.meet(team=team, by=cast.amina, called="Bill", full_name="Bill Platt")
    ken = people.meet(team=team, by=cast.tom, called="Ken", full_name="Ken Peet")
    nobody = people.meet(team=team, by=cast.tom, is_anonymous=True)
    return bill, ken, nobody


@pytest.fixture
def hindleys(cast):
    """Give somebody whom only the other team knows."""
    hindley = Team.objects.get(organisation__slug="council", name="Hindley & Abram")
    return people.meet(
        team=hindley, by=cast.jo, full_name="Edith Fairhurst", postcode="WN2 4AA"
    )


def test_mine_and_the_teams(cast, team, joan, others, django_assert_num_queries):
    with django_assert_num_queries(3):
        mine = list(reading.mine(cast.amina))
        assert [tie.worker for p in mine for tie in p.alongside.all()] == [
            cast.amina,
            cast.amina,
        ]
    assert [p.called for p in mine] == ["Bill", "Joan"]
    assert reading.teams_people(cast.amina, team).count() == 4
    assert not reading.teams_people(cast.jo, team).exists()
    assert [t.worker for t in reading.who_is_alongside(joan)] == [cast.amina]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jaon", ["Joan"]),
        ("critchly joan", ["Joan"]),
        ("william", ["Bill"]),
        ("wn7 1ab", ["Joan"]),
        ("01942244991", ["Joan"]),
        ("+44 1942 244 991", ["Joan"]),
        ("peet", ["Ken"]),
        ("edith", []),
        ("  ", []),
    ],
)
def test_found_by_the_team(cast, joan, others, hindleys, typed, found):
    for worker in (cast.amina, cast.tom):
        assert names(reading.find(worker, typed)) == found


def test_nobody_elses_people_are_found(cast, joan):
    for stranger in (cast.jo, cast.lewis, cast.ruth, cast.wilma, cast.joan):
        assert reading.find(stranger, "joan") == []
        with pytest.raises(Person.DoesNotExist):
            people.open_page(joan.pk, by=stranger)


def test_a_page_that_is_opened_is_a_look_that_the_person_can_read(cast, joan):
    assert people.open_page(joan.pk, by=cast.tom, reason="huddle") == joan
    look = Entry.objects.get(kind=Entry.Kind.LOOK)
    assert (look.actor_id, look.person_id) == (cast.tom.pk, joan.pk)
    assert look.reason == "huddle"


def test_a_likely_double_is_shown_first(cast, team, joan, others):
    assert names(reading.likely_doubles(cast.tom, names="Joan Crichley")) == ["Joan"]
    assert names(reading.likely_doubles(cast.tom, names="Joan")) == ["Joan"]
    elsewhere = reading.likely_doubles(
        cast.tom, names="Joan Critchley", postcode="WN1 1AA"
    )
    assert elsewhere == []
    phone = reading.likely_doubles(cast.tom, names="Mavis", phone="01942 244991")
    assert names(phone) == ["Joan"]
    assert reading.likely_doubles(cast.tom, names="") == []


def test_beyond_the_team_the_answer_is_maybe_and_is_noted(cast, team, hindleys):
    logins.identify(cast.amina.pk)
    asked = {"team": team, "by": cast.amina}
    assert beyond.may_be_known(names="Edith Fairhust", **asked)
    assert beyond.may_be_known(names="Edie Fairhurst", **asked)
    assert not beyond.may_be_known(names="Edith Fairhurst", postcode="WN7 1AB", **asked)
    assert not beyond.may_be_known(names="Mavis Crank", **asked)
    assert not beyond.may_be_known(names="", **asked)
    noted = Entry.objects.filter(action="residents.asked_beyond")
    assert [e.detail["answer"] for e in noted] == ["maybe", "maybe", "no", "no", "no"]
    assert not any("Edith" in str(vars(e)) for e in noted)


def test_nobody_asks_for_another_team_or_all_day(cast, team, monkeypatch):
    with pytest.raises(NotAllowedError):
        beyond.may_be_known(names="Edith", team=team, by=cast.jo)
    monkeypatch.setattr(beyond, "MOST_AN_HOUR", 1)
    beyond.may_be_known(names="Edith", team=team, by=cast.amina)
    with pytest.raises(TooManyError):
        beyond.may_be_known(names="Edith", team=team, by=cast.amina)


def test_whose_record_was_closed_is_not_found(cast, team, joan, others):
    bill, ken, _ = others
    bill.forgotten_at = timezone.now()
    bill.save()
    Person.objects.filter(pk=ken.pk).update(merged_into=joan)
    assert reading.find(cast.amina, "bill") == []
    assert reading.find(cast.amina, "ken") == []
    alongside.end(joan.alongside.get(), why=WhyEnded.SETTLED, by=cast.amina)
    assert reading.find(cast.amina, "joan") == []
    assert not reach.in_reach(cast.amina).filter(pk=joan.pk).exists()
