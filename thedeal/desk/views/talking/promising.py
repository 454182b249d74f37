"""One promise on a page of its own: how it went, said better, let go, or a sorry."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thedeal.deals.actions import deals as acting
from thedeal.deals.models import Deal, Promise
from thedeal.deals.selectors import deals, owners
from thedeal.deals.states import PromiseState, Side
from thedeal.desk.forms.talking import (
    EndForm,
    GiveForm,
    KeptForm,
    LetGoForm,
    RewordForm,
    SorryForm,
    a_fortnight_from_now,
)
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.talking.reached import MAY_TALK
from thedeal.lib.wording import date

BOTH = ["GET", "HEAD", "POST"]
KEPT, SORRY, REWORD, LET_GO, GIVE = "kept", "sorry", "reword", "let go", "give"
DOES: dict[str, tuple[type[forms.Form], Callable[..., Any], str]] = {
    KEPT: (KeptForm, acting.kept, "Written down: it was kept."),
    SORRY: (SorryForm, acting.sorry, "Said. They see the sorry and the new day."),
    REWORD: (
        RewordForm,
        acting.reword,
        "Changed. Look at the deal together once more.",
    ),
    GIVE: (GiveForm, acting.hand_promise_to, "Given. They are told."),
    LET_GO: (LetGoForm, acting.let_go, "Let go. Look at the deal together once more."),
}
STATES = {
    PromiseState.KEPT.value: "kept",
    PromiseState.LET_GO.value: "dropped",
    PromiseState.OPEN.value: "open",
}


@MAY_TALK
@require_http_methods(BOTH)
def outcome(request: HttpRequest, pk: UUID, promise: UUID) -> HttpResponse:
    """Show a promise, and take how it went, better words, a sorry, or its end."""
    with absent_is_404():
        found = deals.one(request.user, pk)
        row = Promise.objects.select_related("person", "owner", "deal__team").get(
            pk=promise, deal=found
        )
    do = request.POST.get("do", "")
    asked = _forms(request, row, do)
    if request.method == "POST":
        if do not in DOES:
            raise Http404
        if _done(asked[do], row, do=do, by=request.user):
            messages.success(request, DOES[do][2])
            return redirect("desk:deal", pk)
    return _draw(request, found, row, asked, do)


@MAY_TALK
@require_http_methods(BOTH)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a deal, with why; what was promised and what became of it stays."""
    with absent_is_404():
        found = deals.one(request.user, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if tried(form, lambda: acting.end(found, by=request.user, why=why) or True):
            messages.success(
                request, "It has ended. Everything in it stays to be read."
            )
            return redirect("desk:so_far", found.person_id)
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        status=400 if form.errors else 200,
        form=form,
        heading=f"End the deal with {found.person.name}",
        action="End it",
        back="desk:deal",
        back_to=pk,
    )


def as_drawn(promise: Promise) -> dict[str, Any]:
    """Give a promise as the two columns show it, a broken one of ours as broken."""
    sorries = list(promise.sorries.all())
    first = date(promise.was_due_first)
    broke = f"We said we would by {first} and did not. " if sorries else ""
    is_open = promise.state == PromiseState.OPEN.value
    return {
        "text": promise.what,
        "who": promise.who,
        "due": f"by {date(promise.by_when)}",
        "note": broke + (sorries[-1].words if sorries else promise.how_it_went),
        "state": "broken" if is_open and promise.is_broken else STATES[promise.state],
    }


def _forms(request: HttpRequest, row: Promise, do: str) -> dict[str, forms.Form]:
    """Give each form of the page; only the one that was sent holds what was typed."""
    first = {
        REWORD: {"what": row.what, "by_when": row.by_when, "who": row.who},
        SORRY: {"new_by_when": a_fortnight_from_now()},
    }
    others = owners.who_works_in(row.deal.team, but=row.owner_id)
    more: dict[str, dict[str, Any]] = {GIVE: {"workers": others}}
    return {
        name: kind(
            request.POST if do == name else None,
            initial=first.get(name),
            auto_id=f"{name.replace(' ', '_')}_%s",
            **more.get(name, {}),
        )
        for name, (kind, _, _) in DOES.items()
    }


def _done(form: forms.Form, row: Promise, *, do: str, by: Any) -> bool:
    if not form.is_valid():
        return False
    act = DOES[do][1]
    return tried(form, lambda: act(row, by=by, **form.cleaned_data)) is not None


def _draw(
    request: HttpRequest,
    found: Deal,
    row: Promise,
    asked: dict[str, forms.Form],
    do: str,
) -> HttpResponse:
    tried_form = asked.get(do)
    is_ours = row.side == Side.OURS.value
    return page(
        request,
        "desk/talking/promise.html",
        section=SECTION,
        status=400 if tried_form and tried_form.errors else 200,
        deal=found,
        person=found.person,
        promise=row,
        drawn=as_drawn(row),
        is_ours=is_ours,
        is_late=is_ours and row.by_when < timezone.localdate(),
        is_open=row.state == PromiseState.OPEN.value,
        may_reword=not row.sorries.all(),
        asked=asked,
        wrong=tried_form if tried_form and tried_form.errors else None,
    )
