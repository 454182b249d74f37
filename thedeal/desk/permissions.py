"""Who may open a page of the desk; what they may do there is asked by each action.

A stranger gets the same 404 as for a page that is not there.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from thedeal.accounts import roles
from thedeal.accounts.roles import Permission
from thedeal.partners import selectors

View = Callable[..., HttpResponse]


def works_here(user: Any) -> bool:
    """Say whether a user works for an authority today."""
    return any(held.is_staff for held in selectors.held_now(user))


def runs_a_group(user: Any) -> bool:
    """Say whether a user runs a group today."""
    return Permission.RUN_GROUP in held_by(user)


def held_by(user: Any) -> frozenset[Permission]:
    """Give every permission that a user holds today, wherever it is held."""
    found = [roles.get(held.role) for held in selectors.held_now(user)]
    return frozenset().union(*(role.permissions | role.across for role in found))


def signed_in(view: View) -> View:
    """Ask whoever is not signed in to sign in; a piece of a page gets a plain 401.

    A script would put the page for signing in where the piece should be.
    """
    asking = login_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("HX-Request") and not request.user.is_authenticated:
            return HttpResponse(status=401)
        return asking(request, *args, **kwargs)

    return guarded


def staff_only(view: View) -> View:
    """Let in whoever works for an authority; ask everybody else to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not works_here(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(guarded)


def needs(*permissions: Permission) -> Callable[[View], View]:
    """Let in whoever holds any of these somewhere; ``where`` is for the action."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if held_by(request.user).isdisjoint(permissions):
                raise Http404
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return decorate
