"""What the generated documents say, each read from the code's own declarations.

Text only, in an order that does not change by itself, so that a review can compare.
"""

import ast
import tomllib
from collections.abc import Callable, Iterable

import yaml
from django.core.management import get_commands, load_command_class
from django.db import models

from thedeal.lib import definitions, queue, walls
from thedeal.lib.running import settings_sample
from thedeal.lib.running.listing import COMMANDS
from thedeal.lib.running.manage import ROOT

WRITTEN = "<!-- Written by ./deal docs. Change what it is written from, not this. -->"
ACCESS = ROOT / "tests" / "walls" / "access.yaml"


def rooms() -> str:
    """Give the table of rooms, from the top of the house to the bottom."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["id"] == "rooms")
    rows = [
        (f"`{room}`", _sentence(f"thedeal/{room}/__init__.py"))
        for floor in floors
        for room in floor.split(" | ")
    ]
    rows.append(("`doorstep`", _sentence("doorstep/src/doorstep/__init__.py")))
    return _table(("room", "what it is for"), rows)


def settings() -> str:
    """Give every setting: what it is for and its default."""
    parts = [_head("Settings", "Every setting is read from the environment alone.")]
    for heading, listed in settings_sample.read().items():
        rows = [(f"`{s.name}`", s.words, _code(s.default)) for s in listed]
        parts.append(f"## {heading}\n\n" + _table(("setting", "for", "default"), rows))
    return "\n\n".join(parts)


def records() -> str:
    """Give every table: each field's privacy, how long rows stay, who may do what."""
    intro = (
        "Every table, with the privacy class of each field: *open* may be published, "
        "*personal* is about a person, *sensitive* is health, care or confidence, "
        "*hidden* is never shown. A wall is a row-level policy in the database."
    )
    parts = [_head("Records", intro)]
    ours = [m for m in walls.stored_models() if m.__module__.startswith("thedeal.")]
    for model in sorted(ours, key=lambda m: m._meta.label):
        if not hasattr(model, "pgh_tracked_model"):
            parts.append(_record(model))
    return "\n\n".join(parts)


def roles() -> str:
    """Give who may do what, from definitions/roles.yaml."""
    parts = [_head("Roles", "Who may do what, from definitions/roles.yaml.")]
    for entry in definitions.within("roles."):
        more = entry.more
        lines = [
            f"## {entry.title}",
            more["description"].strip(),
            f"- May: {_listed(more['permissions'])}",
            f"- In every organisation of the council: {_listed(more['across'])}",
            f"- May offer others: {_listed(more['grants'])}",
            f"- Sees people: {_yes(more['sees_people'])}. "
            f"Second factor: {_yes(more['needs_second_factor'])}.",
        ]
        parts.append("\n\n".join(lines[:2]) + "\n\n" + "\n".join(lines[2:]))
    return "\n\n".join(parts)


def commands() -> str:
    """Give every command of ./deal, and ours among Django's."""
    parts = [_head("Commands", "`./deal` alone lists the first of these.")]
    for title, listed in COMMANDS.items():
        rows = [(f"`./deal {name}`", words) for name, words in listed.items()]
        parts.append(f"## {title}\n\n" + _table(("command", "does"), rows))
    ours = {k: v for k, v in get_commands().items() if str(v).startswith("thedeal.")}
    rows = [
        (f"`./deal {name}`", str(load_command_class(app, name).help).strip())
        for name, app in sorted(ours.items())
    ]
    parts.append("## Of the rooms\n\n" + _table(("command", "does"), rows))
    return "\n\n".join(parts)


def jobs() -> str:
    """Give every job: its name and what it does."""
    from procrastinate.contrib.django import app

    rows = [
        (f"`{name}`", _first(app.tasks[name].func.__doc__))
        for name in sorted(queue.names())
        if not name.startswith("builtin:")
    ]
    intro = "What is done after a change, or by the clock, in the same database."
    return _head("Jobs", intro) + "\n\n" + _table(("job", "does"), rows)


def facts() -> str:
    """Give every definition: unit, source, how sure, when to look again."""
    intro = "Facts as data: each with its unit, its source and when to look again."
    files: dict[str, list[tuple[str, ...]]] = {}
    for key, entry in sorted(definitions.everything().items()):
        file, _, name = key.rpartition(".")
        source = entry.source.name if entry.source else ""
        row = (f"`{name}`", entry.title, entry.unit, source, entry.status)
        files.setdefault(file, []).append((*row, str(entry.review_by or "")))
    head = ("id", "is", "unit", "source", "status", "look again by")
    tables = [f"## {file}\n\n{_table(head, rows)}" for file, rows in files.items()]
    return "\n\n".join([_head("Definitions", intro), *tables])


def access() -> str:
    """Give who gets what at each address, from the table that the tests hold."""
    read = yaml.safe_load(ACCESS.read_text(encoding="utf-8"))
    intro = (
        "What each of the standing cast is answered at each address (GET): 200 shown, "
        "302 sent to sign in or onward, 403 known and not allowed, 404 not there for "
        "them, 405 takes no GET. A test asks the running product every one."
    )
    who = [name for name in read["cast"]]
    rows = [
        (f"`{name}`", *(str(status) for status in _each(row, who)))
        for name, row in sorted(read["addresses"].items())
    ]
    table = _table(("address", *who), rows)
    return "\n\n".join([_head("Access", intro), table, *_rules(read["rules"])])


DOCUMENTS: dict[str, Callable[[], str]] = {
    "access": access,
    "commands": commands,
    "definitions": facts,
    "jobs": jobs,
    "records": records,
    "roles": roles,
    "settings": settings,
}


def _record(model: type[models.Model]) -> str:
    privacy = getattr(model, "privacy", {})
    kept = getattr(model, "kept", None)
    grants = walls.grants_of(model)
    rows = [
        (f"`{f.name}`", str(privacy.get(f.attname, privacy.get(f.name, "")) or "?"))
        for f in model._meta.concrete_fields
    ]
    lines = [f"## {model._meta.label}", _first(model.__doc__)]
    if kept:
        lines.append(
            f"Kept by `{kept.rule}`, {kept.changes}, at the end: {kept.at_end}."
        )
    wall = "a wall" if walls.wall_of(model) else "no wall"
    lines.append(
        f"Database: {wall}; public `{grants.public or '-'}`, staff "
        f"`{grants.staff or '-'}`, jobs `{grants.worker or '-'}`."
    )
    return "\n\n".join([*lines, _table(("field", "privacy"), rows)])


def _rules(rules: dict[str, dict[str, list[int]]]) -> list[str]:
    """Give what holds at addresses that have no row of their own."""
    heads = ("nobody", "outsider", "others")
    rows = [
        (f"`{start}`", *(", ".join(map(str, rule[who])) for who in heads))
        for start, rule in rules.items()
    ]
    intro = (
        "An address without a row is held by the rule for the beginning of its name. An "
        "outsider is a stranger or another council's worker, at a row that is not theirs."
    )
    return ["## Addresses without a row", intro, _table(("begins", *heads), rows)]


def _each(row: dict[str, int], who: list[str]) -> Iterable[int]:
    return (row.get(name, row["others"]) for name in who)


def _head(title: str, intro: str) -> str:
    return f"# {title}\n\n{WRITTEN}\n\n{intro}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in rows:
        cells = (" ".join(cell.split()).replace("|", "\\|") for cell in row)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _sentence(path: str) -> str:
    read = (ROOT / path).read_text(encoding="utf-8")
    return _first(ast.get_docstring(ast.parse(read)))


def _first(text: str | None) -> str:
    return " ".join((text or "").strip().split("\n\n")[0].split())


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "nothing"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _yes(value: bool) -> str:
    return "yes" if value else "no"
