"""How are you? In the person's own answers, and their own goals."""

import datetime as dt
import json

import pytest
from django.db import connection

from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.partners.models import Authority, Words
from thedeal.residents.actions import measures, people
from thedeal.residents.models import Measure, OwnPage
from thedeal.residents.selectors import lives

LIFE = {"satisfaction": 4, "worthwhile": "6", "happy": 5, "anxious": 7}
OFTEN = {"companionship": "Often", "left_out": "Often", "isolated": "Some of the time"}


def ask(person, by, answers=LIFE, *, instrument="ons4", own=True, at=None):
    return measures.answer(
        person,
        instrument=instrument,
        answers=answers,
        is_own_answer=own,
        by=by,
        taken_at=at,
    )


def test_before_and_after_each_figure_on_its_own(cast, joan, clock):
    ask(joan, cast.amina)
    clock.shift(dt.timedelta(weeks=8))
    ask(joan, cast.amina, {**LIFE, "satisfaction": 7, "anxious": ""})
    found = {s.part: s for s in lives.series(joan)}
    assert list(found) == ["satisfaction", "worthwhile", "happy", "anxious"]
    satisfied = found["satisfaction"]
    assert [(p.value, p.band) for p in satisfied.points] == [(4, "low"), (7, "high")]
    assert satisfied.change == 3
    assert (satisfied.low, satisfied.high, satisfied.better) == (0, 10, "high")
    # skipped the second time: one answer, and no change made up from it
    assert len(found["anxious"].points) == 1
    assert found["anxious"].change is None
    assert found["anxious"].points[0].band == "high"


def test_loneliness_adds_up_only_when_all_three_were_answered(cast, joan):
    lonely = {**OFTEN, "lonely": "Some of the time"}
    ask(joan, cast.amina, lonely, instrument="loneliness")
    ask(joan, cast.amina, {"left_out": "Often"}, instrument="loneliness")
    found = {s.part: s for s in lives.series(joan)}
    assert [p.value for p in found["indirect"].points] == [8]
    assert [p.value for p in found["direct"].points] == [4]


def test_nobody_answers_for_somebody_else(cast, joan):
    with pytest.raises(UserFacingError, match="for somebody else"):
        ask(joan, cast.amina, own=False)
    with pytest.raises(NotAllowedError):
        ask(joan, cast.jo)


def test_everything_may_be_skipped(cast, joan):
    assert ask(joan, cast.amina, {}) is None
    assert ask(joan, cast.amina, {"happy": "", "anxious": None}) is None
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"happy": 11}, {"happy": "very"}, {"joyful": 3}, {"happy": -1}]
)
def test_an_answer_that_is_not_on_the_scale_is_asked_again(cast, joan, wrong):
    with pytest.raises(UserFacingError):
        ask(joan, cast.amina, wrong)


def test_under_sixteen_is_not_asked(cast, joan, clock):
    people.change(joan, by=cast.amina, born_on=dt.date(2010, 11, 24))
    with pytest.raises(UserFacingError, match="16 and over"):
        ask(joan, cast.amina)
    clock.shift(dt.timedelta(days=1))
    assert ask(joan, cast.amina)
    people.change(joan, by=cast.amina, born_on=None, is_under_18=True)
    with pytest.raises(UserFacingError, match="16 and over"):
        ask(joan, cast.amina)


def test_answers_are_locked_and_the_worker_who_asked_is_known(cast, joan):
    taken = ask(joan, cast.amina)
    assert taken.asked_by == cast.amina
    assert json.loads(Measure.objects.get().answers) == LIFE
    with connection.cursor() as cursor:
        cursor.execute("select answers, scores from residents_measure")
        assert all(text.startswith("v1:") for text in cursor.fetchone())


def test_the_person_may_answer_on_their_own_page(cast, joan):
    OwnPage.objects.create(authority=joan.authority, person=joan, user=cast.joan)
    assert ask(joan, cast.joan).asked_by is None


def test_a_locked_measure_waits_for_the_councils_registration(cast, joan):
    authority = Authority.objects.get(slug="makerfield")
    keys = [entry.key for entry in lives.askable(authority)]
    assert keys == ["measures/instruments.ons4", "measures/instruments.loneliness"]
    seven = {n: 3 for n in ("one", "two", "three", "four", "five", "six", "seven")}
    with pytest.raises(UserFacingError, match="registered"):
        ask(joan, cast.amina, seven, instrument="swemwbs")
    authority.settings = {"measure_registrations": {"swemwbs": "W-123"}}
    authority.save()
    joan.refresh_from_db()
    with pytest.raises(UserFacingError, match="questions"):
        ask(joan, cast.amina, seven, instrument="swemwbs")
    for name in seven:
        Words.objects.create(
            authority=authority,
            key=f"measures/instruments.swemwbs.{name}",
            text=f"Licensed statement {name}",
            changed_by=cast.nadia,
        )
    ask(joan, cast.amina, seven, instrument="swemwbs")
    assert [p.value for s in lives.series(joan) for p in s.points] == [19.25]
    with pytest.raises(UserFacingError, match="no such"):
        ask(joan, cast.amina, instrument="horoscope")


def test_goals_are_the_persons_own_and_each_is_shown_alone(cast, joan, clock):
    choir = measures.say_goal(joan, words="Sing again", rating=2, by=cast.amina)
    clock.shift(dt.timedelta(weeks=2))
    measures.rate_goal(choir, rating=7, by=cast.amina)
    stairs = measures.say_goal(joan, words="Manage the stairs", by=cast.amina)
    measures.say_goal(joan, words="Sleep", by=cast.amina)
    with pytest.raises(UserFacingError, match="enough"):
        measures.say_goal(joan, words="Dance", by=cast.amina)
    measures.end_goal(stairs, by=cast.amina)
    lines = {line.words: line for line in lives.goals(joan)}
    assert list(lines) == ["Sing again", "Sleep", "Manage the stairs"]
    assert lines["Sing again"].change == 5
    assert [p.value for p in lines["Sing again"].points] == [2, 7]
    assert lines["Sleep"].change is None
    assert not lines["Manage the stairs"].is_open


@pytest.mark.parametrize("rating", [-1, 11])
def test_a_goal_is_rated_from_0_to_10(cast, joan, rating):
    goal = measures.say_goal(joan, words="Sing again", by=cast.amina)
    with pytest.raises(UserFacingError, match="0 to 10"):
        measures.rate_goal(goal, rating=rating, by=cast.amina)


def test_a_goal_that_ended_or_is_blank_is_refused(cast, joan):
    with pytest.raises(UserFacingError, match="own words"):
        measures.say_goal(joan, words=" ", by=cast.amina)
    goal = measures.end_goal(
        measures.say_goal(joan, words="Sing", by=cast.amina), by=cast.amina
    )
    with pytest.raises(UserFacingError, match="ended"):
        measures.rate_goal(goal, rating=3, by=cast.amina)
    with pytest.raises(NotAllowedError):
        measures.end_goal(goal, by=cast.jo)
