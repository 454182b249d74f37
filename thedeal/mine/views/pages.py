"""What is written about the person, for them to read: words, deals, how life is."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from thedeal.deals.actions import agreeing
from thedeal.deals.models import Deal
from thedeal.deals.on_paper import deal_pdf
from thedeal.deals.selectors.deals import Columns
from thedeal.deals.states import DealState
from thedeal.mine.permissions import for_the_person
from thedeal.mine.selectors import letters as sent
from thedeal.mine.selectors import pages
from thedeal.mine.views.drawing import page
from thedeal.residents.models import Person
from thedeal.residents.selectors import lives, people


@require_safe
@for_the_person
def home(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what happens next and the deal that stands, with the way to all the rest."""
    standing = pages.standing(person)
    return page(
        request,
        person,
        "mine/home.html",
        section="mine:home",
        coming=pages.next_for(person),
        beside=people.who_is_alongside(person),
        both=_drawn(standing) if standing else None,
    )


@require_safe
@for_the_person
def words(request: HttpRequest, person: Person) -> HttpResponse:
    """Show each conversation: the person's words first, and what was noted."""
    return page(
        request,
        person,
        "mine/words.html",
        section="mine:words",
        talks=pages.talks(person),
    )


@require_safe
@for_the_person
def letters(request: HttpRequest, person: Person) -> HttpResponse:
    """Show each email and text that went to the person, without what opens anything."""
    return page(
        request,
        person,
        "mine/letters.html",
        section="mine:letters",
        letters=sent.sent(person, most=sent.MOST_SHOWN),
        unsure=sent.UNSURE,
    )


@require_safe
@for_the_person
def deals(request: HttpRequest, person: Person) -> HttpResponse:
    """List the deals that were shown to the person, over ones too."""
    found = pages.deals(person)
    return page(request, person, "mine/deals.html", section="mine:deals", deals=found)


@require_safe
@for_the_person
def deal(request: HttpRequest, person: Person, pk: UUID) -> HttpResponse:
    """Show one deal with both columns, and how each promise went."""
    found = _drawn(_columns(person, pk))
    return page(request, person, "mine/deal.html", section="mine:deals", both=found)


@require_POST
@for_the_person
def say_yes(request: HttpRequest, person: Person, pk: UUID) -> HttpResponse:
    """Take the person's yes to what was shown to them last."""
    both = _columns(person, pk)
    if both.shown is None or not _waits(both):
        raise Http404
    agreeing.by_link(both.shown)
    messages.success(request, "Thank you. It is agreed, and we keep to our part.")
    return redirect("mine:deal", pk)


@require_safe
@for_the_person
def paper(request: HttpRequest, person: Person, pk: UUID) -> HttpResponse:
    """Give a deal on one accessible sheet, as the person agreed to it or saw it last."""
    both = _columns(person, pk)
    version = both.agreed or both.shown
    if version is None:
        raise Http404
    made = deal_pdf(version, is_demo=settings.DEMO, is_large="large" in request.GET)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="our-deal.pdf"'
    return response


@require_safe
@for_the_person
def measures(request: HttpRequest, person: Person) -> HttpResponse:
    """Show before and after, in the person's own answers, and their own goals."""
    return page(
        request,
        person,
        "mine/measures.html",
        section="mine:measures",
        series=lives.series(person),
        goals=lives.goals(person),
    )


def _columns(person: Person, pk: UUID) -> Columns:
    try:
        return pages.as_shown(pages.deals(person).get(pk=pk))
    except Deal.DoesNotExist:
        raise Http404 from None


def _drawn(both: Columns) -> dict[str, Any]:
    return {
        "deal": both.deal,
        "ours": [pages.drawn(promise) for promise in both.ours],
        "yours": [pages.drawn(promise) for promise in both.yours],
        "needs_a_yes": _waits(both),
        "is_changing": both.deal.state == DealState.WRITING.value,
        "is_over": both.deal.state == DealState.ENDED.value,
        "broken": [pages.drawn(p) for p in both.ours if p.is_broken],
    }


def _waits(both: Columns) -> bool:
    """Whether what was shown last stands as it was shown, and waits for a yes."""
    return both.needs_a_yes and both.deal.state == DealState.SHOWN.value
