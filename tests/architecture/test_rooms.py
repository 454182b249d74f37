"""What the import linter cannot see: links between rooms that are only words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.sources import (
    THEDEAL,
    floors,
    modules,
    name_of,
    room_of,
    templates,
)

# a text that is the name of an address, whole: "desk:home"
NAME = re.compile(r"([a-z][a-z_]*):([a-z][a-z0-9_]*)")
QUOTED = re.compile(r"""["']([a-z][a-z_]*):([a-z][a-z0-9_]*)["']""")
BROUGHT_IN = re.compile(
    r"""{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']"""
)


def _is_ours(dotted: str) -> bool:
    return dotted.startswith("thedeal.")


def _namespaces() -> dict[str, set[str]]:
    """Give the names of addresses by their namespace."""
    found: dict[str, set[str]] = {}

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, each.namespace or space)
            elif each.name:
                found.setdefault(space, set()).add(str(each.name))

    walk(get_resolver().url_patterns, "")
    return found


def _named() -> Iterator[tuple[Path, str, str]]:
    """Give every address that a module or a template names, with its file."""
    for path, tree in modules(engine=False).items():
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and (found := NAME.fullmatch(text)):
                yield path, found[1], found[2]
    for path, text in templates().items():
        for space, name in QUOTED.findall(text):
            yield path, space, name


def test_every_room_has_a_floor_and_says_what_it_is_for():
    rooms = {path.parent.name for path in THEDEAL.glob("*/__init__.py")}
    assert rooms == set(floors())
    silent = [
        name_of(path)
        for path, tree in modules().items()
        if path.name == "__init__.py"
        and path.parent.parent == THEDEAL
        and not (tree.body and isinstance(tree.body[0].value.value, str))
    ]
    assert silent == []


def test_foreign_keys_point_down_the_house():
    up = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if _is_ours(model.__module__)
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and isinstance(field.related_model, type)
        and _is_ours(field.related_model.__module__)
        and floors()[room_of(field.related_model.__module__)]
        > floors()[room_of(model.__module__)]
    ]
    assert up == [], "A room may not point at one above it."


def test_every_address_that_is_named_is_there():
    known = _namespaces()
    wrong = [
        f"{name_of(path)}: {space}:{name}"
        for path, space, name in _named()
        if space in known and name not in known[space]
    ]
    assert wrong == [], "No address has this name: see the room's urls.py."


def test_a_room_names_no_address_of_a_room_above_it():
    known = _namespaces()
    wrong = [
        f"{name_of(path)}: {space}:{name}"
        for path, space, name in _named()
        if space in known
        and space in floors()
        and (room := room_of(name_of(path))) in floors()
        and floors()[space] > floors()[room]
    ]
    assert wrong == [], "Pages link up to nothing: let the face give the address."


def test_a_template_brings_in_nothing_from_above_or_from_another_face():
    wrong = [
        f"{name_of(path)}: {brought}"
        for path, text in templates().items()
        for brought in BROUGHT_IN.findall(text)
        if not _may_bring_in(room_of(name_of(path)), brought.split("/")[0])
    ]
    assert wrong == []


def _may_bring_in(room: str, other: str) -> bool:
    """Whether a template of one room may use another's: its own, and those below."""
    if other not in floors() or other == room:
        return True
    return room in floors() and floors()[other] < floors()[room]


def test_every_template_that_is_brought_in_is_there():
    there = {
        path.relative_to(folder).as_posix()
        for folder in (THEDEAL / "templates", *THEDEAL.glob("*/templates"))
        for path in folder.rglob("*")
        if path.is_file()
    }
    gone = [
        f"{name_of(path)}: {brought}"
        for path, text in templates().items()
        for brought in BROUGHT_IN.findall(text)
        if brought not in there
    ]
    assert gone == []
