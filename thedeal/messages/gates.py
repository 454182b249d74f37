"""Whether a letter may go this minute: asked of whoever knows, as it is handed over.

A room that writes to people registers who to ask for a kind of letter. What somebody
said of when and how they may be reached then holds for a letter that has waited, too:
behind a mail server that was down, or since before they said it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Later:
    """Not now, but from this moment on."""

    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Never:
    """Not at all, and why, without a word about the person."""

    why: str


@dataclass(frozen=True)
class Now:
    """This minute, quiet hours or not: they said that it is a good one."""


Answer = Later | Never | Now | None
# given the letter and the moment; None where it is like any other letter
Gate = Callable[[Any, dt.datetime], Answer]
GATES: dict[str, Gate] = {}


def register(kind: str, gate: Gate) -> None:
    """Ask this of each letter of a kind; raise ValueError where another is asked."""
    if GATES.setdefault(kind, gate) is not gate:
        raise ValueError(f"Letters of the kind {kind} have another gate.")


def asked(letter: Any, now: dt.datetime) -> Answer:
    """Give what whoever knows says of a letter; None where nobody need be asked."""
    gate = GATES.get(letter.kind)
    return gate(letter, now) if gate else None
