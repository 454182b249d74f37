"""The demo's own pages: sign in as one of the cast, and read what would have been sent.

Only in the demo and only from the machine itself; everywhere else these addresses
lead nowhere.
"""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from thedeal.accounts import landings, permissions, roles
from thedeal.accounts.models import User
from thedeal.demo import cast
from thedeal.demo.actions.cast import user_of
from thedeal.lib import gallery
from thedeal.messages.clients import kept

LETTERS_ON_A_PAGE = 20
View = Callable[..., HttpResponse]


def is_here(request: HttpRequest) -> bool:
    """Say whether the reader sits at this machine, with no proxy in between."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    return host == "localhost" or all(
        _is_loopback(each) for each in (host, request.META.get("REMOTE_ADDR", ""))
    )


def only_in_the_demo(view: View) -> View:
    """Answer 404 unless this is the demo, and the reader sits at it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO or not is_here(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@only_in_the_demo
@require_safe
def stage(request: HttpRequest) -> HttpResponse:
    """Show the cast: whom one may sign in as, with a sentence about each."""
    known = set(User.objects.values_list("email", flat=True))
    groups = [
        {"heading": heading, "players": [_shown(one) for one in players]}
        for heading, players in _grouped()
    ]
    return render(
        request, "demo/stage.html", {"groups": groups, "is_built": _amina() in known}
    )


@only_in_the_demo
@require_POST
def become(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the cast, and go where that person arrives."""
    try:
        user = user_of(key)
    except (KeyError, User.DoesNotExist):
        raise Http404 from None
    get_adapter().logout(request)
    record_authentication(request, user, permissions.DEMO)
    user.backend = settings.AUTHENTICATION_BACKENDS[0]
    get_adapter().login(request, user)
    user_logged_in.send(sender=User, request=request, user=user)
    return redirect(landings.address_for(user))


@only_in_the_demo
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Show every message that would have been sent, newest first."""
    page = Paginator(kept.names(), LETTERS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "demo/letters.html",
        {"page": page, "letters": list(kept.read(list(page.object_list)))},
    )


@only_in_the_demo
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in its states, for whoever builds pages."""
    return render(request, "gallery.html", gallery.context())


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _amina() -> str:
    return cast.player("amina").email


def _grouped() -> list[tuple[str, list[cast.Player]]]:
    places = {one.key: one.name for one in (*cast.COUNCILS, *cast.PARTNERS)}
    found: dict[str, list[cast.Player]] = {}
    for one in cast.CAST:
        heading = places[one.place] if one.place else "Residents"
        found.setdefault(heading, []).append(one)
    return list(found.items())


def _shown(one: cast.Player) -> dict[str, str]:
    title = roles.get(one.role).title if one.role else "Resident"
    return {
        "key": one.key,
        "name": one.name,
        "title": title,
        "sentence": one.sentence,
        "team": one.team,
    }
