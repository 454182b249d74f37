"""Asks "did it work?", and works the answer out; what was asked is never taken back."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.community.themes import THEMES
from thedeal.lib import logins, queue
from thedeal.lib.errors import UserFacingError
from thedeal.money import permissions, questions_asked
from thedeal.money.evaluation.both_ways import both_ways
from thedeal.money.models import Question, QuestionAnswer
from thedeal.money.questions import MEASURES, Who
from thedeal.partners.models import Authority


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as it is put: ``worthwhile`` in the measure's own unit."""

    who: str
    measure: str
    worthwhile: Decimal
    because: str
    theme: str = ""
    neighbourhood_id: UUID | None = None
    since: dt.date | None = None


@logins.atomic
def ask(put: Asked, *, authority: Authority, by: Any) -> Question:
    """Keep a question and have it worked out by a job.

    Raises UserFacingError where it is not settled enough to be asked.
    """
    permissions.check_can_change(by, authority)
    _check(put)
    question = Question.objects.create(authority=authority, by=by, **vars(put))
    trail.record("money.question_asked", by=by, subject=question)
    queue.defer("money.work_out", question=str(question.pk))
    return question


def _check(put: Asked) -> None:
    if put.worthwhile <= 0:
        raise UserFacingError("Say how large a difference would matter, above nought.")
    if not put.because.strip():
        raise UserFacingError("Say why so much would matter, before you look.")
    if (put.who == Who.JOINED) != bool(put.theme):
        raise UserFacingError(
            "Choose the kind of thing if people began going to one, and only then."
        )
    if put.theme and put.theme not in THEMES:
        raise UserFacingError("Choose a kind of thing from the list.")
    if put.since and put.since > timezone.localdate():
        raise UserFacingError("Nobody has changed yet since a day to come.")


@logins.atomic
def work_out(question: Question) -> QuestionAnswer:
    """Work a question out from what is known today, and keep what was found.

    By a job: it reads people whom whoever asked may not see, and keeps sums of many.
    """
    rows = questions_asked.rows(question, today=timezone.localdate())
    figures = both_ways(
        rows,
        worthwhile=float(question.worthwhile),
        unit=MEASURES[question.measure].unit,
    )
    found = QuestionAnswer.objects.create(
        authority_id=question.authority_id, question=question, figures=figures
    )
    trail.record("money.question_answered", by=None, subject=found)
    return found
