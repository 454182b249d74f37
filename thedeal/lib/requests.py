"""What every request passes through: an id, limits, and one way errors look.

No page, header or log line written here may hold personal data: logs have the
request's id, method, route name and status, never its address or body.
"""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
)
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve

from thedeal.lib.errors import UserFacingError

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("thedeal.requests")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
LARGEST_BODY = 12 * 1024 * 1024


class RequestIdMiddleware:
    """Give each request an id that a person can read out to us."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set ``request.reference`` and send it back as X-Reference."""
        request.reference = secrets.token_hex(4)  # type: ignore[attr-defined] # ours
        response = self.get_response(request)
        response["X-Reference"] = request.reference  # type: ignore[attr-defined] # ours
        return response


class LimitsMiddleware:
    """Refuse what no page of ours takes, before anything reads it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 405, 400 or 413 at once where the request is out of bounds."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\x00" in request.path_info or not _decodes(request):
            return problem(request, 400)
        if _length(request) > LARGEST_BODY:
            return problem(request, 413)
        return self.get_response(request)


class ErrorsMiddleware:
    """Turn the errors we know into pages; let the rest be a plain 500."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """Give the page for an error, or None to let Django answer 500."""
        request.failed = True  # type: ignore[attr-defined] # ours: the walls undo
        if isinstance(error, UserFacingError):
            return problem(request, error.status, sentence=error.sentence)
        if isinstance(error, RequestDataTooBig | TooManyFieldsSent):
            return problem(request, 413)
        # the database's DataError: a NUL, a number too large for any field of ours
        if isinstance(error, BadRequest | UnicodeError | DataError):
            return problem(request, 400)
        if isinstance(error, OperationalError):
            log.error("database away, reference %s", _reference(request))
            return problem(request, 503)
        return None


def problem(request: HttpRequest, status: int, *, sentence: str = "") -> HttpResponse:
    """Give the page of a problem, with a reference and what to do next."""
    template = f"errors/{status if status in PAGES else 400}.html"
    context: dict[str, Any] = {
        "sentence": sentence,
        "reference": _reference(request),
        "status": status,
    }
    return render(request, template, context, status=status)


NEVER_SHOWN = ("csrfmiddlewaretoken", "password", "code")
PAGES = {400, 403, 404, 413, 429, 500, 503}


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give the page for a form that did not come from us (or was left too long).

    One left too long, whose reader signed in again since, is shown as it was typed
    with a button to send it again; the browser itself says that it came from us.
    """
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        context = {
            "typed": _typed(request),
            "path": request.get_full_path(),
            "reference": _reference(request),
        }
        return render(request, "errors/again.html", context, status=403)
    return problem(
        request,
        403,
        sentence="This page was open too long. Go back, copy what you typed, "
        "load the page again and send it once more.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Give the page for an address that leads nowhere, or not for this person."""
    return problem(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Give the page for what this person may not do."""
    return problem(request, 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Give the page for a request we cannot read."""
    return problem(request, 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Give the page for a mistake of ours."""
    return problem(request, 500)


def route_of(request: HttpRequest) -> str:
    """Give the name of the route ("public:home"), safe to write in a log."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return "unknown"


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Give what was typed, without what proves who somebody is."""
    return [
        (name, text)
        for name, texts in request.POST.lists()
        if not any(part in name for part in NEVER_SHOWN)
        for text in texts
    ]


def _reference(request: HttpRequest) -> str:
    return str(getattr(request, "reference", ""))


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _decodes(request: HttpRequest) -> bool:
    try:
        request.path_info.encode("utf-8")
        request.GET  # noqa: B018 - reading it is the check
    except (UnicodeError, TooManyFieldsSent):
        return False
    return True
