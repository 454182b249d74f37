"""The one screen of a listing, as a page of the desk shows it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from thedeal.community import screen as screens
from thedeal.community.facts import GroupFacts


def screen(
    request: HttpRequest, facts: GroupFacts | None, contact: Mapping[str, str]
) -> dict[str, Any]:
    """Give what the screen's template needs; what was typed stays after an error."""
    if facts is None:
        return {"questions": None}
    if request.method == "POST":
        return screens.page_again(facts, contact, request.POST.dict())
    return screens.page(facts, contact)
