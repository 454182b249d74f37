"""What one file gave: rows read, kept and dropped, each oddity by its kind.

Nothing is dropped without being counted here, with up to three examples.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

EXAMPLES = 3


@dataclass
class Report:
    """Counts that a human can judge, for one file."""

    file: str
    format: str
    read: int = 0
    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    oldest: str = ""
    newest: str = ""

    def drop(self, why: str, *, example: str = "") -> None:
        """Count a row that is left out."""
        self.dropped[why] += 1
        self._example(why, example)

    def remark(self, why: str, *, example: str = "") -> None:
        """Count a row that is kept although something about it is odd."""
        self.odd[why] += 1
        self._example(why, example)

    def keep(self, date: str = "") -> None:
        """Count a row that is kept, with its date: YYYY, YYYY-MM or YYYY-MM-DD."""
        self.kept += 1
        if date:
            self.oldest = min(self.oldest, date) if self.oldest else date
            self.newest = max(self.newest, date)

    def balances(self) -> bool:
        """Say whether every row read was either kept or counted as dropped."""
        return self.read == self.kept + sum(self.dropped.values())

    def as_dict(self) -> dict[str, Any]:
        """Give the report as plain JSON, to be stored with the load."""
        return {
            "file": self.file,
            "format": self.format,
            "read": self.read,
            "kept": self.kept,
            "dropped": dict(self.dropped),
            "odd": dict(self.odd),
            "examples": self.examples,
            "oldest": self.oldest,
            "newest": self.newest,
        }

    def lines(self) -> list[str]:
        """Give the report as lines of text."""
        span = f", dates {self.oldest} to {self.newest}" if self.oldest else ""
        found = [f"{self.file} ({self.format}): read {self.read:,}, kept {self.kept:,}"]
        found[0] += span
        for verb, counted in (("left out", self.dropped), ("kept, but", self.odd)):
            for why, times in counted.most_common():
                shown = "; ".join(self.examples.get(why, []))
                found.append(
                    f"    {times:,} {verb}: {why}" + (f" ({shown})" * (shown != ""))
                )
        return found

    def _example(self, why: str, example: str) -> None:
        known = self.examples.setdefault(why, [])
        if example and len(known) < EXAMPLES and example not in known:
            known.append(example)
