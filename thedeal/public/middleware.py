"""Which council a public page speaks for, so that it says so in that council's words."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from thedeal.places import selectors as places


class CouncilMiddleware:
    """Tell public pages whose they are, where one council alone uses this house."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Set ``request.authority_id`` for the public face alone."""
        match = request.resolver_match
        if match and match.namespace == "public":
            request.authority_id = places.only_council()  # type: ignore[attr-defined] # ours
