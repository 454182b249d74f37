"""Who looked at people's records: by number, never a name of the person looked at."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from thedeal.accounts import roles
from thedeal.accounts.models import User
from thedeal.accounts.roles import Permission
from thedeal.audit import selectors
from thedeal.audit.models import Entry
from thedeal.desk import permissions
from thedeal.desk.views.drawing import authority_of, page

DAYS = {"7": "Last 7 days", "30": "Last 30 days", "365": "Last year"}
ON_A_PAGE = 50


@permissions.needs(Permission.SEE_AUDIT)
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Show the looks of some days, of one worker or at one record if asked."""
    authority = authority_of(request)
    if authority is None:
        raise Http404
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("who", "record")}
    days = request.GET.get("days", "7")
    days = days if days in DAYS else "7"
    since = timezone.now() - timedelta(days=int(days))
    found = selectors.looks_in(authority.pk, since=since)
    if asked["who"]:
        people = User.objects.filter(display_name__icontains=asked["who"])
        found = found.filter(actor_id__in=people.values("pk"))
    if asked["record"]:
        found = found.filter(person_id=_record(asked["record"]))
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "desk/looks.html",
        section="looks",
        shown=shown,
        rows=_rows(list(shown.object_list)),
        asked=asked,
        days=days,
        choices=DAYS,
    )


def _record(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)  # nobody's number: nothing is found


def _rows(entries: list[Entry]) -> list[dict[str, Any]]:
    actors = {entry.actor_id for entry in entries if entry.actor_id}
    people = User.objects.filter(pk__in=actors)
    names: dict[Any, str] = dict(people.values_list("pk", "display_name"))
    known = roles.everything()
    return [
        {
            "who": names.get(entry.actor_id, "The system"),
            "role": known[entry.actor_role].title if entry.actor_role in known else "",
            "at": entry.at,
            "record": entry.person_id,
            "reason": entry.reason,
        }
        for entry in entries
    ]
