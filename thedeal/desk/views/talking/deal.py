"""The deal on the desk: two columns, shown on a turned-round screen, agreed by them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.deals.actions import agreeing
from thedeal.deals.actions import deals as acting
from thedeal.deals.models import Conversation, Deal, Promise
from thedeal.deals.on_paper import deal_pdf
from thedeal.deals.selectors import deals
from thedeal.deals.selectors import fitting as fits
from thedeal.deals.states import DealState, PromiseState, Side
from thedeal.desk.forms.talking import (
    MarkForm,
    PromiseForm,
    SorryForm,
    a_fortnight_from_now,
)
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside, note_look
from thedeal.desk.views.talking.doors import hrefs
from thedeal.desk.views.talking.talk import MAY_TALK, team_beside
from thedeal.lib.wording import date

BOTH = ["GET", "HEAD", "POST"]


@MAY_TALK
@require_http_methods(BOTH)
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the deal that is being made with somebody, or begin one."""
    person = beside(request, pk)
    standing = deals.of_person(request.user, person.pk).exclude(
        state=DealState.ENDED.value
    )
    deal = standing.first()
    if deal is None:
        talk = Conversation.objects.filter(person=person).first()
        team = team_beside(request, person)
        deal = acting.start(person, team=team, by=request.user, conversation=talk)
    return redirect("desk:deal", deal.pk)


@MAY_TALK
@require_http_methods(BOTH)
def deal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show both columns, and take one more promise."""
    found = _deal(request, pk)
    note_look(request, found)
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tried(
            form, lambda: acting.promise(found, by=request.user, **form.cleaned_data)
        )
        if made is not None:
            return redirect("desk:deal", pk)
    return _draw(request, found, form)


@MAY_TALK
@require_POST
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the deal as it stands on the turned-round screen."""
    found = _deal(request, pk)
    acting.show(found, by=request.user)
    return redirect("desk:deal_agree", pk)


@MAY_TALK
@require_http_methods(BOTH)
def agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the person read the deal and make their mark, or say yes before a witness."""
    found = _deal(request, pk)
    version = found.versions.first()
    if version is None:
        return redirect("desk:deal", pk)
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        yes = tried(form, lambda: _yes(version, said, by=request.user))
        if yes is not None:
            messages.success(request, f"Agreed. {found.person.name} said yes.")
            return redirect("desk:deal", pk)
    ours, yours = deals.sides_of(version)
    return page(
        request,
        "desk/talking/agree.html",
        section=SECTION,
        deal=found,
        person=found.person,
        version=version,
        ours=[_line(line) for line in ours],
        yours=[_line(line) for line in yours],
        form=form,
    )


@MAY_TALK
@require_POST
def outcome(request: HttpRequest, pk: UUID, promise: UUID) -> HttpResponse:
    """Say how a promise went: kept, let go, or (ours) broken, with a sorry."""
    found = _deal(request, pk)
    with absent_is_404():
        one = Promise.objects.get(pk=promise, deal=found)
    words = request.POST.get("words", "")
    match request.POST.get("do"):
        case "kept":
            acting.kept(one, by=request.user, how_it_went=words)
        case "let go":
            acting.let_go(one, by=request.user, why=words)
        case "sorry":
            form = SorryForm(request.POST)
            if not form.is_valid():
                messages.error(request, "Say sorry in a sentence, and give a new day.")
                return redirect("desk:deal", pk)
            acting.sorry(one, by=request.user, **form.cleaned_data)
        case _:
            raise Http404
    return redirect("desk:deal", pk)


@MAY_TALK
@require_safe
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the newest version that was shown, on one accessible sheet."""
    found = _deal(request, pk)
    version = found.versions.first()
    if version is None:
        raise Http404
    pdf = deal_pdf(version, is_demo=settings.DEMO, is_large="large" in request.GET)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="our-deal.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _yes(version: Any, said: dict[str, str], *, by: Any) -> Any:
    if said["witness"]:
        return agreeing.read_aloud(version, witness=said["witness"], by=by)
    return agreeing.on_screen(version, their_mark=said["their_mark"], by=by)


def _deal(request: HttpRequest, pk: UUID) -> Deal:
    with absent_is_404():
        return deals.one(request.user, pk)


def _draw(request: HttpRequest, found: Deal, form: PromiseForm) -> HttpResponse:
    both = deals.columns_of(found)
    return page(
        request,
        "desk/talking/deal.html",
        section=SECTION,
        status=400 if form.errors else 200,
        deal=found,
        person=found.person,
        ours=[_row(promise) for promise in both.ours],
        yours=[_row(promise) for promise in both.yours],
        open=[
            p for p in (*both.ours, *both.yours) if p.state == PromiseState.OPEN.value
        ],
        version=both.shown,
        law=hrefs(found.person),
        needs_a_yes=both.needs_a_yes,
        is_agreed=found.state == DealState.AGREED.value,
        may_show=bool(both.ours and both.yours),
        kept=fits.standing(found.person).kept,
        form=form,
        sides=[(Side.OURS.value, "Our part"), (Side.YOURS.value, "Their part")],
        first_day=a_fortnight_from_now(),
    )


def _row(promise: Promise) -> dict[str, Any]:
    broken = promise.is_broken
    states = {
        PromiseState.KEPT.value: "kept",
        PromiseState.LET_GO.value: "dropped",
        PromiseState.OPEN.value: "broken" if broken else "open",
    }
    sorries = list(promise.sorries.all())
    said = (
        f"We said we would by {date(promise.was_due_first)} and did not. "
        if sorries
        else ""
    )
    return {
        "text": promise.what,
        "who": promise.who,
        "due": f"by {date(promise.by_when)}",
        "note": said + (sorries[-1].words if sorries else promise.how_it_went),
        "state": states[promise.state],
    }


def _line(line: Any) -> dict[str, Any]:
    return {"text": line.what, "who": line.who, "due": f"by {date(line.by_when)}"}
