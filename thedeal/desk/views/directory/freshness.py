"""How fresh the directory is, place by place, and whom to ring."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from thedeal.accounts.roles import Permission
from thedeal.community import freshness as ages
from thedeal.community import permissions as community_permissions
from thedeal.community.models import Contact, Group
from thedeal.community.selectors import freshness as fresh
from thedeal.community.selectors import off_the_paths
from thedeal.desk import permissions
from thedeal.desk.views.directory import doors
from thedeal.desk.views.drawing import page
from thedeal.partners.models import Authority

SECTION = "directory"
ON_A_PAGE = 30


@permissions.needs(Permission.SUGGEST_LISTINGS, Permission.SEE_BOARD)
@require_safe
def freshness(request: HttpRequest) -> HttpResponse:
    """Show the share of listings checked lately; to whom may ring, also whom."""
    council = doors.council(request)
    counts = [c for c in fresh.by_neighbourhood(council.pk) if c.shown or c.unverified]
    may_ring = community_permissions.can_answer(request.user, authority=council)
    return page(
        request,
        "desk/directory/freshness.html",
        section=SECTION,
        counts=counts,
        whole=fresh.whole(counts),
        days=fresh.rhythm(council.pk),
        may_ring=may_ring,
        off=off_the_paths.found(council.pk) if may_ring else [],
        **_to_ring(request, council, counts) if may_ring else {},
    )


def _to_ring(
    request: HttpRequest, council: Authority, counts: list[fresh.Fresh]
) -> dict[str, Any]:
    """Give a page of the groups to ring, of one neighbourhood if asked."""
    rows = fresh.to_ring(council.pk)
    known = {str(c.neighbourhood_id): c.name for c in counts if c.neighbourhood_id}
    place = request.GET.get("place", "")
    if place in known:
        there = Group.objects.filter(activities__neighbourhood_id=UUID(place))
        rows = rows.filter(pk__in=there.values("pk"))
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    groups = list(shown.object_list)
    contacts = {c.group_id: c for c in Contact.objects.filter(group__in=groups)}
    return {
        "shown": shown,
        "ring": [
            {"group": g, "contact": contacts.get(g.pk), **_age(g)} for g in groups
        ],
        "place": place,
        "places": known,
    }


def _age(group: Group) -> dict[str, str]:
    if group.checked_at is None:
        return {"heard": "never"}
    days = ages.days_since(group.checked_at, now=timezone.now())
    return {"heard": f"{days} days ago"}
