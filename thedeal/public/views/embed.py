"""The search for other people's websites: the one page of ours that others may frame.

It has no form that changes anything and reads no cookie, so there is nothing in it to
be tricked into pressing; every result opens on our own site.
"""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from thedeal.community.selectors import finding, telling
from thedeal.community.selectors.wanted import Wanted
from thedeal.public import filters

MOST = 8
SNIPPET = (
    '<iframe src="{address}" title="Find something to join near you" width="100%" '
    'height="900" loading="lazy"></iframe>'
)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def search(request: HttpRequest) -> HttpResponse:
    """Search the directory inside another site; "theme" may be fixed by that site."""
    found = finding.find(Wanted.read(request.GET))
    whole = f"{settings.PUBLIC_ADDRESS}{reverse('public:activities')}"
    query = request.GET.urlencode()
    return render(
        request,
        "public/embed_search.html",
        {
            "found": found,
            "cards": [telling.card(row) for row in found.rows[:MOST]],
            "more": max(0, found.total - MOST),
            "whole": f"{whole}?{query}" if query else whole,
            "home": settings.PUBLIC_ADDRESS,
            "place_words": filters.place_words(found),
        },
    )


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """Say how to put the search on another site."""
    address = f"{settings.PUBLIC_ADDRESS}{reverse('public:embed_search')}"
    return render(
        request, "public/embed.html", {"snippet": SNIPPET.format(address=address)}
    )
