"""Reads what was asked of "did it work?", and the rows that an answer is made of.

The rows are about people whom whoever asks may not see: only a job gathers them, and
what it keeps is sums of many.
"""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Min, QuerySet

from thedeal.deals.models import DealVersion, Introduction
from thedeal.money import outcomes
from thedeal.money.evaluation.people import People
from thedeal.money.models import Change, Package, Question
from thedeal.money.questions import COST, MEASURES, Who
from thedeal.money.savings import WhyChanged
from thedeal.partners.models import Authority
from thedeal.residents.selectors import lives

Days = Mapping[str, dt.date]


def asked(authority: Authority) -> QuerySet[Question]:
    """Give every question that was asked, newest first, with its answers."""
    found = Question.objects.filter(authority=authority).select_related("by")
    return found.prefetch_related("answers")


def rows(question: Question, *, today: dt.date) -> People:
    """Give the people a question is about, and those they may be compared with."""
    if question.measure == COST:
        return _costs(question, today=today)
    return _answers(question, today=today)


def _costs(question: Question, *, today: dt.date) -> People:
    """Give costs: by the case system's number, by person once they are joined to it."""
    found = Package.objects.filter(authority_id=question.authority_id)
    if question.neighbourhood_id:
        found = found.filter(neighbourhood_id=question.neighbourhood_id)
    packages = list(found)
    changes = _changes(question.authority_id)
    began: Days = outcomes.days_moved(changes)
    if question.who != Who.MOVED:
        began = _by_number(packages, _began(question))
    plain = [package.as_plain() for package in packages]
    gone = outcomes.days_gone(changes)
    return outcomes.costs(plain, _since(began, question.since), gone, today=today)


def _answers(question: Question, *, today: dt.date) -> People:
    measured = MEASURES[question.measure]
    readings, known = [], {}
    for person, point in lives.everybodys(
        question.authority_id, instrument=measured.instrument, part=measured.part
    ):
        if question.neighbourhood_id not in (None, person.neighbourhood_id):
            continue
        key = str(person.merged_into_id or person.pk)
        readings.append(outcomes.Read(person=key, on=point.on, value=point.value))
        known[key] = outcomes.Known(
            since=person.created_at.date(), is_carer=person.is_carer
        )
    began = _since(_began(question), question.since)
    return outcomes.own_answers(readings, known, began, today=today)


def _began(question: Question) -> Days:
    """Give the first day on which each person did what the question is about."""
    authority_id = question.authority_id
    if question.who == Who.MOVED:
        moved = Change.objects.filter(
            authority_id=authority_id,
            why=WhyChanged.COMMUNITY.value,
            before__person__isnull=False,
        )
        return _firsts(moved, person="before__person_id", day="happened_on")
    if question.who == Who.DEALT:
        agreed = DealVersion.objects.filter(
            authority_id=authority_id, agreed_at__isnull=False
        )
        return _firsts(agreed, person="person_id", day="agreed_at__date")
    went = Introduction.objects.filter(
        authority_id=authority_id,
        went_at__isnull=False,
        activity__themes__contains=[question.theme],
    )
    return _firsts(went, person="person_id", day="went_at__date")


def _firsts(found: QuerySet, *, person: str, day: str) -> Days:  # type: ignore[type-arg] # of several models
    pairs = found.values_list(person).annotate(first=Min(day))
    return {str(who): first for who, first in pairs.order_by()}


def _since(began: Days, day: dt.date | None) -> Days:
    return {who: on for who, on in began.items() if day is None or on >= day}


def _by_number(packages: list[Package], began: Days) -> Days:
    """Give the same days under the case system's numbers of the people joined to it."""
    return {
        package.person_reference: began[str(package.person_id)]
        for package in packages
        if str(package.person_id) in began
    }


def _changes(authority_id: UUID) -> list[outcomes.Moved]:
    found = Change.objects.filter(authority_id=authority_id).select_related("before")
    return [
        outcomes.Moved(
            person=changed.before.person_reference,
            why=WhyChanged(changed.why),
            happened_on=changed.happened_on,
        )
        for changed in found
    ]
