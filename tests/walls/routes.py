"""Every address there is, with arguments that can be asked for."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import (
    IntConverter,
    PathConverter,
    SlugConverter,
    StringConverter,
    UUIDConverter,
)
from django.urls.resolvers import RoutePattern

NOTHING = {
    UUIDConverter: str(uuid.UUID(int=7)),
    IntConverter: 987_654_321,
    SlugConverter: "no-such-thing",
    PathConverter: "no/such/thing",
    StringConverter: "no-such-thing",
}


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address: its name, and for each argument a value that names nothing."""

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)


def everything() -> list[Route]:
    """Give every address of the product, by name."""
    found = list(_walk(get_resolver().url_patterns, [], {}))
    return sorted(found, key=lambda each: each.name)


def _walk(
    patterns: list[URLPattern | URLResolver], spaces: list[str], above: dict[str, Any]
) -> Iterator[Route]:
    for each in patterns:
        arguments = above | _arguments(each.pattern)
        if isinstance(each, URLResolver):
            inner = [*spaces, each.namespace] if each.namespace else spaces
            yield from _walk(each.url_patterns, inner, arguments)
        else:
            name = ":".join([*spaces, each.name or str(each.pattern)])
            yield Route(name=name, arguments=arguments)


def _arguments(pattern: Any) -> dict[str, Any]:
    if not isinstance(pattern, RoutePattern):
        return dict.fromkeys(pattern.regex.groupindex, "no-such-thing")
    return {
        name: next(
            (v for kind, v in NOTHING.items() if isinstance(converter, kind)),
            "no-such-thing",
        )
        for name, converter in pattern.converters.items()
    }
