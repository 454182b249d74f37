"""Draws a page of this face: a calm head, the law's doors, and a way to leave at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from thedeal.deals.states import Door
from thedeal.mine import held_back
from thedeal.residents.models import Person

SECTIONS = (
    ("mine:home", "My page"),
    ("mine:words", "My words"),
    ("mine:deals", "My deals"),
    ("mine:letters", "What we sent"),
    ("mine:measures", "How I am"),
    ("mine:who", "Who may know"),
    ("mine:rights", "Put it right"),
)
LARGE = "large_type"
DOORS = {
    "needs": Door.NEEDS,
    "carer": Door.CARER,
    "advocate": Door.ADVOCATE,
    "safeguarding": Door.SAFEGUARDING,
}


def page(
    request: HttpRequest,
    person: Person,
    template: str,
    *,
    section: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Give a page of the person's; ``section`` is the name of the part it is in."""
    head = {
        "person": person,
        "nav": [
            {"text": text, "href": reverse(name), "current": name == section}
            for name, text in SECTIONS
        ],
        "signed_in_as": person.name,
        "sign_out_url": reverse("account_logout"),
        "home_url": reverse("mine:home"),
        "council": person.authority.name,
        "authority_id": person.authority_id,
        "quick_exit": True,
        "large_type": LARGE in person.helps,
        "law": {slug: reverse("mine:law", args=[slug]) for slug in DOORS},
        "may_be_held": held_back.said_to_everybody(),
    }
    return render(request, template, head | context, status=status)
