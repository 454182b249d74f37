"""Who may open a page of this face: only the person it is about.

The database says the same (``app_people``, and what is held back from a person's own
page). Whoever has no page of their own is shown the door in, never a refusal.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from thedeal.residents import reach
from thedeal.residents.models import Person

View = Callable[..., HttpResponse]


def has_own_page(user: Any) -> bool:
    """Say whether a user is a person with a page of their own."""
    return own(user) is not None


def own(user: Any) -> Person | None:
    """Give the person that a user is; None for nobody and for everybody else."""
    if not user.is_authenticated:
        return None
    found = reach.own(user).filter(forgotten_at__isnull=True)
    return found.select_related("authority").first()


def for_the_person(view: View) -> View:
    """Give the view the person whose page it is; show anybody else the door in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = own(request.user)
        if person is None:
            return redirect("mine:door")
        return view(request, person, *args, **kwargs)

    return guarded
