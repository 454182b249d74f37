"""Where the law's doors lead: the council names who answers each, by day and by night."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.accounts.roles import Permission
from thedeal.deals import days
from thedeal.deals.actions import door_places
from thedeal.deals.models import DoorPlace
from thedeal.deals.selectors import doors as reading
from thedeal.desk import permissions
from thedeal.desk.forms.doors import Place
from thedeal.desk.views.drawing import authority_of, page, tried
from thedeal.desk.views.talking.doors import SLUGS, TITLES
from thedeal.partners.models import Authority

SECTION = "door_places"


@permissions.needs(Permission.CHANGE_ORGANISATIONS)
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Show who answers each door, and which has nobody yet."""
    named = reading.places_of(authority_or_404(request).pk)
    return page(
        request,
        "desk/door_places.html",
        section=SECTION,
        doors=[
            {"slug": slug, "title": TITLES[door], "place": named.get(door.value)}
            for slug, door in SLUGS.items()
        ],
    )


@permissions.needs(Permission.CHANGE_ORGANISATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, door: str) -> HttpResponse:
    """Name who answers one door."""
    which = SLUGS.get(door)
    if which is None:
        raise Http404
    authority = authority_or_404(request)
    form = Place(request.POST or None, initial=_known(authority, which.value))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(
            form,
            lambda: door_places.name(authority, door=which, by=request.user, **given),
        ):
            messages.success(request, f"From now on it goes to {given['name']}.")
            return redirect("desk:door_places")
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        status=400 if form.errors else 200,
        form=form,
        heading=f"Who answers: {which.value}",
        action="Name them",
        back="desk:door_places",
    )


def _known(authority: Authority, door: str) -> dict[str, object]:
    usual = days.number("door_receipt_hours", authority_id=authority.pk)
    now: DoorPlace | None = reading.places_of(authority.pk).get(door)
    if now is None:
        return {"receipt_hours": usual}
    return {name: getattr(now, name) for name in Place.base_fields}


def authority_or_404(request: HttpRequest) -> Authority:
    """Give the authority that whoever asks works in, or answer 404."""
    found = authority_of(request)
    if found is None:
        raise Http404
    return found
