"""Anybody may say that a listing is wrong, and be told what was done about it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from thedeal.audit.actions import limits
from thedeal.community.actions import suggestions
from thedeal.community.models import Group
from thedeal.community.states import SHOWN
from thedeal.lib.errors import UserFacingError

TRIES, SECONDS = 20, 600


@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what is wrong with a listing, and keep it for the editors."""
    group = Group.objects.filter(slug=slug, state__in=SHOWN).first()
    if group is None:
        raise Http404
    named = request.POST.get("activity") or request.GET.get("activity", "")
    about = group.activities.filter(slug=named, state__in=SHOWN).first()
    shown = {"group": group, "activity": about, "typed": request.POST, "problem": ""}
    if request.method != "POST":
        return render(request, "public/wrong.html", shown)
    who = request.META.get("REMOTE_ADDR", "")
    limits.hit("wrong", who, most=TRIES, seconds=SECONDS)
    try:
        suggestions.tell_wrong(
            group=group,
            activity=about,
            words=request.POST.get("words", ""),
            name=request.POST.get("your-name", ""),
            email=request.POST.get("your-email", ""),
        )
    except UserFacingError as error:
        shown["problem"] = error.sentence
        return render(request, "public/wrong.html", shown, status=400)
    return redirect(f"{(about or group).get_absolute_url()}?said=1")
