"""The directory: browse and search, one activity, one group.

Reads only what the public login may: never a contact that is not to be shown, never
an exact place that is blurred. What somebody looks for is not kept.
"""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from thedeal.community.actions import unmet
from thedeal.community.models import Group
from thedeal.community.selectors import finding, telling
from thedeal.community.selectors.wanted import Wanted
from thedeal.community.states import SHOWN, ListingState
from thedeal.lib import codes
from thedeal.partners.models import Authority
from thedeal.public import filters
from thedeal.public.views.shortlist import kept, written

MOST_OTHERS = 6
CODE_KEPT_S = 30 * 24 * 60 * 60


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
    found = finding.with_its_group(slug, most=MOST_OTHERS)
    if not found:
        raise Http404
    row, *others = found
    mine = kept(request)
    return render(
        request,
        "public/activity.html",
        {
            **telling.about(row),
            "others": [telling.card(other) for other in others],
            "is_kept": row.pk in mine,
            "code": written([row.pk]),
            "kept": len(mine),
        },
    )


@require_safe
@cache_control(public=True, max_age=CODE_KEPT_S)
def activity_code(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the code that opens an activity's page on a phone: a picture of its own.

    It is of the address alone, so it is the same for ever and asks the database nothing.
    """
    address = f"{settings.PUBLIC_ADDRESS}{reverse('public:activity', args=[slug])}"
    return HttpResponse(codes.qr_image(address), content_type="image/svg+xml")


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
            "safeguarding": telling.safeguarding(found),
            "address": telling.address(found),
            "mine": {str(pk) for pk in mine},
            "kept": len(mine),
        },
    )


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
