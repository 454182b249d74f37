"""What this interface is, its document, and an answer for addresses that are none."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from thedeal.openreferral import document, selectors
from thedeal.openreferral.views import answers

VERSION = "HSDS-UK-3.0"  # exactly so: checkers take the number out of it
PROFILE = "https://github.com/OpenReferralUK/uk-profile"


@answers.open_to_all
def root(request: HttpRequest) -> HttpResponseBase:
    """Say which standard this is, where its document is, and on what licence."""
    body = {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": _absolute(request, "openreferral:openapi"),
        "bulk_url": _absolute(request, "openreferral:bulk"),
        "licences": selectors.licences(),
    }
    return _one(request, body)


@answers.open_to_all
def openapi(request: HttpRequest) -> HttpResponseBase:
    """Give the OpenAPI document."""
    base = _absolute(request, "openreferral:root").rstrip("/")
    return _one(request, document.written(base, selectors.licences()))


@answers.open_to_all
def nothing_here(request: HttpRequest) -> HttpResponseBase:
    """Say in JSON that there is nothing here."""
    return answers.problem(404, "There is nothing at this address; see openapi.json.")


def _one(request: HttpRequest, body: dict[str, Any]) -> HttpResponseBase:
    return answers.one(request, body)


def _absolute(request: HttpRequest, name: str) -> str:
    return request.build_absolute_uri(reverse(name))
