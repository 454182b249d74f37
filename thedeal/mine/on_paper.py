"""All that a person takes away, on paper: tagged for screen readers, large if liked.

The same as the file, said in words: no ids, and nothing that the file has not.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from thedeal.lib import paper, wording

TEMPLATE = Path(__file__).parent / "templates" / "mine" / "everything.typ"
SKIPPED = frozenset({"id"})


def everything_pdf(
    held: dict[str, Any], *, name: str, made_up: str, is_large: bool
) -> bytes:
    """Give the PDF of what ``selectors.everything`` gave."""
    sections = [
        {"heading": "About you", "rows": [_pairs(held["about_you"])]},
        *(
            {"heading": title, "rows": [_pairs(row) for row in rows]}
            for title, rows in held["held_about_you"].items()
        ),
        {"heading": "Who looked", "rows": [_pairs(x) for x in held["who_looked"]]},
    ]
    return paper.pdf(
        TEMPLATE,
        {
            "title": f"What we hold about {name}",
            "council": held["council"],
            "made_at": said(held["made_at"]),
            "held_back": wording.listed(held["may_be_held_back"], last="or"),
            "sections": [s for s in sections if s["rows"]],
            "is_large": is_large,
            "made_up": made_up,
        },
    )


def said(value: Any) -> str:
    """Give any value of the file as words: dates as people say them, lists in one line.

    >>> said("2026-11-23"), said(True), said(["tea", "cards"])
    ('23 November 2026', 'yes', 'tea; cards')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        pairs = (f"{_key(k)}: {said(v)}" for k, v in value.items() if k not in SKIPPED)
        return "; ".join(pairs)
    if isinstance(value, list):
        return "; ".join(said(each) for each in value)
    return _date(str(value))


def _pairs(row: dict[str, Any]) -> list[list[str]]:
    return [[_key(k), said(v)] for k, v in row.items() if not _is_id(k, v)]


def _is_id(key: str, value: Any) -> bool:
    if key in SKIPPED:
        return True
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _key(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _date(text: str) -> str:
    for read in _READERS:
        try:
            found = read(text)
        except ValueError:
            continue
        if isinstance(found, dt.datetime):
            return wording.when(found)
        return wording.date(found, year=True)
    return text


_READERS: Iterable[Any] = (dt.date.fromisoformat, dt.datetime.fromisoformat)
