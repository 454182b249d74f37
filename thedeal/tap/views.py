"""Opens a one-tap link: looking changes nothing, choosing does, once.

Mail scanners follow links, so a GET only shows; the choice is a POST. Nobody is
signed in: the link lets through to one person's rows and no further.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from thedeal.audit.actions import limits
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.messages.actions import taps

TRIES, SECONDS = 60, 600


@require_http_methods(["GET", "POST"])
def tapped(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link is for, or do what was chosen and say thank you."""
    limits.hit("tap", request.META.get("REMOTE_ADDR", ""), most=TRIES, seconds=SECONDS)
    try:
        link, purpose = taps.find(token)
        logins.speak_for(link.person_id)
        if request.method == "POST":
            return _answer(request, token)
        shown = {**purpose.show(link), "token": token}
    except UserFacingError as error:
        return _sorry(request, error)
    return render(request, purpose.template, shown)


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    typed = {k: str(v) for k, v in request.POST.items() if k != "csrfmiddlewaretoken"}
    choice = typed.pop("choice", "")
    try:
        _, purpose = taps.find(token)
        thanks = taps.follow(token, choice=choice, typed=typed)
    except UserFacingError as error:
        return _again(request, token, typed, error)
    shown = {"thanks": thanks, "may_change": purpose.may_change}
    return render(request, "tap/thanks.html", shown)


def _again(
    request: HttpRequest, token: str, typed: dict[str, str], error: UserFacingError
) -> HttpResponse:
    """Show the page with all that was typed, to be put right, where there is one."""
    link, purpose = taps.find(token)
    if purpose.again is None:
        return _sorry(request, error)
    shown = {**purpose.again(link, typed), "problem": error.sentence}
    return render(request, purpose.template, shown, status=400)


def _sorry(request: HttpRequest, error: UserFacingError) -> HttpResponse:
    is_answer = request.method == "POST"
    shown = {
        "heading": "We could not take that" if is_answer else "Nothing to open here",
        "sentence": error.sentence,
    }
    return render(request, "tap/sorry.html", shown, status=400 if is_answer else 404)
