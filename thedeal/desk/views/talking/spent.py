"""Small sums that were spent without asking: every line, for everybody who works here."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from thedeal.deals import days
from thedeal.deals.models import SmallSpend
from thedeal.deals.selectors import desk
from thedeal.desk import permissions
from thedeal.desk.views.drawing import authority_of, page
from thedeal.lib.wording import pounds

ON_A_PAGE = 50


@permissions.staff_only
@require_safe
def spent(request: HttpRequest) -> HttpResponse:
    """Show each line, newest first, with what it comes to this month and in all."""
    rows = desk.small_spends(request.user)
    month = timezone.localdate().replace(day=1)
    authority = authority_of(request)
    limit = days.number(
        "small_spend_limit_pence", authority_id=authority.pk if authority else None
    )
    return page(
        request,
        "desk/spent.html",
        section="spent",
        page=Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        limit=pounds(limit / 100),
        this_month=_sum(rows.filter(spent_on__gte=month)),
        in_all=_sum(rows),
    )


def _sum(rows: QuerySet[SmallSpend]) -> dict[str, Any]:
    found = rows.order_by().aggregate(pence=Sum("pence"))["pence"] or 0
    return {"pounds": pounds(found / 100), "times": rows.count()}
