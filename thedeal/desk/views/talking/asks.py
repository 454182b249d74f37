"""Somebody would like to talk: one page that the whole team sees, with its clock.

Whoever can takes it, or hands it on; it ends with a conversation, or with a talk that
was enough. It never closes by itself.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from thedeal.deals.actions import asks
from thedeal.deals.models import AskToTalk
from thedeal.deals.selectors import desk, owners
from thedeal.desk.forms.asks import HandAsk, KnownAlready
from thedeal.desk.views.drawing import absent_is_404, page
from thedeal.desk.views.talking.reached import MAY_TALK, team_beside
from thedeal.lib.errors import UserFacingError
from thedeal.residents.selectors import people

SECTION = "home"


@MAY_TALK
@require_safe
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what somebody asked, how long they have waited, and who has it."""
    found = ask_of(request, pk)
    return page(
        request,
        "desk/talking/ask.html",
        section=SECTION,
        ask=found,
        whom=found.get_for_whom_display(),
        is_late=is_late(found),
        is_mine=found.owner_id == request.user.pk,
        hand=HandAsk(workers=_colleagues(found)),
        known=KnownAlready(people=people.mine(request.user)),
    )


@MAY_TALK
@require_POST
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Own it; where a colleague was quicker, say who."""
    found = ask_of(request, pk)
    try:
        asks.take(found, by=request.user)
    except UserFacingError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, "It is yours. They wait to hear from you.")
    return redirect("desk:ask", pk)


@MAY_TALK
@require_POST
def hand(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give it to a colleague."""
    found = ask_of(request, pk)
    form = HandAsk(request.POST, workers=_colleagues(found))
    to = _chosen(form, "to")
    asks.hand(found, to=to, by=request.user)
    messages.success(request, f"{to} has it now, and is told.")
    return redirect("desk:home")


@MAY_TALK
@require_POST
def talked(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on with somebody we know, in a conversation; or say that a talk was enough."""
    found = ask_of(request, pk)
    if not request.POST.get("person"):
        asks.answer(found, by=request.user)
        messages.success(request, "Written down. They were not turned away.")
        return redirect("desk:home")
    mine = {str(person.pk): person for person in people.mine(request.user)}
    form = KnownAlready(request.POST, people=mine.values())
    person = mine[_chosen(form, "person")]
    team = team_beside(request, person)
    talk = asks.talk(found, person=person, team=team, by=request.user)
    return redirect("desk:talk", talk.pk)


def ask_of(request: HttpRequest, pk: UUID) -> AskToTalk:
    """Give what waits in the worker's authority; raise Http404 for any other."""
    with absent_is_404():
        found: AskToTalk = desk.asks_waiting(request.user).get(pk=pk)
    return found


def is_late(found: AskToTalk) -> bool:
    """Say whether the clock ran out with nobody to own it."""
    return found.owner_id is None and found.due_by < timezone.now()


def _colleagues(found: AskToTalk) -> Any:
    others = owners.who_may_take(found.authority_id)
    return others.exclude(pk=found.owner_id) if found.owner_id else others


def _chosen(form: forms.Form, name: str) -> Any:
    if not form.is_valid():
        raise Http404
    return form.cleaned_data[name]
