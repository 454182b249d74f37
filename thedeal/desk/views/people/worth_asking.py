"""Worth asking: what a plan proposes for the people a worker is alongside, and no more.

Nothing is sent from here. Taking a proposal opens the ordinary introduction, which asks
the person first; leaving it means that it is not proposed again.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from thedeal.deals.actions import planning
from thedeal.deals.models import NewGroup, Proposal
from thedeal.deals.selectors import planning as reading
from thedeal.desk.views.drawing import absent_is_404, page
from thedeal.desk.views.people.finding import SECTION
from thedeal.desk.views.talking.reached import MAY_TALK
from thedeal.lib.errors import UserFacingError
from thedeal.publishing import new_groups

MOST = 40


@MAY_TALK
@require_safe
def worth_asking(request: HttpRequest) -> HttpResponse:
    """Show each proposal that waits for this worker, and each group that could begin."""
    found = list(reading.waiting_for(request.user))
    near = [one for one in found if one.activity is not None]
    return page(
        request,
        "desk/people/worth_asking.html",
        section=SECTION,
        near=[_near(one) for one in near[:MOST]],
        more=max(0, len(near) - MOST),
        groups=_groups(found),
    )


@MAY_TALK
@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a proposal, leave it, or write down what the person said of a new group."""
    with absent_is_404():
        proposal = reading.waiting_for(request.user).get(pk=pk)
    does = request.POST.get("do", "")
    if does not in DOES:
        raise Http404
    try:
        DOES[does](proposal, request.user)
    except UserFacingError as error:
        messages.error(request, error.sentence)
        return redirect("desk:worth_asking")
    if does == "take":
        return redirect("desk:introduce", proposal.person_id, proposal.activity_id)
    messages.success(request, SAID[does].format(name=proposal.person.name))
    return redirect("desk:worth_asking")


DOES: dict[str, Any] = {
    "take": lambda one, user: planning.take(one, by=user),
    "leave": lambda one, user: planning.leave(one, by=user),
    "yes": lambda one, user: planning.they_said(one, yes=True, by=user),
    "no": lambda one, user: planning.they_said(one, yes=False, by=user),
}
SAID = {
    "leave": "Left. It is not proposed to {name} again.",
    "yes": "Written down: {name} would come.",
    "no": "Written down: {name} would rather not.",
}


def _near(one: Proposal) -> dict[str, Any]:
    return {
        "row": one,
        "reasons": one.reasons.splitlines(),
        "cautions": one.cautions.splitlines(),
    }


def _groups(found: list[Proposal]) -> list[dict[str, Any]]:
    """Give each group that could begin, with whom this worker might ask."""
    people: dict[NewGroup, list[Proposal]] = {}
    for one in found:
        if one.new_group is not None:
            people.setdefault(one.new_group, []).append(one)
    return [
        {"row": group, "when": new_groups.when(group.hour), "people": some}
        for group, some in people.items()
    ]
