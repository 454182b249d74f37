"""Joins what a feed says now with what stands here, field by field. Pure.

The feed's last word about a record is known (its document is kept), so a field is
only touched where the feed itself changed it; and where somebody here has said
something since, ours stands. "Since" is judged by the feed's own date of change.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from thedeal.community.facts import ActivityFacts, ContactFacts, GroupFacts
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import ref_of_activity

NOT_JOINED = ("id", "source_ref", "activities", "contact")
GROUP = tuple(f.name for f in fields(GroupFacts) if f.name not in NOT_JOINED)
ACTIVITY = tuple(f.name for f in fields(ActivityFacts) if f.name not in NOT_JOINED)
Notes = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stands here of one group, and who said it when."""

    facts: GroupFacts
    contact: ContactFacts
    notes: Notes  # the group's provenance
    activity_notes: Mapping[str, Notes]  # by the activity's id
    confirmed_at: dt.datetime | None  # when the group or a worker last said it is right
    ended_by_feed: frozenset[str] = field(default_factory=frozenset)  # source_refs


@dataclass(frozen=True, kw_only=True)
class Word:
    """What the feed says now and said last, and when it says that it changed."""

    key: str  # the source's
    now: GroupFacts
    last: GroupFacts | None
    refs: frozenset[str]  # the records that this reading holds
    said_at: dt.datetime | None


def joined(
    standing: Standing, word: Word, oddities: Oddities, where: str
) -> GroupFacts:
    """Give the group as it should stand now; ``contact`` is None where it stays."""
    kept = _Kept(standing, word)
    group: dict[str, Any] = {}
    for name in GROUP:
        group[name] = kept.choose(
            getattr(standing.facts, name),
            getattr(word.last, name, None) if word.last else None,
            getattr(word.now, name),
            standing.notes.get(name),
        )
    contact = _contact(standing, word, kept)
    activities = tuple(_activities(standing, word, kept))
    for _ in range(kept.count):
        oddities.note("kept what was said here", where)
    return replace(standing.facts, **group, contact=contact, activities=activities)


class _Kept:
    """Chooses between two values of a field, and counts where ours was kept."""

    def __init__(self, standing: Standing, word: Word) -> None:
        self.standing, self.word, self.count = standing, word, 0

    def choose(self, ours: Any, last: Any, theirs: Any, note: Notes | None) -> Any:
        """Give the value that should stand."""
        if theirs in (last, ours) or (self.word.last is None and not theirs):
            return ours
        here = self._said_here(note)
        if here is None or (self.word.said_at and self.word.said_at > here):
            return theirs
        self.count += 1
        return ours

    def _said_here(self, note: Notes | None) -> dt.datetime | None:
        """Give when somebody here last said what this field is; None for nobody."""
        times = [self.standing.confirmed_at]
        if note and (note.get("confirmed") or note.get("source") != self.word.key):
            times.append(dt.datetime.fromisoformat(str(note["at"])))
        return max((t for t in times if t), default=None)


def _contact(standing: Standing, word: Word, kept: _Kept) -> ContactFacts | None:
    theirs = word.now.contact or ContactFacts()
    last = (word.last.contact or ContactFacts()) if word.last else None
    note = standing.notes.get("contact")
    chosen: ContactFacts = kept.choose(standing.contact, last, theirs, note)
    return None if chosen == standing.contact else chosen


def _activities(standing: Standing, word: Word, kept: _Kept) -> Iterable[ActivityFacts]:
    ours = {a.source_ref: a for a in standing.facts.activities if a.source_ref}
    last = {a.source_ref: a for a in word.last.activities} if word.last else {}
    theirs = {a.source_ref: a for a in word.now.activities}
    for one in standing.facts.activities:
        if one.source_ref in theirs:
            now = theirs[one.source_ref]
            yield _activity(one, last.get(one.source_ref), now, standing, kept)
        elif ref_of_activity(one.source_ref) not in word.refs or not one.source_ref:
            yield one
    for ref, now in theirs.items():
        is_new = ref not in last or ref in standing.ended_by_feed
        if ref not in ours and is_new:
            yield now


def _activity(
    ours: ActivityFacts,
    last: ActivityFacts | None,
    theirs: ActivityFacts,
    standing: Standing,
    kept: _Kept,
) -> ActivityFacts:
    notes = standing.activity_notes.get(ours.id, {})
    chosen = {
        name: kept.choose(
            getattr(ours, name),
            getattr(last, name) if last else None,
            getattr(theirs, name),
            notes.get(name),
        )
        for name in ACTIVITY
    }
    return replace(ours, **chosen)
