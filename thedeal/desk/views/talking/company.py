"""Somebody to go with: two people who both said yes, brought together by a worker.

Neither is told where the other lives, nor how near. Before both have said yes neither
is named to the other; either may end it at any time, and need not say why.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from thedeal.desk.forms.company import FeltWrong, FirstMeeting
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.people.meeting import beside
from thedeal.desk.views.talking.reached import MAY_TALK
from thedeal.desk.views.talking.saving import saves_first
from thedeal.lib.errors import UserFacingError
from thedeal.places import selectors as places
from thedeal.places.models import Venue
from thedeal.residents import reach
from thedeal.residents.actions import offers
from thedeal.residents.models import Offer, OfferChoice
from thedeal.residents.selectors.gifts import first_name


@saves_first
@MAY_TALK
@require_POST
def propose(request: HttpRequest, pk: UUID, offer: UUID) -> HttpResponse:
    """Propose that two people meet; neither is told until the worker has asked."""
    person = beside(request, pk)
    with absent_is_404():
        found = Offer.objects.get(pk=offer, person__in=reach.beside(request.user))
    try:
        choice = offers.propose(found, person=person, by=request.user)
    except UserFacingError as error:
        messages.error(request, error.sentence)
        return redirect("desk:so_far", pk)
    return redirect("desk:company", choice.pk)


@MAY_TALK
@require_safe
def company(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what each has said, and when they meet."""
    return _draw(request, _choice(request, pk))


@MAY_TALK
@require_POST
def said(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what one of them said when they were asked."""
    choice = _choice(request, pk)
    who, says = request.POST.get("who", ""), request.POST.get("says") == "yes"
    answers = {"asker": offers.asker_answers, "offerer": offers.offerer_answers}
    if who not in answers:
        raise Http404
    try:
        answers[who](choice, says=says, by=request.user)
    except UserFacingError as error:
        messages.error(request, error.sentence)
    return redirect("desk:company", pk)


@MAY_TALK
@require_POST
def arrange(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set the first meeting, at a venue, once both have said yes."""
    choice = _choice(request, pk)
    form = FirstMeeting(request.POST, venues=_venues(choice))
    if form.is_valid():
        where = UUID(form.cleaned_data["venue"])
        set_for = form.meets_at()
        arranged = tried(
            form,
            lambda: offers.arrange(
                choice, venue_id=where, meets_at=set_for, by=request.user
            ),
        )
        if arranged is not None:
            messages.success(request, "They meet there. Go with them, if you can.")
            return redirect("desk:company", pk)
    return _draw(request, choice, form=form)


@MAY_TALK
@require_POST
def felt_wrong(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End it because it felt wrong to one of them; the other is not told why."""
    choice = _choice(request, pk)
    offers.felt_wrong(choice, words=request.POST.get("words", ""), by=request.user)
    messages.success(request, "Ended. It is not proposed again, and no reason is told.")
    return redirect("desk:so_far", choice.person_id)


def _choice(request: HttpRequest, pk: UUID) -> OfferChoice:
    """Give a meeting of two people beside this worker; raise Http404 for any other."""
    mine = reach.beside(request.user).values("pk")
    rows = OfferChoice.objects.filter(Q(person__in=mine) & Q(offer__person__in=mine))
    with absent_is_404():
        found: OfferChoice = rows.select_related("person", "offer__person").get(pk=pk)
    return found


def _venues(choice: OfferChoice) -> list[Venue]:
    area_id: Any = choice.person.neighbourhood_id
    area = places.neighbourhoods().filter(pk=area_id).first()
    return list(places.venues_in(area).order_by("name")) if area else []


def _draw(
    request: HttpRequest, choice: OfferChoice, *, form: FirstMeeting | None = None
) -> HttpResponse:
    venues = _venues(choice)
    where = next((v.name for v in venues if v.pk == choice.venue_id), "")
    both = bool(choice.asker_says and choice.offerer_says)
    return page(
        request,
        "desk/talking/company.html",
        section=SECTION,
        status=400 if form is not None else 200,
        choice=choice,
        person=choice.person,
        other=first_name(choice.offer.person),
        first=first_name(choice.person),
        both=both,
        where=where,
        form=form or FirstMeeting(venues=venues),
        wrong=FeltWrong(auto_id="wrong_%s"),
    )
