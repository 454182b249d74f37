"""A worker who leaves: all whom they are alongside, handed over in one screen."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from thedeal.accounts.models import User
from thedeal.accounts.roles import Permission
from thedeal.deals.actions import handing_over
from thedeal.deals.selectors import owners as owed
from thedeal.desk import permissions
from thedeal.desk.forms.people import HandOver
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.desk.views.people.finding import SECTION, teams_of
from thedeal.lib.wording import listed, plural
from thedeal.partners.models import Team
from thedeal.residents.selectors import owners


@permissions.needs(Permission.CHANGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, pk: UUID, worker: UUID) -> HttpResponse:
    """Hand all that a worker is alongside in a team to another, in one step."""
    with absent_is_404():
        team: Team = teams_of(request.user).get(pk=pk)
    found = owed.holding(request.user, team)
    load = next((each for each in found if each.worker.pk == worker), None)
    if load is None:
        raise Http404
    leaver: User = load.worker
    others = owners.workers_of(team).exclude(pk=worker)
    form = HandOver(request.POST or None, workers=others)
    if form.is_valid():
        to = form.cleaned_data["to"]
        moved = tried(
            form,
            lambda: handing_over.everything(
                leaver=leaver, team=team, to=to, by=request.user
            ),
        )
        if moved is not None:
            messages.success(request, f"{to} has all of it now: {_told(moved)}.")
            return redirect("desk:people_team", pk)
    parts = [
        (load.people, "person", "people"),
        (load.things, "thing owed", "things owed"),
    ]
    told = listed(plural(*part) for part in parts if part[0])
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=f"Hand over {told} from {leaver}",
        action="Hand them all over",
        back="desk:people_team",
        back_to=pk,
    )


def _told(moved: dict[str, int]) -> str:
    """Say how much of each kind went over, leaving out what there was none of."""
    parts = [f"{many} {kind.replace('_', '-')}" for kind, many in moved.items() if many]
    return listed(parts) or "there was nothing left to hand over"
