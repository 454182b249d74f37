"""Who matters to a person: family, household, carers, and who speaks for them."""

import pytest

from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.residents.actions import people, relations
from thedeal.residents.models import Person, Relation
from thedeal.residents.selectors import ties

Kind = Relation.Kind


@pytest.fixture
def ken(cast, team):
    return people.meet(team=team, by=cast.tom, called="Ken")


def test_somebody_who_is_only_mentioned_gets_no_record(cast, joan):
    relations.say(joan, kind=Kind.FAMILY, words="My daughter Anne.", by=cast.amina)
    assert [t.words for t in ties.relations(joan)] == ["My daughter Anne."]
    assert Person.objects.count() == 1


def test_a_couple_know_of_each_other_on_both_pages(cast, joan, ken):
    tie = relations.say(
        joan, kind=Kind.HOUSEHOLD, words="My husband.", other=ken, by=cast.amina
    )
    assert ties.household(joan) == [ken]
    assert ties.household(ken) == [joan]
    relations.end(tie, by=cast.amina)
    assert ties.household(joan) == ties.household(ken) == []


def test_a_carer_is_a_person_too(cast, joan, ken):
    relations.say(
        joan,
        kind=Kind.CARES_FOR_ME,
        words="Ken, every night.",
        other=ken,
        by=cast.amina,
    )
    ken.refresh_from_db()
    assert ken.is_carer
    assert [t.kind for t in ties.relations(ken)] == [Kind.I_CARE_FOR]
    relations.say(joan, kind=Kind.I_CARE_FOR, words="My sister.", by=cast.amina)
    joan.refresh_from_db()
    assert joan.is_carer


def test_who_speaks_says_with_what_authority_and_about_what(cast, joan):
    speaks = {"kind": Kind.SPEAKS_FOR_ME, "words": "My son Paul.", "by": cast.amina}
    for half in ({}, {"authority_to_speak": "He says so"}, {"speaks_about": "Money"}):
        with pytest.raises(UserFacingError, match="what authority"):
            relations.say(joan, **speaks, **half)
    relations.say(
        joan,
        **speaks,
        authority_to_speak="Lasting power of attorney, registered 2024",
        speaks_about="Money and property, not health",
    )
    assert ties.who_speaks_for(joan).get().speaks_about.startswith("Money")


def test_nobody_else_ties_people(cast, joan, ken):
    with pytest.raises(NotAllowedError):
        relations.say(joan, kind=Kind.FRIEND, words="Ken.", by=cast.jo)
    with pytest.raises(UserFacingError, match="themself"):
        relations.say(joan, kind=Kind.FRIEND, words="Me.", other=joan, by=cast.amina)
    with pytest.raises(UserFacingError, match="Say who"):
        relations.say(joan, kind=Kind.FRIEND, words="", by=cast.amina)
