"""The law's doors on the desk: one tap, and it goes to whoever the authority named.

Nothing here may ask for a reason, or stand in the way.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from thedeal.accounts.roles import Permission
from thedeal.deals import prompts
from thedeal.deals.actions import doors
from thedeal.deals.selectors import doors as reading
from thedeal.deals.states import Door
from thedeal.desk import permissions
from thedeal.desk.views.drawing import absent_is_404, doors_of, page
from thedeal.desk.views.people.finding import SECTION
from thedeal.residents import reach
from thedeal.residents.models import Person

SLUGS = {
    "needs": Door.NEEDS,
    "carer": Door.CARER,
    "advocate": Door.ADVOCATE,
    "safeguarding": Door.SAFEGUARDING,
}
TITLES = {
    Door.NEEDS: "Ask for a needs assessment",
    Door.CARER: "Ask for a carer’s assessment",
    Door.ADVOCATE: "Ask for somebody to speak up for them",
    Door.SAFEGUARDING: "Worried somebody is not safe",
}


def hrefs(person: Person) -> dict[str, str]:
    """Give the address of each door of a person, as the component takes them."""
    return doors_of(person.pk)


@permissions.needs(Permission.SEE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, pk: UUID, door: str) -> HttpResponse:
    """Open a door for somebody; the words are theirs to give or leave out."""
    which = SLUGS.get(door)
    if which is None:
        raise Http404
    with absent_is_404():
        person = reach.person(request.user, pk)
    place = reading.places_of(person.authority_id).get(which.value)
    if request.method == "POST":
        row = doors.open_door(person, door=which, by=request.user, **_said(request))
        messages.success(request, _told(place))
        return redirect("desk:door_request", row.pk)
    return page(
        request,
        "desk/talking/door.html",
        section=SECTION,
        person=person,
        title=TITLES[which],
        place=place,
        emergency=prompts.in_an_emergency(person.authority_id),
        number=prompts.number_to_ring(person.authority_id),
        is_urgent=which is Door.SAFEGUARDING,
    )


def _said(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:2000] for name in ("who_asked", "words")}


def _told(place: Any) -> str:
    if place is None:
        return (
            "Asked, and written down. Nobody is named for this yet, so you and the "
            "council’s guardian are told to ring."
        )
    return f"Asked. {place.name} is told now and must say they have it."
