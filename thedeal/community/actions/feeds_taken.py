"""What taking a feed did, record by record, with the counts of it."""

import re
from dataclasses import dataclass, field

from thedeal.community.importers.records import Feed
from thedeal.community.models import FeedRun, Source

COUNTED = ("added", "changed", "unchanged", "ended", "missing", "left out")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one record: one of ``COUNTED``, and which facts changed."""

    where: str
    what: str
    detail: str = ""


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
        """Give what became of each record that did not stay as it was, in order."""
        return [
            {"record": o.where, "became": o.what, "detail": o.detail}
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
