"""An area record: which files describe one council's area, and how to read them.

A council is a YAML file, never code: its official codes, its sources with their
licences, its files in any order. docs/guides/loading-your-area.md explains it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import yaml

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["area", "sources", "files"],
    "additionalProperties": False,
    "properties": {
        "area": {
            "type": "object",
            "required": ["id", "name", "borough_code", "folder"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "name": {"type": "string"},
                "borough_code": {"type": "string", "pattern": "^[ENSW][0-9]{8}$"},
                "folder": {"type": "string"},
                "border_m": {"type": "number", "minimum": 0},
                "neighbours": {
                    "type": "object",
                    "additionalProperties": {"type": "string"},
                },
                "grouping": {"type": "string"},
                "seeds": {"type": "object"},
            },
        },
        "sources": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["key", "name", "licence", "attribution", "dated"],
            },
        },
        "files": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["format", "path", "source"],
                "additionalProperties": False,
                "properties": {
                    "format": {"type": "string"},
                    "path": {"type": "string"},
                    "inside": {"type": "string"},
                    "source": {"type": "string"},
                    "columns": {"type": "object"},
                    "fixed": {"type": "object"},
                    "options": {"type": "object"},
                },
            },
        },
    },
}


class RecordError(ValueError):
    """An area record or one of its files cannot be read; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class AreaFile:
    """One file of the record.

    ``columns`` names the file's own column for an official one, where they differ;
    ``fixed`` gives a value for an official column that the file does not have.
    """

    format: str
    path: Path
    source: str
    dated: str
    inside: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AreaRecord:
    """One council's area: code, neighbours, sources and files."""

    id: str
    name: str
    borough_code: str
    folder: Path
    border_m: float
    neighbours: Mapping[str, str]
    grouping: str
    seeds: Mapping[str, str]
    sources: tuple[Mapping[str, str], ...]
    files: tuple[AreaFile, ...]


def read(path: Path) -> AreaRecord:
    """Give the record in a YAML file; raise RecordError where it is wrong."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        jsonschema.validate(raw, SCHEMA)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RecordError(f"{path.name} cannot be read: {error}") from error
    except jsonschema.ValidationError as error:
        where = "/".join(str(part) for part in error.absolute_path)
        raise RecordError(f"{path.name}, {where}: {error.message}") from error
    area = raw["area"]
    folder = (path.parent / area["folder"]).resolve()
    dates = {source["key"]: str(source["dated"]) for source in raw["sources"]}
    return AreaRecord(
        id=area["id"],
        name=area["name"],
        borough_code=area["borough_code"],
        folder=folder,
        border_m=float(area.get("border_m", 2000)),
        neighbours=area.get("neighbours", {}),
        grouping=area.get("grouping", ""),
        seeds=area.get("seeds", {}),
        sources=tuple({k: str(v) for k, v in s.items()} for s in raw["sources"]),
        files=tuple(_files(raw["files"], folder, dates, path.name)),
    )


def _files(
    raw: list[dict[str, Any]], folder: Path, dates: Mapping[str, str], name: str
) -> Iterator[AreaFile]:
    for entry in raw:
        if entry["source"] not in dates:
            raise RecordError(f"{name}: no source called {entry['source']}.")
        fixed = {k: str(v) for k, v in entry.get("fixed", {}).items()}
        rest = {k: v for k, v in entry.items() if k not in ("path", "fixed")}
        yield AreaFile(
            path=folder / entry["path"],
            dated=dates[entry["source"]],
            fixed=fixed,
            **rest,
        )
