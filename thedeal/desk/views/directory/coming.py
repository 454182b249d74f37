"""Who is coming to a group, for whoever runs it: the answers of its letters, signed in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from thedeal.accounts.roles import Permission
from thedeal.community import permissions as community
from thedeal.community.models import Group
from thedeal.deals.actions import coming
from thedeal.deals.models import Introduction
from thedeal.deals.selectors import coming_to
from thedeal.deals.states import Introduced
from thedeal.desk import permissions
from thedeal.desk.views.directory import doors
from thedeal.desk.views.drawing import absent_is_404
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.lib.wording import day

SAYS = {
    "yes": (Introduced.YES, "Thank you. Whoever is with them is told."),
    "full": (Introduced.FULL, "Thank you for telling us. We find something else."),
    "ring me": (Introduced.RING_ME, "Whoever is with them rings you."),
}


def shown(user: Any, group: Group) -> dict[str, Any]:
    """Give who is coming and who would like to, to whoever runs the group."""
    if not community.can_run(user, group=group):
        return {"coming": [], "asking": []}
    return {
        "coming": [_row(r) for r in coming_to.still_here(coming_to.expected(group))],
        "asking": [_row(r) for r in coming_to.still_here(coming_to.asking(group))],
    }


@permissions.needs(Permission.RUN_GROUP)
@require_POST
def answer(request: HttpRequest, pk: UUID, introduction: UUID) -> HttpResponse:
    """Take an answer about one person, or that they came."""
    group, said = doors.group(request, pk), request.POST.get("do", "")
    if said not in {*SAYS, "came"} or not community.can_run(request.user, group=group):
        raise Http404
    with absent_is_404():
        row = Introduction.objects.select_related("group").get(
            pk=introduction, group=group
        )
    try:
        messages.success(request, _answered(request, row, said))
    except NotAllowedError:
        raise
    except UserFacingError as error:
        messages.error(request, error.sentence)
    return redirect("desk:listing", pk)


def _answered(request: HttpRequest, row: Introduction, said: str) -> str:
    if said == "came":
        coming.came(row, by=request.user)
        return "Thank you. That is all we needed."
    state, thanks = SAYS[said]
    coming.answer(row, state=state, by=request.user)
    return thanks


def _row(row: Introduction) -> dict[str, Any]:
    return {
        "pk": row.pk,
        "name": row.first_name,
        "says": row.says,
        "on": day(row.come_on) if row.come_on else "no day said yet",
        "to": row.activity.name if row.activity else "",
    }
