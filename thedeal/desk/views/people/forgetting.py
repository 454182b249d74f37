"""What is due to be forgotten or cleared: looked at, then done, or kept for a reason."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.accounts.roles import Permission
from thedeal.desk import permissions
from thedeal.desk.forms.people import KeepForNow
from thedeal.desk.views.drawing import absent_is_404, page, tried
from thedeal.lib import keeping
from thedeal.residents.actions import clearing, forgetting
from thedeal.residents.models import Clearing, Forgetting
from thedeal.residents.selectors import clearing as kinds
from thedeal.residents.selectors import forgetting as reading

SECTION = "forgetting"
MOST_SHOWN = 100


@permissions.needs(Permission.KEEP_RECORDS)
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """Show what is due, by number and rule, and what was erased of late."""
    proposals = reading.proposals(request.user)
    return page(
        request,
        "desk/people/forgetting.html",
        section=SECTION,
        proposals=[
            {"proposal": each, "rule": reading.title(each.rule)}
            for each in proposals[:MOST_SHOWN]
        ],
        count=proposals.count(),
        done=reading.done(request.user)[:20],
        kinds=_kinds(kinds.proposals(request.user)),
        cleared=_kinds(kinds.done(request.user)[:20]),
    )


@permissions.needs(Permission.KEEP_RECORDS)
@require_POST
def erase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Erase one record for ever, and say what can still be read of it: nothing."""
    proposal = _proposal(request, pk)
    forgetting.erase(proposal, by=request.user)
    messages.success(request, "The record is erased. Nobody can read it any more.")
    return redirect("desk:forgetting")


@permissions.needs(Permission.KEEP_RECORDS)
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep one record for now, with the law or hold that says so."""
    proposal = _proposal(request, pk)
    return _keeping(
        request,
        lambda given: forgetting.keep(proposal, by=request.user, **given),
        heading="Keep this record for now",
    )


@permissions.needs(Permission.KEEP_RECORDS)
@require_POST
def clear(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have the rows of one kind deleted that are over their time."""
    clearing.approve(_kind(request, pk), by=request.user)
    messages.success(request, "They are deleted now. The count below proves it.")
    return redirect("desk:forgetting")


@permissions.needs(Permission.KEEP_RECORDS)
@require_http_methods(["GET", "POST"])
def keep_kind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the rows of one kind for now, with the law or hold that says so."""
    proposal = _kind(request, pk)
    return _keeping(
        request,
        lambda given: clearing.keep(proposal, by=request.user, **given),
        heading=f"Keep for now: {keeping.title(proposal.rule)}",
    )


def _keeping(
    request: HttpRequest, do: Callable[[dict[str, Any]], Any], *, heading: str
) -> HttpResponse:
    form = KeepForNow(request.POST or None)
    if form.is_valid() and tried(form, lambda: do(form.cleaned_data)):
        messages.success(request, "Kept, and it will be looked at again.")
        return redirect("desk:forgetting")
    return page(
        request,
        "desk/ask.html",
        section=SECTION,
        form=form,
        heading=heading,
        action="Keep it",
        back="desk:forgetting",
    )


def _kinds(rows: Iterable[Clearing]) -> list[dict[str, Any]]:
    return [{"row": row, "title": keeping.title(row.rule)} for row in rows]


def _kind(request: HttpRequest, pk: UUID) -> Clearing:
    with absent_is_404():
        found: Clearing = kinds.proposals(request.user).get(pk=pk)
    return found


def _proposal(request: HttpRequest, pk: UUID) -> Forgetting:
    with absent_is_404():
        found: Forgetting = reading.proposals(request.user).get(pk=pk)
    return found
