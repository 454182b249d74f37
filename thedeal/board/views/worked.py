"""Did it work? Every question that was asked, its answer, or why there is none."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.board.forms.worked import QuestionForm
from thedeal.board.views.money import money_of
from thedeal.lib.errors import UserFacingError
from thedeal.lib.wording import date
from thedeal.money import permissions, questions_asked
from thedeal.money.actions import questions
from thedeal.money.models import Question
from thedeal.money.questions import MEASURES, sentence
from thedeal.partners.models import Authority
from thedeal.places import selectors as places
from thedeal.residents import benchmarks

NOTHING: dict[str, Any] = {"compared": None, "before_after": None, "reasons": []}


@login_required
@require_safe
def worked(request: HttpRequest) -> HttpResponse:
    """Show every question that was asked, whatever came of it."""
    authority = money_of(request)
    names = _names(authority)
    return render(
        request,
        "board/worked.html",
        {
            "authority_id": authority.pk,
            "questions": [_told(q, names) for q in questions_asked.asked(authority)],
            "may_ask": permissions.can_change(request.user, authority),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a question; what was typed is kept where it cannot be asked."""
    authority = money_of(request)
    permissions.check_can_change(request.user, authority)
    where = [(str(key), name) for key, name in _names(authority).items()]
    form = QuestionForm(request.POST or None, places=where)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {
            "neighbourhood_id": UUID(form.cleaned_data["neighbourhood_id"])
            if form.cleaned_data["neighbourhood_id"]
            else None
        }
        try:
            asked = questions.ask(
                questions.Asked(**given), authority=authority, by=request.user
            )
        except UserFacingError as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "Asked. It is being worked out.")
            return redirect("board:answer", pk=asked.pk)
    return render(
        request, "board/ask.html", {"authority_id": authority.pk, "form": form}
    )


@login_required
@require_safe
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one question and what was found, each time that it was worked out."""
    authority = money_of(request)
    question = get_object_or_404(questions_asked.asked(authority), pk=pk)
    told = _told(question, _names(authority))
    compared = told["figures"]["compared"]
    return render(
        request,
        "board/answered.html",
        {
            "authority_id": authority.pk,
            "question": told,
            "compared": compared,
            "alone": told["figures"]["before_after"],
            "balance_rows": _balance(compared) if compared else [],
            "unit": MEASURES[question.measure].unit,
            "country": benchmarks.newest(MEASURES[question.measure].part),
        },
    )


def _told(question: Question, names: dict[UUID, str]) -> dict[str, Any]:
    answers = list(question.answers.all())
    newest = answers[0] if answers else None
    place = (
        names.get(question.neighbourhood_id, "") if question.neighbourhood_id else ""
    )
    return {
        "row": question,
        "sentence": sentence(
            who=question.who,
            theme=question.theme,
            measure=question.measure,
            place=place,
        ),
        "asked_on": date(question.created_at, year=True),
        "answered_on": date(newest.created_at, year=True) if newest else "",
        "figures": NOTHING | (newest.figures if newest else {}),
    }


def _names(authority: Authority) -> dict[UUID, str]:
    found = places.neighbourhoods(authority_id=authority.pk)
    return {place.pk: place.name for place in found}


def _balance(compared: dict[str, Any]) -> list[list[str]]:
    """Give each trait's difference before and after matching, standard deviations."""
    after = compared["balance_after"]
    return [
        [trait, f"{before:.2f}", f"{after[trait]:.2f}"]
        for trait, before in compared["balance_before"].items()
    ]
