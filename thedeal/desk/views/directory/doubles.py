"""Two listings that may be one group: side by side, joined, parted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.accounts.roles import Permission
from thedeal.community.actions import merging
from thedeal.community.models import Activity, Double, Group, Joining
from thedeal.community.selectors import doubles, finding, telling
from thedeal.community.states import ListingState
from thedeal.desk import permissions
from thedeal.desk.views.directory import doors
from thedeal.desk.views.drawing import absent_is_404, page

SECTION = "directory"
ON_A_PAGE = 20
MOST_TO_CHOOSE = 20


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """Show the pairs that nobody has judged, the likeliest first."""
    rows = doubles.waiting(doors.editing(request).pk)
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "desk/directory/doubles.html",
        section=SECTION,
        shown=shown,
        by_hand=merging.BY_HAND,
    )


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_safe
def pair(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show two listings side by side, with which would stay."""
    found = _found(request, pk)
    stays, goes = _ordered(found, request.GET.get("stays", ""))
    return page(
        request,
        "desk/directory/double.html",
        section=SECTION,
        it=found,
        by_hand=merging.BY_HAND,
        stays=stays,
        goes=goes,
        rows=doubles.beside(stays, goes),
        checked=(telling.checked(stays), telling.checked(goes)),
        does=[_does(stays), _does(goes)],
        bring=_worth_bringing(stays, goes),
    )


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_POST
def judge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Join the two, or say that they are two."""
    found = _found(request, pk)
    if "apart" in request.POST:
        merging.tell_apart(double=found, by=request.user)
        messages.success(request, "They stay two. You will not be asked again.")
        return redirect("desk:doubles")
    if "stays" not in request.POST:
        raise Http404
    stays, goes = _ordered(found, request.POST["stays"])
    chosen = set(request.POST.getlist("bring"))
    bring = [a.pk for a in _does(goes) if str(a.pk) in chosen]
    merging.join(stays=stays, goes=goes, bring=bring, by=request.user)
    messages.success(request, f"One listing now: {stays.name}. It can be undone there.")
    return redirect("desk:listing", stays.pk)


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_POST
def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Part two listings that were joined."""
    with absent_is_404():
        joining = Joining.objects.select_related("stays", "goes", "authority").get(
            pk=pk, authority=doors.editing(request)
        )
    back = merging.part(joining=joining, by=request.user)
    messages.success(request, f"{back.name} is a listing of its own again.")
    return redirect("desk:listing", back.pk)


@permissions.needs(Permission.EDIT_CATALOGUE)
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose the listing that an editor takes for the same group as this one."""
    council = doors.editing(request)
    with absent_is_404():
        group = Group.objects.get(pk=pk, authority=council, state__in=doubles.LOOKED_AT)
    typed = request.GET.get("q", group.name.split()[0]).strip()[:80]
    if request.method == "POST":
        with absent_is_404():
            other = doubles.candidates(group, "").get(pk=_id(request.POST.get("other")))
        double = merging.pair_by_hand(one=group, other=other, by=request.user)
        return redirect(f"{reverse('desk:double', args=[double.pk])}?stays={group.pk}")
    rows = doubles.candidates(group, typed)
    return page(
        request,
        "desk/directory/same.html",
        section=SECTION,
        group=group,
        typed=typed,
        found=rows[:MOST_TO_CHOOSE],
        how_many=rows.count(),
    )


def _id(given: str | None) -> UUID:
    try:
        return UUID(given or "")
    except ValueError:
        raise Http404 from None


def _found(request: HttpRequest, pk: UUID) -> Double:
    with absent_is_404():
        found: Double = doubles.waiting(doors.editing(request).pk).get(pk=pk)
    return found


def _ordered(double: Double, stays: str) -> tuple[Group, Group]:
    """Give the listing that stays and the one that goes.

    Where nobody chose: the claimed one stays, or else the one checked last.
    """
    one, other = double.one, double.other
    if stays in (str(one.pk), str(other.pk)):
        return (one, other) if stays == str(one.pk) else (other, one)
    ordered = sorted((one, other), key=_weight, reverse=True)
    return ordered[0], ordered[1]


def _weight(group: Group) -> tuple[bool, float]:
    at = group.checked_at
    return group.organisation_id is not None, at.timestamp() if at else 0.0


def _does(group: Group) -> list[Activity]:
    rows = group.activities.exclude(state__in=[ListingState.ENDED, ListingState.MERGED])
    return list(finding.with_times(rows.order_by("name", "id")))


def _worth_bringing(stays: Group, goes: Group) -> list[dict[str, Any]]:
    """Give what the one that goes does; ticked where the other does nothing so named."""
    there = {a.name.casefold() for a in _does(stays)}
    return [
        {
            "value": str(a.pk),
            "text": a.name,
            "hint": "; ".join(telling.when(a)),
            "checked": a.name.casefold() not in there,
        }
        for a in _does(goes)
    ]
