"""What taking a feed did, record by record, with the counts of it."""

import re
from dataclasses import dataclass, field
from typing import Any

from thedeal.community.actions.feeds_changed import Changed
from thedeal.community.differences import Difference
from thedeal.community.importers.records import Feed
from thedeal.community.models import FeedRun, Source

COUNTED = ("added", "changed", "unchanged", "ended", "missing", "left out")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one record: one of ``COUNTED``, why, and which facts changed."""

    where: str
    what: str
    detail: str = ""
    changed: Changed | None = None

    @property
    def by_field(self) -> str:
        """Give why, or the fields that changed, as programs name them."""
        return ", ".join(self.changed.fields) if self.changed else self.detail

    @property
    def differs(self) -> tuple[Difference, ...]:
        """Give what changed, in words."""
        return self.changed.in_words if self.changed else ()


@dataclass
class Taken:
    """What taking a feed did."""

    source: Source
    feed: Feed
    outcomes: list[Outcome] = field(default_factory=list)
    kept: FeedRun | None = None

    @property
    def run(self) -> FeedRun:
        """Give what is kept of this reading; raises LookupError before it ended."""
        if self.kept is None:
            raise LookupError("This feed is being taken still.")
        return self.kept

    @property
    def counts(self) -> dict[str, int]:
        """Give how many records were read, and what became of them."""
        found = dict.fromkeys(("read", *COUNTED), 0)
        found["read"] = self.feed.read
        for one in self.outcomes:
            found[one.what] += 1
        left = self.feed.read - len(self.feed.records) - len(self.feed.gone)
        found["left out"] += max(0, left)
        return found

    def lines(self) -> list[dict[str, str]]:
        """Give what became of each record that did not stay as it was, in order.

        For programs: fields that changed have the names that they have in the code.
        """
        return [
            {"record": o.where, "became": o.what, "detail": o.by_field}
            for o in self.in_order()
            if o.what != "unchanged"
        ]

    def lines_in_words(self) -> list[dict[str, Any]]:
        """Give the same for people: what changed with what it was, and what it is."""
        return [
            {
                "record": o.where,
                "became": o.what,
                "detail": o.detail,
                **({"differs": [vars(one) for one in o.differs]} if o.differs else {}),
            }
            for o in self.in_order()
            if o.what != "unchanged"
        ]

    def in_order(self) -> list[Outcome]:
        """Give what became of each record as they stand in the feed, the gone last.

        What could not be read has its line too, with why.
        """
        left = [
            Outcome(where=where, what="left out", detail=why)
            for where, why in self.feed.left_out
        ]
        return sorted([*self.outcomes, *left], key=lambda o: _place_in_feed(o.where))

    def note(self, where: str, what: str, detail: str = "") -> None:
        """Add what became of one record."""
        self.outcomes.append(Outcome(where=where, what=what, detail=detail))


def _place_in_feed(where: str) -> float:
    found = re.match(r"(?:line|record) (\d+)", where)
    return int(found[1]) if found else float("inf")
