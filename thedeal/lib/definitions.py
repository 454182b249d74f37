"""Facts as data: measures, rates, prompts and words, each with its source.

Reads ``definitions/**/*.yaml``. A file holds ``entries``, a list; each entry has
an ``id`` unique in the file and is found as "<path without .yaml>.<id>", e.g.
"measures/ons4.satisfaction". What a file says under ``each`` holds for every entry
that does not say otherwise. A review date that has passed warns (``overdue``), it
never fails. A council's own words are rows that ``partners`` lays over these.
"""

import datetime as dt
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from thedeal.lib.once import once

FOLDER = Path(__file__).resolve().parents[2] / "definitions"
VERIFIED, SECONDARY, UNVERIFIED = "verified", "secondary", "unverified"


class DefinitionError(LookupError):
    """A definition is missing or badly written; the sentence says which."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a fact came from."""

    name: str
    url: str = ""
    doc: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One fact: its value or table, unit, source and when it must be looked at."""

    key: str
    title: str = ""
    value: Any = None
    table: Any = None
    unit: str = ""
    source: Source | None = None
    status: str = UNVERIFIED
    reviewer: str = ""
    checked_on: dt.date | None = None
    review_by: dt.date | None = None
    notes: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def is_verified(self) -> bool:
        """Say whether the value was read in its source."""
        return self.status == VERIFIED

    def is_overdue(self, today: dt.date) -> bool:
        """Say whether its review date has passed."""
        return self.review_by is not None and self.review_by < today


KNOWN = set(Entry.__dataclass_fields__) - {"key", "more"}


@cache
def everything(folder: Path = FOLDER) -> dict[str, Entry]:
    """Give every entry of the folder by key; raise DefinitionError if one is bad."""
    found: dict[str, Entry] = {}
    for path in sorted(folder.rglob("*.yaml")):
        for entry in _entries(path, folder):
            if entry.key in found:
                raise DefinitionError(f"{entry.key} is defined twice.")
            found[entry.key] = entry
    return found


def get(key: str) -> Entry:
    """Give one entry; raise DefinitionError with the nearest names if missing."""
    try:
        return everything()[key]
    except KeyError:
        file = key.rpartition(".")[0]
        near = ", ".join(k for k in everything() if k.startswith(file)) or "nothing"
        raise DefinitionError(f"No definition {key}. In {file}: {near}.") from None


def within(prefix: str) -> list[Entry]:
    """Give the entries whose key starts so, in the order they are written."""
    return [e for key, e in everything().items() if key.startswith(prefix)]


def overdue(today: dt.date) -> list[Entry]:
    """Give the entries whose review date has passed."""
    return [entry for entry in everything().values() if entry.is_overdue(today)]


# partners lays a council's own words over these: authority id -> its words by key
Reader = Callable[[object], Mapping[str, str]]
_own_words: list[Reader] = []


def lay_over(reader: Reader) -> None:
    """Let a higher room answer first for a council's own words."""
    if reader not in _own_words:
        _own_words.append(reader)


def words(key: str, *, authority_id: object = None) -> str:
    """Give the words for a key, the council's own where it has some."""
    own = once(("own words", authority_id), lambda: _own(authority_id))
    return own[key] if key in own else str(get(key).value)


def _own(authority_id: object) -> dict[str, str]:
    if not authority_id:
        return {}
    return dict(ChainMap(*(dict(reader(authority_id)) for reader in _own_words)))


def _entries(path: Path, folder: Path) -> Iterator[Entry]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict) or not isinstance(loaded.get("entries"), list):
        return  # a file with a shape of its own: its reader checks it
    stem = path.relative_to(folder).with_suffix("").as_posix()
    shared = loaded.get("each") or {}
    for raw in loaded["entries"]:
        yield _entry(shared | raw if isinstance(raw, dict) else raw, stem)


def _entry(raw: dict[str, Any], stem: str) -> Entry:
    if not isinstance(raw, dict) or not raw.get("id"):
        raise DefinitionError(f"An entry of definitions/{stem}.yaml has no id.")
    known = {name: raw[name] for name in KNOWN & raw.keys()}
    if isinstance(known.get("source"), dict):
        source = {k: str(v) for k, v in known["source"].items()}
        known["source"] = Source(**source)
    more = {k: v for k, v in raw.items() if k not in KNOWN and k != "id"}
    return Entry(key=f"{stem}.{raw['id']}", more=more, **known)
