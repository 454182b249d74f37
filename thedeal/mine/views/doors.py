"""The law's doors on the person's own page: one tap, no reason asked, never in the way.

A concern about safety is told at once and then not shown here again: somebody may be
looking over their shoulder.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from thedeal.deals import prompts
from thedeal.deals.actions import doors
from thedeal.deals.models import DoorPlace
from thedeal.deals.selectors import doors as reading
from thedeal.deals.states import Door
from thedeal.mine.permissions import for_the_person
from thedeal.mine.views.drawing import DOORS, page
from thedeal.residents.models import Person

TITLES = {
    Door.NEEDS: "Ask for a needs assessment",
    Door.CARER: "Ask for a carer’s assessment",
    Door.ADVOCATE: "Ask for somebody to speak up for you",
    Door.SAFEGUARDING: "Worried somebody is not safe",
}
TOLD = "Asked. {name} is told now and must say they have it."
NOBODY = (
    "Asked, and written down. Nobody is named for this yet, so whoever is alongside you "
    "and the council’s guardian are told to ring."
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_person
def law(request: HttpRequest, person: Person, door: str) -> HttpResponse:
    """Open a door; the words are the person's to give or leave out."""
    which = DOORS.get(door)
    if which is None:
        raise Http404
    place = reading.places_of(person.authority_id).get(which.value)
    if request.method == "POST":
        words = request.POST.get("words", "")[:2000]
        doors.open_door(person, door=which, by=request.user, words=words)
        messages.success(request, _said(place))
        return redirect("mine:home")
    return page(
        request,
        person,
        "mine/law.html",
        title=TITLES[which],
        place=place,
        emergency=prompts.in_an_emergency(person.authority_id),
        number=prompts.number_to_ring(person.authority_id),
    )


def _said(place: DoorPlace | Any) -> str:
    return TOLD.format(name=place.name) if place else NOBODY
