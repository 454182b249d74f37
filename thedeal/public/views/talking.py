"""A door in without a worker: two fields, a number beside them, and what happens next.

Runs on the public login: it may add what was asked and never read it back. What was
typed is in no address and no log; the page after it shows only the clock.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from thedeal.audit.actions import limits
from thedeal.deals.actions import asks
from thedeal.deals.models import AskToTalk
from thedeal.lib import definitions, postcodes
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority
from thedeal.places import selectors as places
from thedeal.places.models import Neighbourhood

TRIES, SECONDS = 20, 600
SOON = dt.timedelta(days=14)  # no clock of ours runs longer
WHOM = {
    AskToTalk.For.MYSELF: "Me",
    AskToTalk.For.NEIGHBOUR: "A neighbour or friend, and they know that I ask",
    AskToTalk.For.PATIENT: "A patient or somebody I work with, and they know that I ask",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest) -> HttpResponse:
    """Take in what is on somebody's mind and how to reach them."""
    if request.method != "POST":
        return _draw(request)
    who = request.META.get("REMOTE_ADDR", "")
    limits.hit("talk", who, most=TRIES, seconds=SECONDS)
    try:
        asked = _ask(request)
    except UserFacingError as error:
        return _draw(request, problem=error.sentence)
    until = timezone.localtime(asked.due_by).strftime("%Y-%m-%dT%H:%M")
    return redirect(f"{reverse('public:talk_asked')}?until={until}")


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say that it came, by when somebody has it, and what to do in the meantime."""
    until = _moment(request.GET.get("until", ""))
    shown = {"until": until, **_beside(_only_council())}
    return render(request, "public/asked.html", shown)


def _ask(request: HttpRequest) -> AskToTalk:
    words = request.POST.get("words", "")
    reach = request.POST.get("reach", "")
    whom = _whom(request)
    near = _neighbourhood(request.POST.get("in", ""), words, reach)
    return asks.ask(
        authority=_authority(near),
        words=words,
        how_to_reach=reach,
        neighbourhood_id=near.pk if near else None,
        for_whom=whom,
        # the words of each choice but the first say that they know
        they_know=True,
    )


def _draw(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    near = _named(request.POST.get("in", "") or request.GET.get("in", ""))
    chosen = _whom(request)
    shown = {
        "near": near,
        "typed": request.POST,
        "problem": problem,
        "whom": [
            {"value": value.value, "text": text, "checked": value == chosen}
            for value, text in WHOM.items()
        ],
        **_beside(near.authority_id if near else _only_council()),
    }
    status = 400 if problem else 200
    return render(request, "public/talk.html", shown, status=status)


def _beside(authority_id: UUID | None) -> dict[str, Any]:
    """Give what stands beside the form: a number, its hours, nights, danger."""

    def said(name: str) -> str:
        text = definitions.words(f"words/asks.{name}", authority_id=authority_id)
        return "" if text.strip() == "-" else text

    names = ("phone", "phone_hours", "out_of_hours", "in_danger")
    return {name: said(name) for name in names}


def _whom(request: HttpRequest) -> AskToTalk.For:
    typed = request.POST.get("whom", "")
    known = {each.value: each for each in WHOM}
    return known.get(typed, AskToTalk.For.MYSELF)


def _neighbourhood(slug: str, *typed: str) -> Neighbourhood | None:
    """Give the neighbourhood of a postcode in the text, else the page's they came from."""
    lines = [line for text in typed for line in text.splitlines()]
    for code in filter(None, map(postcodes.inside, lines)):
        found = places.find_postcode(code).neighbourhood
        if found is not None:
            return found
    return _named(slug)


def _named(slug: str) -> Neighbourhood | None:
    return places.neighbourhoods().filter(slug=slug[:80]).first() if slug else None


def _authority(near: Neighbourhood | None) -> Authority:
    if near is not None:
        return Authority.objects.get(pk=near.authority_id)
    first = Authority.objects.order_by("created_at").first()
    if first is None:
        raise UserFacingError("No council answers here yet. Ring yours, please.")
    return first


def _only_council() -> UUID | None:
    return places.only_council()


def _moment(typed: str) -> dt.datetime | None:
    """Read the clock out of our own address; what is not soon was never said by us."""
    try:
        told = dt.datetime.fromisoformat(typed[:16])
    except ValueError:
        return None
    aware = timezone.make_aware(told) if timezone.is_naive(told) else told
    return aware if abs(aware - timezone.now()) < SOON else None
