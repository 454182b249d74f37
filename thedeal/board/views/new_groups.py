"""Groups that should be there: where, when, about what, and what came of each.

Counts of people are told through disclosure control; nobody's name is on any page here.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.board import selectors
from thedeal.board.forms.new_groups import CameOfForm
from thedeal.board.views.money import as_csv
from thedeal.deals import permissions as deals
from thedeal.deals.actions import planning
from thedeal.deals.models import NewGroup
from thedeal.lib.errors import UserFacingError
from thedeal.money import permissions as money
from thedeal.partners.models import Authority
from thedeal.publishing import selectors as published
from thedeal.publishing.new_groups import NOT_DECIDED, Told


@login_required
@require_safe
def new_groups(request: HttpRequest) -> HttpResponse:
    """Show those that wait by neighbourhood, and what came of the others."""
    authority = _authority(request)
    found = published.new_groups(authority.pk)
    names = selectors.neighbourhood_names(authority)
    waiting: dict[str, list[Told]] = {}
    for told in found:
        if told.state in NOT_DECIDED:
            waiting.setdefault(_where(told, names), []).append(told)
    return _draw(
        request,
        authority,
        "board/new_groups.html",
        waiting=dict(sorted(waiting.items())),
        came=[told for told in found if told.state not in NOT_DECIDED],
        plan=published.newest_plan(authority.pk),
        may_say=deals.can_say_what_came(request.user, authority.pk),
    )


@login_required
@require_safe
def new_groups_csv(request: HttpRequest) -> HttpResponse:
    """Give the same as a file."""
    authority = _authority(request)
    names = selectors.neighbourhood_names(authority)
    head = (
        *("neighbourhood", "hub", "interest", "when", "first on", "to ask"),
        *("asked", "would come", "state", "why"),
    )
    rows = (
        (
            _where(told, names),
            *(told.place, told.interest, told.when, told.first_on.isoformat()),
            *(told.to_ask, told.asked, told.said_yes, told.state, told.why),
        )
        for told in published.new_groups(authority.pk)
    )
    return as_csv("groups-to-begin", head, rows)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what came of one."""
    authority = _authority(request)
    deals.check_can_say_what_came(request.user, authority.pk)
    found = get_object_or_404(
        NewGroup, pk=pk, authority=authority, state__in=NOT_DECIDED
    )
    form = CameOfForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            planning.came_of(
                found,
                started=said["started"] == "yes",
                why=said["why"],
                by=request.user,
            )
        except UserFacingError as error:
            form.add_error("why", error.sentence)
        else:
            messages.success(request, "Written down. It stays with what was proposed.")
            return redirect("board:new_groups")
    told = published.new_group_told(found)
    return _draw(request, authority, "board/new_group.html", form=form, told=told)


def _where(told: Told, names: dict[UUID, str]) -> str:
    known = told.neighbourhood_id
    return names.get(known, "") if known else "In no neighbourhood"


def _authority(request: HttpRequest) -> Authority:
    authority = selectors.authority_of(request.user)
    deals.check_sees_board(request.user, authority.pk)
    return authority


def _draw(
    request: HttpRequest, authority: Authority, template: str, **context: Any
) -> HttpResponse:
    context["authority_id"] = authority.pk
    context["sees_money"] = money.can_see(request.user, authority)
    return render(request, template, context)
