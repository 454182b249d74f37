"""Draws a page of the desk: the same head on each, with what this person may open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from thedeal.accounts import landings
from thedeal.desk import navigation, permissions
from thedeal.lib.errors import NotAllowedError, UserFacingError
from thedeal.partners import selectors
from thedeal.partners.models import Authority
from thedeal.residents.models import Person

T = TypeVar("T")
DOORS = ("needs", "carer", "advocate", "safeguarding")
# pages of one person that a question may lead back to
PERSONS = ("desk:person", "desk:so_far")


@contextmanager
def absent_is_404() -> Iterator[None]:
    """Answer 404 where a row is not there, or not for this person."""
    try:
        yield
    except ObjectDoesNotExist:
        raise Http404 from None


def tried(form: forms.Form, do: Callable[[], T]) -> T | None:
    """Do it; where it cannot be done, say so at the top of the form and give None.

    What the person may not do at all is a page of its own (403), not an answer here.
    """
    try:
        return do()
    except NotAllowedError:
        raise
    except UserFacingError as error:
        form.add_error(None, error.sentence)
        return None


def authority_of(request: HttpRequest) -> Authority | None:
    """Give the authority that this person works in (the first, of several)."""
    held = selectors.held_now(request.user)
    first = min(held, key=lambda one: (not one.is_staff, one.starts_on), default=None)
    return first.authority if first else None


def doors_of(pk: UUID) -> dict[str, str]:
    """Give the address of each of the law's doors of a person, for the component."""
    return {slug: reverse("desk:door", args=[pk, slug]) for slug in DOORS}


def _law(context: dict[str, Any]) -> dict[str, str] | None:
    """Give the doors to any page that is about a person, whoever wrote the page."""
    about = context.get("person")
    if isinstance(about, Person):
        return doors_of(about.pk)
    return doors_of(context["back_to"]) if context.get("back") in PERSONS else None


def page(
    request: HttpRequest,
    template: str,
    *,
    section: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Give a page of the desk; ``section`` is the key of what it belongs to."""
    context.setdefault("law", _law(context))
    authority = authority_of(request)
    held = permissions.held_by(request.user)
    is_staff = permissions.works_here(request.user)
    head = {
        "nav": [
            {
                "text": each.text,
                "href": reverse(each.page),
                "current": each.key == section,
            }
            for each in navigation.sections_for(held)
            if (each.in_head or each.key == section)
            and (is_staff or each.permission is not None)
        ],
        "signed_in_as": str(request.user),
        "sign_out_url": reverse("account_logout"),
        "home_url": landings.address_for(request.user),
        "council": str(authority or ""),
        "authority_id": authority.pk if authority else None,
        "may": {permission.value for permission in held},
    }
    return render(request, template, head | context, status=status)
