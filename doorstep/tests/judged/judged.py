"""Reads the judged set, and scores a ranking against it."""

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import yaml

FOLDER = Path(__file__).parent
ALWAYS_WRONG = frozenset(
    {
        "bereavement",
        "abuse",
        "addiction",
        "offending",
        "homeless",
        "poverty",
        "suicide",
        "dying",
        "cancer",
        "asylum",
        "young",
        "disability",
        "care",
    }
)
"""Labels that are plainly wrong or hurtful for somebody who said nothing of the kind."""


@dataclass(frozen=True)
class Listing:
    """One real listing, with the labels that only judges see."""

    key: str
    name: str
    text: str
    labels: frozenset[str]


@dataclass(frozen=True)
class Statement:
    """What somebody said, the grades by listing, and what would be wrong."""

    key: str
    words: str
    grades: dict[str, int]
    wrong: frozenset[str]
    is_held_back: bool

    @classmethod
    def read(
        cls, entry: dict, listings: Sequence[Listing], *, is_held_back: bool
    ) -> Self:
        """Make one from its entry in statements.yaml."""
        grades = {key: grade for grade in (3, 2, 1) for key in entry.get(grade, ())}
        never = set(entry.get("never", ()))
        labels = {n[1:] for n in never if n.startswith("#")}
        labels |= ALWAYS_WRONG - {a[1:] for a in entry.get("allow", ())}
        wrong = {x.key for x in listings if x.key in never or x.labels & labels}
        return cls(
            entry["id"],
            entry["words"],
            grades,
            frozenset(wrong - grades.keys()),
            is_held_back=is_held_back,
        )

    def ndcg(self, ranking: Sequence[str], *, first: int = 10) -> float:
        """Give nDCG: gain 2^grade - 1, halved by log2 of the rank plus one.

        Jarvelin and Kekalainen, ACM TOIS 20 (2002), in the form with exponential gain.
        """
        gains = [2 ** self.grades.get(key, 0) - 1 for key in ranking[:first]]
        best = sorted((2**g - 1 for g in self.grades.values()), reverse=True)[:first]
        return _discounted(gains) / _discounted(best)

    def insults(self, ranking: Sequence[str], *, first: int = 5) -> list[str]:
        """Give the plainly wrong or hurtful listings among the first few."""
        return [key for key in ranking[:first] if key in self.wrong]


def listings() -> list[Listing]:
    """Give every listing of the set."""
    with (FOLDER / "activities.csv").open(newline="", encoding="utf-8") as file:
        return [
            Listing(r["key"], r["name"], r["text"], frozenset(r["labels"].split()))
            for r in csv.DictReader(file)
        ]


def statements() -> list[Statement]:
    """Give every statement of the set."""
    known = listings()
    entries = yaml.safe_load((FOLDER / "statements.yaml").read_text(encoding="utf-8"))
    order = sorted((entry["id"] for entry in entries), key=_lot)
    held_back = set(order[len(order) // 2 :])
    return [
        Statement.read(entry, known, is_held_back=entry["id"] in held_back)
        for entry in entries
    ]


def _lot(key: str) -> tuple[int, bytes]:
    drawn = hashlib.sha256(f"doorstep-judged-1:{key}".encode()).digest()
    return drawn[0] % 2, drawn


def _discounted(gains: Sequence[int]) -> float:
    return float(sum(g / np.log2(rank + 2) for rank, g in enumerate(gains)))
