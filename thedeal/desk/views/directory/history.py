"""Every version of a listing, what each changed, and any of them brought back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from thedeal.accounts.models import User
from thedeal.accounts.roles import Permission
from thedeal.community import differences
from thedeal.community import permissions as community_permissions
from thedeal.community.actions import listings
from thedeal.community.models import ListingVersion
from thedeal.desk import permissions
from thedeal.desk.views.directory import doors
from thedeal.desk.views.drawing import page

SECTION = "directory"
ON_A_PAGE = 20
ANSWERERS = (Permission.SUGGEST_LISTINGS, Permission.RUN_GROUP)


@permissions.needs(*ANSWERERS)
@require_safe
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show every version, the newest first, with what it changed."""
    group = doors.group(request, pk)
    rows = ListingVersion.objects.filter(group=group).order_by("-number")
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    versions = list(shown.object_list)
    return page(
        request,
        "desk/directory/history.html",
        section=SECTION,
        group=group,
        shown=shown,
        versions=_told(versions),
        last=rows.values_list("number", flat=True).first(),
        may_change=community_permissions.can_change(request.user, group=group),
    )


@permissions.needs(*ANSWERERS)
@require_POST
def restore(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Bring a version back."""
    group = doors.group(request, pk)
    reason = request.POST.get("reason", "")[:300]
    listings.restore(group=group, number=number, by=request.user, reason=reason)
    messages.success(request, f"The listing is as version {number} had it.")
    return redirect("desk:listing_history", pk)


def _told(versions: list[ListingVersion]) -> list[dict[str, Any]]:
    """Give each version with who made it and what differs from the one before."""
    if not versions:
        return []
    group_id, numbers = versions[0].group_id, [v.number - 1 for v in versions]
    rows = ListingVersion.objects.filter(group_id=group_id, number__in=numbers)
    before: dict[int, Any] = dict(rows.values_list("number", "content"))
    ids = {v.by_id for v in versions if v.by_id}
    people = User.objects.filter(pk__in=ids)
    names: dict[Any, str] = dict(people.values_list("pk", "display_name"))
    return [
        {
            "it": version,
            "who": names.get(version.by_id, ""),
            "differences": differences.between(
                before[version.number - 1], version.content
            )
            if version.number - 1 in before
            else None,
        }
        for version in versions
    ]
