"""How are you? On a screen that is turned round; and goals of their own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from thedeal.accounts.roles import Permission
from thedeal.desk import permissions
from thedeal.desk.forms.people import NewGoal
from thedeal.desk.views.drawing import absent_is_404, page
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside
from thedeal.lib.definitions import Entry
from thedeal.lib.errors import UserFacingError
from thedeal.residents.actions import measures
from thedeal.residents.models import Goal
from thedeal.residents.selectors import lives


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def how_are_you(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Ask a measure of the person themself, on a screen turned round to them."""
    about = beside(request, pk)
    entry = lives.instrument(name, authority=about.authority)
    sentence = ""
    if request.method == "POST":
        try:
            taken = measures.answer(
                about,
                instrument=name,
                answers=_answers(entry, request),
                is_own_answer=True,
                by=request.user,
            )
        except UserFacingError as error:
            sentence = error.sentence
        else:
            kept = "Thank you. Your answers are kept." if taken else "That is fine."
            messages.success(request, f"{kept} You can turn the screen back now.")
            return redirect("desk:person", pk)
    return page(
        request,
        "desk/people/how_are_you.html",
        section=SECTION,
        status=400 if sentence else 200,
        person=about,
        entry=entry,
        questions=_questions(entry, request),
        sentence=sentence,
    )


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_POST
def add_goal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down something the person would like to get to."""
    about = beside(request, pk)
    form = NewGoal(request.POST)
    if form.is_valid():
        measures.say_goal(about, by=request.user, **form.cleaned_data)
        messages.success(request, "The goal is written down, in their words.")
    else:
        messages.error(request, "Write the goal, and a number from 0 to 10 if any.")
    return redirect("desk:person", pk)


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_POST
def goal(request: HttpRequest, pk: UUID, goal_id: UUID) -> HttpResponse:
    """Write down where the person is with a goal now, or end it."""
    about = beside(request, pk)
    with absent_is_404():
        found = Goal.objects.get(pk=goal_id, person=about)
    if request.POST.get("do") == "end":
        measures.end_goal(found, by=request.user)
    else:
        typed = request.POST.get("rating", "")
        rating = int(typed) if typed.isascii() and typed.isdigit() else -1
        measures.rate_goal(found, rating=rating, by=request.user)
    return redirect("desk:person", pk)


def _answers(entry: Entry, request: HttpRequest) -> dict[str, int | str | None]:
    return {
        question["id"]: request.POST.get(question["id"], "")
        for question in entry.value["questions"]
    }


def _questions(entry: Entry, request: HttpRequest) -> list[dict[str, Any]]:
    """Give each question with its answers in order, and which was ticked."""
    scale = entry.value.get("scale")
    return [
        {
            "id": question["id"],
            "text": question["text"],
            "is_scale": scale is not None,
            "items": [
                {
                    "value": value,
                    "text": text,
                    "checked": request.POST.get(question["id"]) == str(value),
                }
                for value, text in _choices(entry, question, scale)
            ],
        }
        for question in entry.value["questions"]
    ]


def _choices(
    entry: Entry, question: dict[str, Any], scale: dict[str, Any] | None
) -> list[tuple[Any, str]]:
    if scale is None:
        given = question.get("answers") or entry.value.get("answers") or []
        words = [each[0] if isinstance(each, list) else each for each in given]
        return [(word, word) for word in words]
    numbers = range(scale["from"], scale["to"] + 1)
    ends = {scale["from"]: scale["low"], scale["to"]: scale["high"]}
    return [(n, f"{n} – {ends[n]}" if n in ends else str(n)) for n in numbers]
