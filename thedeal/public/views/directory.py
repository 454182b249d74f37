"""The directory: browse and search, one activity, one group.

Reads only what the public login may: never a contact that is not to be shown, never
an exact place that is blurred. What somebody looks for is not kept.
"""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from thedeal.community.actions import unmet
from thedeal.community.models import Activity, Group
from thedeal.community.selectors import finding, telling
from thedeal.community.selectors.wanted import Wanted
from thedeal.community.states import SHOWN, ListingState
from thedeal.partners.models import Authority
from thedeal.public import filters
from thedeal.public.views.shortlist import kept, written

MOST_OTHERS = 6


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """Browse or search what there is to join."""
    found = finding.find(Wanted.read(request.GET), page=_page(request))
    _note_unmet(found)
    mine = kept(request)
    shown = Paginator(range(found.total), finding.PAGE).get_page(found.page)
    return render(
        request,
        "public/activities.html",
        {
            "found": found,
            "cards": [telling.card(row) for row in found.rows],
            "mine": {str(pk) for pk in mine},
            "shown": shown,
            "kept": len(mine),
            **filters.page(request.GET, found),
        },
    )


@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one activity: when it is, what to expect, whom to ask."""
    row = finding.with_times(
        Activity.objects.filter(slug=slug, state__in=SHOWN)
    ).first()
    if row is None:
        raise Http404
    mine = kept(request)
    return render(
        request,
        "public/activity.html",
        {
            **telling.about(row),
            "others": [telling.card(other) for other in _others(row)],
            "is_kept": row.pk in mine,
            "code": written([row.pk]),
            "kept": len(mine),
        },
    )


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a group with all it does; one that was merged leads to the other."""
    rows = Group.objects.select_related("merged_into", "authority")
    found = rows.filter(slug=slug).first()
    if found is not None and found.state == ListingState.MERGED and found.merged_into:
        return redirect(found.merged_into, permanent=True)
    if found is None or found.state not in SHOWN:
        raise Http404
    does = finding.with_times(
        found.activities.filter(state__in=SHOWN).order_by("name", "id")
    )
    mine = kept(request)
    return render(
        request,
        "public/group.html",
        {
            "group": found,
            "cards": [telling.card(row) for row in does],
            "checked": telling.checked(found),
            "address": telling.address(found),
            "mine": {str(pk) for pk in mine},
            "kept": len(mine),
        },
    )


def _others(row: Activity) -> QuerySet[Activity]:
    rows = row.group.activities.filter(state__in=SHOWN).exclude(pk=row.pk)
    return finding.with_times(rows.order_by("name", "id"))[:MOST_OTHERS]


def _note_unmet(found: finding.Found) -> None:
    """Note the theme of words that were found nowhere, and nothing else of them."""
    if not found.wanted.words or (found.total and not found.is_some):
        return
    authority = Authority.objects.order_by("created_at").first()
    if authority is not None:
        unmet.note(authority=authority, words=found.wanted.words)


def _page(request: HttpRequest) -> int:
    typed = request.GET.get("page", "")
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 1
