"""Keeps a person's own answers to "how are you?", and their own goals.

Answers are the person's, or there are none: nobody answers for somebody else, every
question may be skipped, and what was answered is never changed afterwards.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.lib import logins
from thedeal.lib.definitions import Entry
from thedeal.lib.errors import UserFacingError
from thedeal.residents import permissions
from thedeal.residents.about import GROWN_UP, age_on
from thedeal.residents.measures import AnswerError, score
from thedeal.residents.models import Goal, GoalRating, Measure, Person
from thedeal.residents.selectors import lives

MOST_GOALS = 3
HIGHEST = 10


@logins.atomic
def answer(
    person: Person,
    *,
    instrument: str,
    answers: Mapping[str, int | str | None],
    is_own_answer: bool,
    by: Any,
    taken_at: dt.datetime | None = None,
) -> Measure | None:
    """Keep what a person answered by themself; None where they skipped it all.

    ``answers`` is by question, blank or absent where it was skipped.
    ``is_own_answer`` says that the person answered, on a screen turned round to them,
    a form or their own phone. Raises UserFacingError where it was somebody else, the
    person is too young for this measure, or an answer is not on its scale.
    """
    permissions.check_own_or_beside(by, person)
    if not is_own_answer:
        raise UserFacingError(
            "Nobody can answer this for somebody else. Leave it blank, or ask the "
            "person another day."
        )
    entry = lives.instrument(instrument, authority=person.authority)
    _check_old_enough(person, minimum_age=entry.value["minimum_age"])
    given = _given(entry, answers)
    if not given:
        return None
    taken = Measure.objects.create(
        authority_id=person.authority_id,
        person=person,
        instrument=instrument,
        taken_at=taken_at or timezone.now(),
        answers=json.dumps(given),
        scores=json.dumps(_figures(instrument, entry, given)),
        asked_by=None if permissions.is_own(by, person) else by,
    )
    _record("residents.measure_answered", taken, by=by, instrument=instrument)
    return taken


@logins.atomic
def say_goal(person: Person, *, words: str, by: Any, rating: int | None = None) -> Goal:
    """Give a new goal in the person's words, with where they are now if they say.

    Raises UserFacingError where three are open already: more is a list, not a life.
    """
    permissions.check_own_or_beside(by, person)
    if not words.strip():
        raise UserFacingError("Write the goal in the person’s own words.")
    if person.goals.filter(ended_at__isnull=True).count() >= MOST_GOALS:
        raise UserFacingError("Three goals are enough at once. End one first.")
    goal = Goal.objects.create(
        authority_id=person.authority_id, person=person, words=words.strip()[:1000]
    )
    _record("residents.goal_said", goal, by=by)
    if rating is not None:
        rate_goal(goal, rating=rating, by=by)
    return goal


@logins.atomic
def rate_goal(
    goal: Goal, *, rating: int, by: Any, rated_at: dt.datetime | None = None
) -> GoalRating:
    """Keep where the person says they are with a goal, 0 to 10: now, or as of then."""
    permissions.check_own_or_beside(by, goal.person)
    if goal.ended_at is not None:
        raise UserFacingError("This goal has ended. Start a new one.")
    if not 0 <= rating <= HIGHEST:
        raise UserFacingError("Choose a whole number from 0 to 10.")
    rated = GoalRating.objects.create(
        authority_id=goal.authority_id,
        goal=goal,
        person=goal.person,
        rating=rating,
        rated_at=rated_at or timezone.now(),
    )
    _record("residents.goal_rated", rated, by=by)
    return rated


@logins.atomic
def end_goal(goal: Goal, *, by: Any) -> Goal:
    """End a goal: reached, or no longer wanted. What was rated stays."""
    permissions.check_own_or_beside(by, goal.person)
    if goal.ended_at is None:
        goal.ended_at, goal.ended_by = timezone.now(), by
        goal.save(update_fields=["ended_at", "ended_by"])
        _record("residents.goal_ended", goal, by=by)
    return goal


def _check_old_enough(person: Person, *, minimum_age: int) -> None:
    if person.born_on is not None:
        young = age_on(timezone.localdate(), born_on=person.born_on) < minimum_age
    else:
        young = person.is_under_18 and minimum_age < GROWN_UP
    if young:
        raise UserFacingError(
            f"These questions are for people of {minimum_age} and over. Leave them out, "
            "or write down the date of birth first."
        )


def _given(
    entry: Entry, answers: Mapping[str, int | str | None]
) -> dict[str, int | str]:
    known = [question["id"] for question in entry.value["questions"]]
    if unknown := set(answers) - set(known):
        raise UserFacingError(f"There is no question called {min(unknown)}.")
    found = {name: answers.get(name) for name in known}
    return {name: value for name, value in found.items() if value not in (None, "")}


def _figures(
    instrument: str, entry: Entry, given: dict[str, int | str]
) -> list[dict[str, Any]]:
    try:
        # a locked one came through lives.instrument, which asks for the registration
        figures = score(instrument, entry.value, given, is_registered=True)
    except AnswerError as error:
        raise UserFacingError(str(error)) from None
    return [asdict(figure) for figure in figures]


def _record(
    action: str, row: Measure | Goal | GoalRating, *, by: Any, **detail: Any
) -> None:
    trail.record(action, by=by, subject=row, person_id=row.person_id, **detail)
