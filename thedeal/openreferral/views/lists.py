"""The lists, page by page or as lines of JSON, and everything in one download."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from thedeal.openreferral import selectors, shape
from thedeal.openreferral.asking import Asked
from thedeal.openreferral.shape import Body
from thedeal.openreferral.views import answers


@answers.open_to_all
def services(request: HttpRequest) -> HttpResponseBase:
    """List what there is to join."""
    asked = Asked.read(request.GET)
    light = shape.minimal if asked.is_minimal else shape.service
    return _listed(request, asked, selectors.found(asked), light, shape.service_full)


@answers.open_to_all
def at_locations(request: HttpRequest) -> HttpResponseBase:
    """List what there is to join, each at its place."""
    asked = Asked.read(request.GET)
    rows = selectors.at_locations(asked)
    return _listed(request, asked, rows, shape.at_location, shape.at_location_full)


def _listed(
    request: HttpRequest,
    asked: Asked,
    rows: Any,
    light: Callable[[Any], Body],
    full: Callable[[Any], Body],
) -> HttpResponseBase:
    is_full = asked.is_full and not asked.is_minimal
    if is_full:
        rows = selectors.with_times(rows)
    chosen = full if is_full else light
    if asked.is_lines:
        return answers.lines(selectors.each(rows), chosen)
    return answers.page(request, asked, rows, chosen)


@answers.open_to_all
def organizations(request: HttpRequest) -> HttpResponseBase:
    """List the groups."""
    asked = Asked.read(request.GET)
    rows = selectors.organizations(asked)
    chosen = shape.organization_full if asked.is_full else shape.organization
    if asked.is_lines:
        return answers.lines(selectors.each(rows), chosen)
    return answers.page(request, asked, rows, chosen)


@answers.open_to_all
def taxonomies(request: HttpRequest) -> HttpResponseBase:
    """List the taxonomies: there is one."""
    return _held(request, [shape.taxonomy()])


@answers.open_to_all
def terms(request: HttpRequest) -> HttpResponseBase:
    """List the themes; none has a parent."""
    asked = Asked.read(request.GET)
    is_other = asked.taxonomy_id and str(asked.taxonomy_id) != shape.THEMES_ID
    if asked.parent_id or is_other:
        return _held(request, [])
    return _held(request, [shape.term(theme) for theme in selectors.themes()])


def _held(request: HttpRequest, bodies: list[Body]) -> HttpResponseBase:
    asked = Asked.read(request.GET)
    words = asked.search.casefold()
    kept = [one for one in bodies if words in one["name"].casefold()]
    if asked.is_lines:
        return answers.lines(kept, _as_it_is)
    return answers.page(request, asked, kept, _as_it_is)


def _as_it_is(body: Body) -> Body:
    return body


@answers.open_to_all
def bulk(request: HttpRequest) -> HttpResponseBase:
    """Give every service in full, a line each, to keep."""
    rows = selectors.with_times(selectors.services())
    response = answers.lines(selectors.each(rows), shape.service_full)
    response["Content-Disposition"] = 'attachment; filename="services.ndjson"'
    links = [one["licence_url"] for one in selectors.licences() if "licence_url" in one]
    response["Link"] = ", ".join(
        f'<{url}>; rel="license"' for url in dict.fromkeys(links)
    )
    return response
