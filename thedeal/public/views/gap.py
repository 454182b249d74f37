"""The gap: one number, one picture, one sentence, and what your part does.

Reads published snapshots alone: what is here has been through disclosure control.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.lib import charts
from thedeal.lib.errors import UserFacingError
from thedeal.money import choices, voices_heard
from thedeal.money.actions import voices
from thedeal.public.leaflet import leaflet_pdf
from thedeal.publishing import selectors as published
from thedeal.publishing.selectors import Told

MILLION = 1_000_000


@require_safe
def gap(request: HttpRequest, version: UUID | None = None) -> HttpResponse:
    """Show the gap: the newest telling, or an older one that was kept."""
    told = _told(version)
    before = published.told_before(told)
    return render(
        request,
        "public/gap.html",
        {
            "told": told,
            "chart": _picture(told),
            "rows": [[f["title"], f["shown"]] for f in told.parts()],
            "before": before,
            "since": told.since(before) if before else [],
            "versions": published.versions(told.authority_id),
            "is_newest": version is None,
            "claims": published.history(),
            "said": "said" in request.GET,
        },
    )


@require_safe
def easy_read(request: HttpRequest) -> HttpResponse:
    """Show the gap in short sentences."""
    return render(request, "public/gap_easy_read.html", {"told": _told(None)})


@require_safe
def leaflet(request: HttpRequest) -> HttpResponse:
    """Give the gap on one sheet of paper."""
    pdf = leaflet_pdf(_told(None), is_demo=settings.DEMO)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="the-gap.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def try_it(request: HttpRequest) -> HttpResponse:
    """Let people choose, and see what it would do to the budget and to need."""
    told = _told(None)
    options = [*choices.options(), *voices_heard.offered(told.authority_id)]
    chosen = [o for o in options if o.key in request.POST.getlist("choice")]
    return render(
        request,
        "public/gap_try.html",
        {
            "told": told,
            "choices": [_as_choice(o, is_chosen=o in chosen) for o in options],
            "sum": choices.add_up(chosen) if request.method == "POST" else None,
            "left": told.value("left"),
            "said": "said" in request.GET,
            "answers": voices_heard.answers(told.authority_id)[:20],
        },
    )


@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """Keep an option that a resident adds, for the council to work out."""
    voices.suggest(request.POST.get("words", ""), authority_id=_told(None).authority_id)
    return redirect("/the-gap/try/?said=1")


@require_POST
def understood(request: HttpRequest) -> HttpResponse:
    """Keep whether the page was understood; nothing about who answered."""
    told = _told(None)
    voices.understood(
        version_id=told.version_id,
        authority_id=told.authority_id,
        answers={name: request.POST.get(name, "") for name in voices.QUESTIONS},
    )
    return redirect("/the-gap/?said=1#understood")


@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Keep an address that asks for the quarterly update; a letter will ask it back."""
    voices.subscribe(
        request.POST.get("email", ""), authority_id=_told(None).authority_id
    )
    return redirect("/the-gap/?said=1#subscribe")


def _as_choice(option: choices.Option, *, is_chosen: bool) -> dict[str, Any]:
    return {
        "value": option.key,
        "text": option.title,
        "hint": f"{option.now}. {option.source}.",
        "checked": is_chosen,
    }


def _told(version: UUID | None) -> Told:
    found = published.told(version)
    if found is None and version is not None:
        raise Http404
    if found is None:
        raise UserFacingError(
            "The council has not told its gap yet. Come back soon, or ask it to."
        )
    return found


def _picture(told: Told) -> Any:
    """Draw what was short, what is closed and what is left, in £ million."""
    rows = [
        {"name": figure["title"], "pounds": figure["value"] / MILLION}
        for figure in told.parts()
        if figure["value"]
    ]
    return charts.bars(
        rows, name="name", amount="pounds", unit="£ million a year", in_order=True
    )
