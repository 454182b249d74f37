"""Every address there is, with arguments that can be asked for."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import (
    IntConverter,
    PathConverter,
    SlugConverter,
    StringConverter,
    UUIDConverter,
)
from django.urls.resolvers import RoutePattern

TABLE = Path(__file__).with_name("access.yaml")
ACCESS = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
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


def address(route: Route, planted: dict[str, Any]) -> tuple[str, bool]:
    """Give the address to ask, and whether it names a row that was planted."""
    told = ACCESS["arguments"].get(route.name, {})
    made = planted["made"] | {"accounts.User": {"pk": planted["user"]}}
    ours = {k: made[m]["pk"] for k, m in told.items() if "." in m}
    words = {k: word for k, word in told.items() if "." not in word}
    return reverse(route.name, kwargs=route.arguments | ours | words), bool(ours)


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
