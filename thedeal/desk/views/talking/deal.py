"""The deal on the desk: two columns, shown on a turned-round screen, agreed by them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.deals.actions import agreeing, sending
from thedeal.deals.actions import deals as acting
from thedeal.deals.models import Conversation, Deal, DealVersion, Promise
from thedeal.deals.on_paper import deal_pdf
from thedeal.deals.reaching import way_to
from thedeal.deals.selectors import deals, owners
from thedeal.deals.selectors import fitting as fits
from thedeal.deals.states import DealState, PromiseState, Side
from thedeal.desk.forms.talking import MarkForm, PromiseForm, a_fortnight_from_now
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside, note_look
from thedeal.desk.views.talking.doors import hrefs
from thedeal.desk.views.talking.promising import as_drawn
from thedeal.desk.views.talking.reached import MAY_TALK, team_beside
from thedeal.lib.wording import date, day
from thedeal.messages.models import Channel

BOTH = ["GET", "HEAD", "POST"]
WAYS = {"": "", Channel.TEXT.value: "text", Channel.EMAIL.value: "email"}
# what may be promised about something that was kept; nobody need
IDEAS = (
    (Side.OURS.value, "Introduce you to {activity}"),
    (Side.OURS.value, "Come with you to {activity} the first time"),
    (Side.YOURS.value, "Go to {activity} twice, and see"),
)


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
    found = one(request, pk)
    note_look(request, found)
    workers = owners.who_works_in(found.team, but=request.user.pk)
    form = PromiseForm(request.POST or None, workers=workers)
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
    found = one(request, pk)
    acting.show(found, by=request.user)
    return redirect("desk:deal_agree", pk)


@MAY_TALK
@require_http_methods(BOTH)
def agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the person read the deal and make their mark, or say yes before a witness."""
    found = one(request, pk)
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
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the deal to the person: a copy, or with a link that is theirs to agree by."""
    found = one(request, pk)
    version = acting.show(found, by=request.user)
    sending.send(version, by=request.user)
    what = "A copy is" if version.agreed_at else "It is"
    messages.success(request, f"{what} on its way to {found.person.name}.")
    return redirect("desk:deal", pk)


@MAY_TALK
@require_safe
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a version that was shown, the newest if none is named, on one sheet."""
    found = one(request, pk)
    version = _version(found, request.GET.get("version", ""))
    pdf = deal_pdf(version, is_demo=settings.DEMO, is_large="large" in request.GET)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="our-deal.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def one(request: HttpRequest, pk: UUID) -> Deal:
    """Give a deal in reach, or answer 404."""
    with absent_is_404():
        return deals.one(request.user, pk)


def _version(found: Deal, number: str) -> DealVersion:
    rows = found.versions.all()
    if number:
        rows = rows.filter(number=int(number) if number.isdecimal() else 0)
    if (version := rows.first()) is None:
        raise Http404
    return version


def _yes(version: Any, said: dict[str, str], *, by: Any) -> Any:
    if said["witness"]:
        return agreeing.read_aloud(version, witness=said["witness"], by=by)
    return agreeing.on_screen(version, their_mark=said["their_mark"], by=by)


def _draw(request: HttpRequest, found: Deal, form: PromiseForm) -> HttpResponse:
    both = deals.columns_of(found)
    standing = [row for row in (*both.ours, *both.yours) if stands(row)]
    sides = {row.side for row in standing}
    return page(
        request,
        "desk/talking/deal.html",
        section=SECTION,
        status=400 if form.errors else 200,
        deal=found,
        person=found.person,
        ours=[_row(promise) for promise in both.ours],
        yours=[_row(promise) for promise in both.yours],
        version=both.shown,
        versions=[_shown(each) for each in found.versions.all()],
        law=hrefs(found.person),
        needs_a_yes=both.needs_a_yes,
        state=found.state,
        may_show=len(sides) == len(Side),
        way=WAYS[way_to(found.person)[0]],
        ideas=_ideas(found, standing),
        colleagues=_colleagues(form),
        form=form,
        sides=[(Side.OURS.value, "Our part"), (Side.YOURS.value, "Their part")],
        first_day=a_fortnight_from_now(),
    )


def _colleagues(form: PromiseForm) -> list[dict[str, Any]]:
    """Give whose promise of ours it may be: the worker's own first, then the team's."""
    chosen = form.data.get("owner", "")
    others = [
        {"value": str(user.pk), "text": str(user), "selected": str(user.pk) == chosen}
        for user in form.fields["owner"].queryset  # type: ignore[attr-defined] # Django's way
    ]
    return [{"value": "", "text": "Me"}, *others] if others else []


def stands(promise: Promise) -> bool:
    """Say whether a promise is part of the deal still: open, or kept."""
    return promise.state != PromiseState.LET_GO.value


def _ideas(found: Deal, standing: list[Promise]) -> dict[str, list[str]]:
    """Give promises that follow from what was kept, by side, to take with one press."""
    said = {row.what for row in standing}
    ideas: dict[str, list[str]] = {side.value: [] for side in Side}
    for fit in fits.standing(found.person).kept:
        for side, words in IDEAS:
            what = words.format(activity=fit.activity.name)
            if what not in said:
                ideas[side].append(what)
    return ideas


def _shown(version: DealVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "on": day(version.created_at),
        "agreed_on": day(version.agreed_at) if version.agreed_at else "",
    }


def _row(promise: Promise) -> dict[str, Any]:
    """Give a promise as its column shows it; where it is open, with a way to its page."""
    drawn = as_drawn(promise)
    if promise.state == PromiseState.OPEN.value:
        drawn["href"] = reverse(
            "desk:promise_outcome", args=[promise.deal_id, promise.pk]
        )
    return drawn


def _line(line: Any) -> dict[str, Any]:
    return {"text": line.what, "who": line.who, "due": f"by {date(line.by_when)}"}
