"""One request through a law's door: who was told and when, and what was heard since.

Whoever may see the person may write down what they heard. Nothing here shuts a door:
a refusal ends a request only as section 11 of the Care Act 2014 lets it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.accounts.roles import Permission
from thedeal.deals import prompts
from thedeal.deals.actions import doors
from thedeal.deals.models import DoorHappening, LawDoor
from thedeal.deals.selectors import doors as reading
from thedeal.deals.states import Door, DoorState, DoorStep
from thedeal.desk import permissions
from thedeal.desk.forms.doors import Again, Came, Receipt, Refusal
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.talking.doors import TITLES, hrefs
from thedeal.residents.actions import people

STATES = {
    DoorState.ASKED: ("Waits for an answer", "gold"),
    DoorState.RECEIVED: ("Somebody has it", "good"),
    DoorState.DONE: ("Done", "good"),
    DoorState.REFUSED: ("They would rather not", "plain"),
}
STEPS = {
    DoorStep.TOLD: "Told",
    DoorStep.NOBODY_NAMED: "Nobody is named to answer. Told to ring",
    DoorStep.RECEIPT: "They have it",
    DoorStep.CHASED: "Asked again",
    DoorStep.WORKER_TOLD: "No answer. Told to ring",
    DoorStep.REFUSED: "They would rather not",
    DoorStep.ASKED_AGAIN: "Asked for once more",
    DoorStep.DONE: "Done",
}
STANDS = (
    "Written down. The request stands all the same: section 11 of the Care Act lets "
    "nobody end it who may be at risk or cannot decide."
)


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One thing that may be written down of a request, and when."""

    text: str
    form: type[forms.Form]
    do: Callable[[LawDoor, Any, Any], object]
    said: str
    at: frozenset[DoorState]


def _receipt(row: LawDoor, form: Any, by: Any) -> object:
    return doors.receipt(row, by=by, **form.cleaned_data)


def _refuse(row: LawDoor, form: Any, by: Any) -> object:
    return doors.refuse(row, by=by, **form.said())


def _done(row: LawDoor, form: Any, by: Any) -> object:
    return doors.done(row, by=by, **form.cleaned_data)


def _again(row: LawDoor, form: Any, by: Any) -> object:
    return doors.ask_again(row, by=by, **form.cleaned_data)


S = DoorState
HEARD: dict[str, Heard] = {
    "receipt": Heard(
        text="They told me that they have it",
        form=Receipt,
        do=_receipt,
        said="Written down: they have it.",
        at=frozenset({S.ASKED}),
    ),
    "done": Heard(
        text="Write down what came of it",
        form=Came,
        do=_done,
        said="Written down.",
        at=frozenset({S.RECEIVED}),
    ),
    "again": Heard(
        text="Ask once more",
        form=Again,
        do=_again,
        said="Asked once more. They are told now.",
        at=frozenset({S.RECEIVED, S.DONE, S.REFUSED}),
    ),
    "refusal": Heard(
        text="They would rather not",
        form=Refusal,
        do=_refuse,
        said="Written down. It ends here, and begins again whenever they ask.",
        at=frozenset({S.ASKED, S.RECEIVED}),
    ),
}


@permissions.needs(Permission.SEE_PEOPLE)
@require_safe
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one request: who was told, when, and what to do now."""
    row = _row(request, pk)
    # no reason: who reads it over the person's shoulder must learn of no request
    people.open_page(row.person_id, by=request.user)
    return page(
        request,
        "desk/talking/door_request.html",
        section=SECTION,
        person=row.person,
        law=hrefs(row.person),
        place=reading.places_of(row.authority_id).get(row.door),
        emergency=prompts.in_an_emergency(row.authority_id),
        ways=[
            {"what": what, "text": heard.text}
            for what, heard in HEARD.items()
            if DoorState(row.state) in heard.at
        ],
        happenings=[_happening(each) for each in row.happenings.all()],
        **shown(row),
    )


@permissions.needs(Permission.SEE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def heard(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Write down what was heard of a request."""
    row, kind = _row(request, pk), HEARD.get(what)
    if kind is None or DoorState(row.state) not in kind.at:
        raise Http404
    form = kind.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = tried(form, lambda: (kind.do(row, form, request.user),))
        if done is not None:
            stands = what == "refusal" and not done[0]
            messages.success(request, STANDS if stands else kind.said)
            return redirect("desk:door_request", pk)
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        status=400 if form.errors else 200,
        person=row.person,
        form=form,
        heading=f"{kind.text}: {row.door}",
        action="Write it down",
        back="desk:door_request",
        back_to=pk,
    )


def shown(row: LawDoor) -> dict[str, Any]:
    """Give a request as a page draws it: what, how far, and whether it waits."""
    state, colour = STATES[DoorState(row.state)]
    return {
        "row": row,
        "title": TITLES[Door(row.door)],
        "state": state,
        "colour": colour,
        "waits": row.state == DoorState.ASKED.value,
    }


def _happening(row: DoorHappening) -> dict[str, Any]:
    who = str(row.by) if row.by else ""
    return {
        "at": row.created_at,
        "text": STEPS[DoorStep(row.step)],
        "who": row.who,
        "words": row.words,
        "by": who,
    }


def _row(request: HttpRequest, pk: UUID) -> LawDoor:
    with absent_is_404():
        return reading.request(request.user, pk)
