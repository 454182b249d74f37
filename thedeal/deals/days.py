"""The days and sums that a council sets: read from definitions, with its own over them.

Pure but for that reading. Values are written as words, so that a council can lay its
own over them in the same way as any sentence.
"""

from typing import Any

from thedeal.lib import definitions


def number(name: str, *, authority_id: Any) -> int:
    """Give one whole number of definitions/deals.yaml, the council's own if it has."""
    return int(definitions.words(f"deals.{name}", authority_id=authority_id))


def numbers(name: str, *, authority_id: Any) -> tuple[int, ...]:
    """Give several, in order: "2, 8, 26"."""
    told = definitions.words(f"deals.{name}", authority_id=authority_id)
    return tuple(sorted(int(part) for part in told.split(",")))
