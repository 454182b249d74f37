"""Where somebody arrives after signing in: each face says for whom its first page is.

Faces stand above this room, so they fill the list (in their ``apps.py``); whoever
suits none of them arrives at their own account.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, kw_only=True)
class Landing:
    """A face's first page, and whom it is for; the lowest ``order`` is asked first."""

    page: str
    suits: Callable[[Any], bool]
    order: int


LANDINGS: dict[str, Landing] = {}


def add(page: str, *, suits: Callable[[Any], bool], order: int) -> None:
    """Say that a page (the name of its address) is the first for some people."""
    LANDINGS[page] = Landing(page=page, suits=suits, order=order)


def address_for(user: Any) -> str:
    """Give the address where this person arrives."""
    for landing in sorted(LANDINGS.values(), key=lambda each: each.order):
        if landing.suits(user):
            return reverse(landing.page)
    return reverse("account_home")
