"""How many a list has and which of them a page has, without reading the rest.

Who takes in a large list asks for its pages one after another, and each says how many
there are in all: that is counted once a minute. A small one is counted each time.
"""

import time
from dataclasses import replace
from typing import Any

from thedeal.openreferral.asking import USUAL, Asked

FEW = 5_000
REMEMBERED_S = 60.0
MOST_QUESTIONS = 200
Question = tuple[str, Asked]
_TOTALS: dict[Question, tuple[float, int]] = {}  # in this process


def total(path: str, asked: Asked, rows: Any) -> int:
    """Give how many a list has; of a large one, as it was within the last minute."""
    question = (path, replace(asked, page=1, per_page=USUAL, is_full=False))
    now = time.monotonic()
    counted_at, known = _TOTALS.get(question, (0.0, 0))
    if known and now - counted_at < REMEMBERED_S:
        return known
    found: int = rows.count()
    _TOTALS.pop(question, None)
    if found > FEW and not asked.is_minimal:  # which is all on one page
        if len(_TOTALS) >= MOST_QUESTIONS:
            _TOTALS.clear()
        _TOTALS[question] = (now, found)
    return found


def cut(rows: Any, start: int, size: int) -> Any:
    """Give the rows of a page; those before it are counted off by their ids alone."""
    if isinstance(rows, list) or not start:
        return rows[start : start + size]
    ids = list(rows.values_list("pk", flat=True)[start : start + size])
    return rows.filter(pk__in=ids)
