"""A group takes its listing into its own hands: it asks here, a code does the rest.

The page says the same whatever stands on the listing: nobody learns from it whose
address we know.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from thedeal.audit.actions import limits
from thedeal.community.actions import claims
from thedeal.community.models import Group
from thedeal.community.states import SHOWN
from thedeal.lib.errors import UserFacingError

FROM_ONE_PLACE, FOR_ONE_GROUP, SECONDS = 10, 5, 3600


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who claims a listing; the letters go out by a job within minutes."""
    group = Group.objects.filter(slug=slug, state__in=SHOWN).first()
    if group is None:
        raise Http404
    shown = {"group": group, "typed": request.POST, "problem": "", "asked": False}
    if request.method != "POST":
        return render(request, "public/claim.html", shown)
    where = request.META.get("REMOTE_ADDR", "")
    limits.hit("claim", where, most=FROM_ONE_PLACE, seconds=SECONDS)
    limits.hit("claim", str(group.pk), most=FOR_ONE_GROUP, seconds=SECONDS)
    try:
        claims.ask(
            group=group,
            name=request.POST.get("your-name", ""),
            email=request.POST.get("your-email", ""),
            role=request.POST.get("role", ""),
        )
    except UserFacingError as error:
        shown["problem"] = error.sentence
        return render(request, "public/claim.html", shown, status=400)
    return render(request, "public/claim.html", {**shown, "asked": True})
