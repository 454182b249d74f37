"""Measures whose owners ask for a registration: locked until the council enters its own."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.accounts.roles import Permission
from thedeal.desk import permissions
from thedeal.desk.forms.partners import Registration
from thedeal.desk.views.drawing import authority_of, page, tried
from thedeal.lib.definitions import Entry
from thedeal.partners.actions import registrations
from thedeal.partners.models import Authority
from thedeal.residents.selectors import lives

SECTION = "measures"
OURS = "registration"


@permissions.needs(Permission.CHANGE_WORDS)
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Show every measure that needs a registration, and whether it is entered."""
    found = lives.locked(_authority(request))
    return page(
        request,
        "desk/measures.html",
        section=SECTION,
        measures=[
            {"name": _name(entry), "entry": entry, "registration": entered}
            for entry, entered in found
        ],
        asked=[e for e in lives.askable(_authority(request)) if not e.value["locked"]],
    )


@permissions.needs(Permission.CHANGE_WORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, name: str) -> HttpResponse:
    """Enter a registration with its statements, or lock the measure again."""
    authority = _authority(request)
    locked = {_name(entry): (entry, own) for entry, own in lives.locked(authority)}
    if name not in locked:
        raise Http404
    entry, entered = locked[name]
    if "lock" in request.POST:
        registrations.end(authority=authority, instrument=name, by=request.user)
        messages.success(request, "Locked. What people answered stays theirs.")
        return redirect("desk:measures")
    form = _form(request, entry, entered)
    if request.method == "POST" and form.is_valid():
        items = dict(form.cleaned_data)
        given = {"registration": items.pop(OURS), "items": items, "by": request.user}
        if tried(form, lambda: _enter(authority, name, **given)):
            messages.success(request, f"{entry.title} may be asked now.")
            return redirect("desk:measures")
    return page(
        request,
        "desk/measure.html",
        section=SECTION,
        status=400 if form.errors else 200,
        form=form,
        entry=entry,
        entered=entered,
        heading=entry.title,
        action="Keep it",
    )


def _form(request: HttpRequest, entry: Entry, entered: str) -> Registration:
    return Registration(
        request.POST or None,
        questions=[question["id"] for question in entry.value["questions"]],
        initial={OURS: entered},
    )


def _enter(authority: Authority, name: str, **given: Any) -> bool:
    registrations.enter(authority=authority, instrument=name, **given)
    return True


def _name(entry: Entry) -> str:
    return entry.key.removeprefix(lives.INSTRUMENTS)


def _authority(request: HttpRequest) -> Authority:
    found = authority_of(request)
    if found is None:
        raise Http404
    return found
