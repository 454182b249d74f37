"""Single things by their id; what is not there, or not an id, is 404."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from thedeal.openreferral import selectors, shape
from thedeal.openreferral.asking import Asked
from thedeal.openreferral.views import answers


@answers.open_to_all
def service(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Give one service with all that is nested in it."""
    row = _row(selectors.with_times(selectors.services()), pk)
    return _one(request, shape.service_full(row))


@answers.open_to_all
def at_location(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Give one service at its place."""
    rows = selectors.at_locations(Asked())
    row = _row(selectors.with_times(rows), pk)
    return _one(request, shape.at_location_full(row))


@answers.open_to_all
def organization(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Give one group, with its services: in full where that is asked."""
    asked = Asked.read(request.GET)
    group = _row(selectors.organizations(Asked()), pk)
    rows = selectors.services_of(group)
    if asked.is_full_service:
        held = [shape.service_full(row) for row in selectors.with_times(rows)]
    else:
        held = [shape.service(row) for row in rows]
    inside = [{k: v for k, v in one.items() if k != "organization"} for one in held]
    return _one(request, {**shape.organization_full(group), "services": inside})


@answers.open_to_all
def taxonomy(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Give the one taxonomy."""
    if str(_id(pk)) != shape.THEMES_ID:
        raise Http404
    return _one(request, shape.taxonomy())


@answers.open_to_all
def term(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Give one theme."""
    theme = selectors.term_named(_id(pk))
    if not theme:
        raise Http404
    return _one(request, shape.term(theme))


def _one(request: HttpRequest, body: shape.Body) -> HttpResponseBase:
    return answers.one(request, body)


def _id(words: str) -> UUID:
    try:
        return UUID(words)
    except ValueError:
        raise Http404 from None


def _row(rows: QuerySet[Any], pk: str) -> Any:
    return get_object_or_404(rows, pk=_id(pk))
