"""The door in: a contact, a code, and where it must be, which person.

Each step is answered the same whether or not anybody is known by that contact. A wrong
code is an answer on the page, so that the try that was counted stays counted.
"""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from thedeal.accounts.models import User
from thedeal.deals.actions import sending
from thedeal.lib import logins
from thedeal.lib.errors import TooManyError, UserFacingError
from thedeal.messages.models import OneTapLink
from thedeal.mine import permissions
from thedeal.mine.forms.door import Code, Contact, Which
from thedeal.residents.actions import own_pages
from thedeal.residents.models import Person
from thedeal.residents.states import Entered

TICKET, ONWARD = "own_page_ticket", "own_page_onward"
PROOF = "code"
BOTH = ["GET", "HEAD", "POST"]
SAID = {
    Entered.WRONG: "That is not the code. Type the one in your newest message.",
    Entered.OVER: "This code has run out. Ask for a new one.",
    Entered.RING: (
        "We cannot be sure whose page to open. Ring your worker, or whoever you talk "
        "with: they read it with you, or put right how we reach you."
    ),
}


@require_http_methods(BOTH)
def door(request: HttpRequest) -> HttpResponse:
    """Ask for a contact, and send a code if it is one of somebody here."""
    if request.method != "POST" and permissions.has_own_page(request.user):
        return redirect("mine:home")
    form = Contact(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ticket = own_pages.ask(form.cleaned_data["contact"], place=_place(request))
        except TooManyError:
            raise
        except UserFacingError as error:
            form.add_error("contact", error.sentence)
        else:
            request.session.pop(ONWARD, None)
            return _go_on(request, ticket)
    return _ask(request, "mine/door.html", form)


@require_http_methods(BOTH)
def code(request: HttpRequest) -> HttpResponse:
    """Take the code that came; five tries, and then a new one must be asked for."""
    ticket = request.session.get(TICKET)
    if not ticket:
        return redirect("mine:door")
    form = Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = own_pages.try_code(ticket, code=form.cleaned_data["code"])
        if said is Entered.WHICH:
            return redirect("mine:which")
        if said is Entered.IN:
            return _come_in(request, ticket)
        form.add_error("code", SAID[said])
    return _ask(request, "mine/code.html", form)


@require_http_methods(BOTH)
def which(request: HttpRequest) -> HttpResponse:
    """Ask who somebody is, where two people have one phone; in doubt open nothing."""
    ticket = request.session.get(TICKET)
    if not ticket:
        return redirect("mine:door")
    form = Which(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = own_pages.say_who(ticket, **form.cleaned_data)
        if said is Entered.IN:
            return _come_in(request, ticket)
        form.add_error(None, SAID[said])
    return _ask(request, "mine/which.html", form)


@require_http_methods(BOTH)
def again(request: HttpRequest, token: str) -> HttpResponse:
    """Open a deal again by the link in its letter, and a code to the contact we hold."""
    link = sending.opened_again(token)
    onward = reverse("mine:deal", args=[link.subject_id])
    own = permissions.own(request.user)
    if own is not None and own.pk == link.person_id:
        return redirect(onward)
    if request.method == "POST":
        ticket = _ask_for(link, place=_place(request))
        request.session[ONWARD] = onward
        return _go_on(request, ticket)
    return _ask(request, "mine/again.html", forms.Form())


def _ask_for(link: OneTapLink, *, place: str) -> str:
    logins.speak_for(link.person_id)
    person = Person.objects.get(deal_rows=link.subject_id)
    return own_pages.ask_for(person, place=place)


def _go_on(request: HttpRequest, ticket: str) -> HttpResponse:
    request.session[TICKET] = ticket
    return redirect("mine:code")


def _come_in(request: HttpRequest, ticket: str) -> HttpResponse:
    user: User = own_pages.come_in(ticket)
    onward = request.session.get(ONWARD) or reverse("mine:home")
    get_adapter().logout(request)
    record_authentication(request, user, PROOF)
    user.backend = settings.AUTHENTICATION_BACKENDS[0]
    get_adapter().login(request, user)
    user_logged_in.send(sender=User, request=request, user=user)
    return redirect(onward)


def _place(request: HttpRequest) -> str:
    return str(get_adapter().get_client_ip(request))


def _ask(request: HttpRequest, template: str, form: forms.Form) -> HttpResponse:
    shown = {"form": form, "quick_exit": True}
    return render(request, template, shown, status=400 if form.errors else 200)
