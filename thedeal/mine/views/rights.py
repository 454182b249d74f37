"""The person's say: who may know, what is not right, taking it all away, being forgotten."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from thedeal.audit.actions import trail
from thedeal.audit.models import Entry
from thedeal.deals.actions import beside
from thedeal.deals.selectors import beside as noted
from thedeal.lib import definitions
from thedeal.lib.errors import UserFacingError
from thedeal.mine.forms.rights import AboutMe, Beside, MayKnow
from thedeal.mine.on_paper import everything_pdf
from thedeal.mine.permissions import for_the_person
from thedeal.mine.selectors import everything, rights
from thedeal.mine.views.drawing import LARGE, page
from thedeal.residents.actions import forgetting, people, sharing
from thedeal.residents.models import Person, SharingChoice

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@for_the_person
def who(request: HttpRequest, person: Person) -> HttpResponse:
    """Show who may know and who has looked; take a yes or a no, that holds at once."""
    form = MayKnow(request.POST or None, organisations=rights.organisations(person))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        sharing.choose(
            person,
            organisation=given["organisation"],
            purpose=given["purpose"],
            may=given["may"] == "yes",
            by=request.user,
        )
        messages.success(request, "Done. It holds from this moment.")
        return redirect("mine:who")
    return page(
        request,
        person,
        "mine/who.html",
        section="mine:who",
        status=400 if form.errors else 200,
        form=form,
        alongside=rights.alongside(person),
        choices=rights.choices(person),
        looks=rights.looks(person),
        openings=rights.openings(person),
    )


@require_POST
@for_the_person
def take_back(request: HttpRequest, person: Person, pk: UUID) -> HttpResponse:
    """Take a no back (or a yes; a no instead of a yes is said in ``who``)."""
    choice = SharingChoice.objects.filter(pk=pk, person=person).first()
    if choice is None:
        raise Http404
    sharing.withdraw(choice, by=request.user)
    messages.success(request, "Taken back. It holds from this moment.")
    return redirect("mine:who")


@require_http_methods(BOTH)
@for_the_person
def put_right(request: HttpRequest, person: Person) -> HttpResponse:
    """Take what is not right in the person's own words, and show what was answered."""
    form = Beside(request.POST or None)
    if request.method == "POST" and form.is_valid():
        beside.write(person, by=request.user, **form.cleaned_data)
        messages.success(
            request, "Your words stand beside it now. Whoever is alongside you is told."
        )
        return redirect("mine:rights")
    return page(
        request,
        person,
        "mine/rights.html",
        section="mine:rights",
        status=400 if form.errors else 200,
        form=form,
        notes=noted.of_person(person),
        asked=rights.forgetting(person),
    )


@require_http_methods(BOTH)
@for_the_person
def about_me(request: HttpRequest, person: Person) -> HttpResponse:
    """Take who the person is and how to reach them, as they say it themself."""
    known = {name: getattr(person, name) for name in AboutMe.base_fields}
    form = AboutMe(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid() and _changed(request, person, form):
        messages.success(request, "Changed. Whoever is alongside you is told.")
        return redirect("mine:rights")
    return page(
        request,
        person,
        "mine/about_me.html",
        section="mine:rights",
        status=400 if form.errors else 200,
        form=form,
    )


@require_safe
@for_the_person
def file(request: HttpRequest, person: Person) -> HttpResponse:
    """Give all that is held, as a file that a machine reads."""
    held = everything.everything(person)
    _note_taken(request, person)
    text = json.dumps(held, indent=2, ensure_ascii=False)
    return _attached(text.encode(), "application/json", "what-we-hold.json")


@require_safe
@for_the_person
def paper(request: HttpRequest, person: Person) -> HttpResponse:
    """Give all that is held, on paper."""
    made = everything_pdf(
        everything.everything(person),
        name=person.name,
        made_up=definitions.words("words.made_up") if settings.DEMO else "",
        is_large=LARGE in person.helps or "large" in request.GET,
    )
    _note_taken(request, person)
    return _attached(made, "application/pdf", "what-we-hold.pdf")


@require_http_methods(BOTH)
@for_the_person
def forget_me(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask that the record be erased; say first what that means, then give a receipt."""
    if request.method == "POST":
        forgetting.ask(person, by=request.user)
        return redirect("mine:forget")
    asked = rights.forgetting(person)
    return page(
        request,
        person,
        "mine/forget.html",
        section="mine:rights",
        asked=asked,
        is_open=asked is not None and not asked.decision,
    )


def _changed(request: HttpRequest, person: Person, form: AboutMe) -> bool:
    given: Any = {name: form.cleaned_data[name] for name in form.changed_data}
    try:
        people.change(person, by=request.user, **given)
    except UserFacingError as error:
        form.add_error(None, error.sentence)
        return False
    if given:
        key = f"residents.changed:{person.pk}:{timezone.now():%s}"
        beside.tell_beside(person, once_key=key)
    return True


def _note_taken(request: HttpRequest, person: Person) -> None:
    trail.record(
        "residents.taken_away",
        by=request.user,
        subject=person,
        person_id=person.pk,
        kind=Entry.Kind.SENT,
    )


def _attached(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
