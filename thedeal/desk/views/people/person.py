"""One calm page about a person: who they are, what matters, how life is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.accounts.roles import Permission
from thedeal.deals import reaching
from thedeal.deals.selectors import doors
from thedeal.desk import permissions
from thedeal.desk.forms.people import HandOver, NewGoal, Said
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside
from thedeal.desk.views.talking.door_requests import shown
from thedeal.desk.views.talking.doors import hrefs
from thedeal.residents import permissions as residents
from thedeal.residents.about import helps_words
from thedeal.residents.actions import alongside, gifts
from thedeal.residents.actions import people as acting
from thedeal.residents.models import Offer, Person, Strength, Wish
from thedeal.residents.selectors import gifts as bringing
from thedeal.residents.selectors import lives, owners, people, sharing, ties

SAYING: dict[str, Any] = {
    "strength": gifts.say_strength,
    "wish": gifts.say_wish,
    "offer": gifts.say_offer,
}
MODELS: dict[str, Any] = {"strength": Strength, "wish": Wish, "offer": Offer}


@permissions.needs(Permission.SEE_PEOPLE)
@require_safe
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a person, and note that somebody looked."""
    with absent_is_404():
        found = acting.open_page(pk, by=request.user)
    return page(
        request,
        "desk/people/person.html",
        section=SECTION,
        person=found,
        may_change=residents.can_change(request.user, found),
        helps=[helps_words().get(key, key) for key in found.helps],
        messages_go=reaching.said(found),
        alongside=people.who_is_alongside(found),
        relations=ties.relations(found),
        measures=lives.askable(found.authority),
        said=Said(),
        new_goal=NewGoal(auto_id="goal_%s"),
        law=hrefs(found),
        requests=[
            each for row in doors.of_person(found) if (each := shown(row))["waits"]
        ],
        **_what_matters(found),
        **_who_may(found),
    )


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_POST
def say(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down a strength, a wish or an offer that the person said."""
    about = beside(request, pk)
    form = Said(request.POST)
    if form.is_valid():
        what, _, kind = form.cleaned_data["kind"].partition(":")
        SAYING[what](
            about,
            kind=kind,
            words=form.cleaned_data["words"],
            by=request.user,
            is_confirmed=True,
        )
        messages.success(request, "Written down, in their words.")
    else:
        messages.error(request, "Write it in their own words, then keep it.")
    return redirect("desk:person", pk)


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_POST
def settle(request: HttpRequest, pk: UUID, what: str, said: UUID) -> HttpResponse:
    """Confirm with the person what was found in their words, or take it back."""
    about = beside(request, pk)
    model = MODELS.get(what)
    if model is None:
        raise Http404
    with absent_is_404():
        found = model.objects.get(pk=said, person=about)
    if request.POST.get("do") == "withdraw":
        gifts.withdraw(found, by=request.user)
    else:
        gifts.confirm(found, by=request.user)
    return redirect("desk:person", pk)


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand a person over to somebody else of the team that is alongside."""
    about = beside(request, pk)
    tie = people.who_is_alongside(about).first()
    if tie is None:
        raise Http404
    workers = owners.workers_of(tie.team).exclude(pk=tie.worker_id)
    form = HandOver(request.POST or None, workers=workers)
    if form.is_valid():
        to = form.cleaned_data["to"]
        if tried(form, lambda: alongside.hand_over(tie, to=to, by=request.user)):
            messages.success(request, f"{to} is alongside {about.name} now.")
            return redirect("desk:people")
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=f"Hand {about.name} over",
        action="Hand over",
        back="desk:person",
        back_to=pk,
    )


def _what_matters(found: Person) -> dict[str, Any]:
    return {
        "strengths": bringing.strengths(found),
        "wishes": bringing.wishes(found),
        "offers": bringing.offers(found),
        "goals": lives.goals(found),
        "series": lives.series(found),
    }


def _who_may(found: Person) -> dict[str, Any]:
    _, let_in = sharing.who_may_open(found)
    return {"let_in": let_in, "looks": sharing.who_looked(found)[:10]}
