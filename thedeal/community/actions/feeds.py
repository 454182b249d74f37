"""Takes a feed in: adds, changes and ends listings, and says what was odd.

The source's own document is kept whole beside what we made of it. Taking the same
feed again changes nothing, and nothing that a group or a worker said since is ever
overwritten (``importers.joining``). Each group is its own transaction, so that one
bad record never stops the rest. A record that is no longer there ends its listing
only where the whole feed was read.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.community import permissions
from thedeal.community.actions import (
    feeds_changed,
    feeds_ending,
    feeds_standing,
    unlisted,
    writing,
)
from thedeal.community.actions.feeds_changed import Changed
from thedeal.community.actions.feeds_taken import Outcome, Taken
from thedeal.community.actions.writing import Origin
from thedeal.community.facts import GroupFacts
from thedeal.community.importers import joining, reading
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import (
    Feed,
    Record,
    bundled,
    facts_of,
)
from thedeal.community.models import Document, FeedRun, Group, Source
from thedeal.community.states import ListingState
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError

A_FEED = "a feed"
CHUNK = 1000
IS_OVER = "its source says that it is over"
MOST_LINES = 500  # of a run, kept for its page
Told = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class _Known:
    """The newest document that we hold of a record."""

    pk: UUID
    digest: str
    seen_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class _Run:
    source: Source
    by: Any
    at: dt.datetime
    known: dict[str, _Known]
    gone: set[str]  # records whose listings the feed itself ended
    taken: Taken


def take(
    feed: Feed,
    *,
    source: Source,
    by: Any,
    read_from: str,
    is_whole_file: bool,
    is_dry_run: bool = False,
    progress: Told | None = None,
) -> Taken:
    """Take a feed in; a dry run does all of it, undoes it, and keeps what it found.

    ``is_whole_file``: what is missing from a whole file has ended; what is missing
    from one fetch only counts as missing, until the next whole one agrees.
    """
    permissions.check_can_edit(by, authority=source.authority)
    run = _Run(
        source=source,
        by=by,
        at=timezone.now(),
        known=_known(source),
        gone=feeds_ending.ended_by(source),
        taken=Taken(source=source, feed=feed),
    )
    if not is_dry_run:
        _take(run, read_from, is_whole_file, progress)
        return run.taken
    with logins.transaction_now():
        _take(run, read_from, is_whole_file, progress)
        logins.undo()
    _keep_run(run, read_from, is_dry_run=True)
    return run.taken


def _take(
    run: _Run, read_from: str, is_whole_file: bool, progress: Told | None
) -> None:
    feed, done, seen = run.taken.feed, 0, []
    for records in bundled(feed.records).values():
        done += len(records)
        if all(_is_known(run, record) for record in records):
            seen += [run.known[record.ref].pk for record in records]
            for record in records:
                run.taken.note(record.where, "unchanged")
        else:
            _try_bundle(run, records)
        if progress:
            progress(done, len(feed.records))
    for ref in feed.gone:
        if ref not in run.known:
            feed.oddities.note("never here", ref)
    _touch(seen, run.at)
    ending = feeds_ending.end_missing(
        run.source, feed, at=run.at, by=run.by, is_whole_file=is_whole_file
    )
    for name, what in ending:
        run.taken.note(name, what)
    _keep_run(run, read_from)


@logins.atomic
def _keep_run(run: _Run, read_from: str, *, is_dry_run: bool = False) -> None:
    feed = run.taken.feed
    run.taken.kept = kept = FeedRun.objects.create(
        authority_id=run.source.authority_id,
        source=run.source,
        read_from=read_from[:500],
        shape=feed.kind[:60],
        started_at=run.at,
        counts=run.taken.counts,
        oddities=feed.oddities.told(),
        is_complete=feed.is_complete,
        next_address=feed.next_address[:1000],
        by_id=getattr(run.by, "pk", None),
        is_dry_run=is_dry_run,
        lines=run.taken.lines_in_words()[:MOST_LINES],
    )
    if is_dry_run:
        return
    trail.record("community.fed", by=run.by, subject=kept, counts=run.taken.counts)


def _known(source: Source) -> dict[str, _Known]:
    rows = Document.objects.filter(source=source).order_by("seen_at")
    return {
        ref: _Known(pk=pk, digest=digest, seen_at=seen)
        for ref, pk, digest, seen in rows.values_list(
            "source_ref", "pk", "digest", "seen_at"
        ).iterator()
    }


def _digest(body: Any) -> str:
    words = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(words.encode()).hexdigest()


def _is_known(run: _Run, record: Record) -> bool:
    known = run.known.get(record.ref)
    is_back = record.ref in run.gone and not record.has_stopped
    return known is not None and not is_back and known.digest == _digest(record.body)


def _touch(pks: list[UUID], at: dt.datetime) -> None:
    for start in range(0, len(pks), CHUNK):
        rows = Document.objects.filter(pk__in=pks[start : start + CHUNK])
        rows.update(seen_at=at)


def _try_bundle(run: _Run, records: list[Record]) -> None:
    """Write one group, or say why it was left out; the others go on."""
    oddities = run.taken.feed.oddities
    try:
        with logins.transaction_now():
            outcomes = list(_write_bundle(run, records))
    except (UserFacingError, DatabaseError, ValueError, TypeError) as error:
        why = getattr(error, "sentence", type(error).__name__)
        kind = "withdrawn here" if why == unlisted.REFUSED else "refused"
        for record in records:
            oddities.note(kind, record.where)
            run.taken.note(record.where, "left out", why)
    else:
        run.taken.outcomes += outcomes


def _write_bundle(run: _Run, records: list[Record]) -> Iterator[Outcome]:
    group = (
        Group.objects.select_for_update(of=("self",))
        .filter(source=run.source, source_ref=records[0].group_ref)
        .first()
    )
    last = _last_said(run, records)
    documents = _keep_documents(run, records)
    if group is not None and group.state in (
        ListingState.WITHDRAWN,
        ListingState.MERGED,
    ):
        yield from _left(run, records, group)
        return
    now = facts_of(records)
    unlisted.check_may_list(run.source.authority, now)
    changed = _write(run, records, now, last, group, documents[-1])
    for record in records:
        yield _became(run, record, changed, now)


def _left(run: _Run, records: list[Record], group: Group) -> Iterator[Outcome]:
    is_merged = group.state == ListingState.MERGED
    for record in records:
        kind = "merged here" if is_merged else "withdrawn here"
        run.taken.feed.oddities.note(kind, record.where)
        yield Outcome(where=record.where, what="left out", detail=f"{kind}")


def _became(
    run: _Run, record: Record, changed: Changed | None, now: GroupFacts
) -> Outcome:
    if record.has_stopped:
        return Outcome(where=record.where, what="ended", detail=IS_OVER)
    if record.ref not in run.known:
        detail = feeds_standing.in_short(record, now)
        return Outcome(where=record.where, what="added", detail=detail)
    if _is_known(run, record):
        return Outcome(where=record.where, what="unchanged")
    mine = changed.of(record.ref, record.name) if changed else None
    return Outcome(where=record.where, what="changed", changed=mine)


def _keep_documents(run: _Run, records: list[Record]) -> list[Document]:
    """Keep each record's own words; those never met before in one statement."""
    made = [
        Document(
            authority_id=run.source.authority_id,
            source=run.source,
            source_ref=record.ref[:200],
            digest=_digest(record.body),
            body=record.body,
            seen_at=run.at,
        )
        for record in records
    ]
    fresh = [one for one in made if one.source_ref not in run.known]
    Document.objects.bulk_create(fresh)
    return [_keep_again(one) for one in made if one.source_ref in run.known] + fresh


def _keep_again(made: Document) -> Document:
    """Keep a document of a known record: the one that we hold, where it is the same."""
    same = {"source_ref": made.source_ref, "digest": made.digest}
    found = Document.objects.filter(source=made.source, **same).first()
    found = found or made
    found.seen_at = made.seen_at
    found.save()
    return found


def _last_said(run: _Run, records: list[Record]) -> list[Record]:
    """Give the same records as the feed had them last time, read anew."""
    pks = [run.known[r.ref].pk for r in records if r.ref in run.known]
    by_ref = {}
    for document in Document.objects.filter(pk__in=pks):
        again = reading.read_one(
            document.body, Oddities(), where="", today=timezone.localdate()
        )
        if again is not None:
            by_ref[document.source_ref] = reading.as_ref(again, document.source_ref)
    return [by_ref[r.ref] for r in records if r.ref in by_ref]


def _write(
    run: _Run,
    records: list[Record],
    now: GroupFacts,
    last: list[Record],
    group: Group | None,
    document: Document,
) -> Changed | None:
    """Write the group as it should stand; give what differs, of one that was there."""
    origin = Origin(
        source=run.source,
        how=A_FEED,
        by=run.by,
        at=run.at,
        document=document,
        checked_at=_checked_at(records),
    )
    changed = None
    facts = now
    if group is not None:
        standing = feeds_standing.standing(group, run.source)
        seen = [run.known[r.ref].seen_at for r in records if r.ref in run.known]
        word = feeds_standing.word(run.source, records, now, last, seen)
        where = records[0].where
        facts = joining.joined(standing, word, run.taken.feed.oddities, where)
        changed = feeds_changed.between(standing.facts, facts)
    is_new = group is None
    if changed is None or changed.fields:
        group = writing.write_group(
            facts, authority_id=run.source.authority_id, origin=origin, group=group
        )
    assert group is not None  # noqa: S101 - said just above; for the type checker
    # a new group has been written as its source has it, unless a part of it is over
    if not is_new or any(r.has_stopped or r.is_resting for r in records):
        _note_state(group, records)
    return changed


def _checked_at(records: list[Record]) -> dt.datetime | None:
    """Give when the source last checked any of these; never a day to come."""
    checked = max((r.checked_on for r in records if r.checked_on), default=None)
    if checked is None:
        return None
    at = timezone.make_aware(dt.datetime.combine(checked, dt.time(12)))
    return min(at, timezone.now())


def _note_state(group: Group, records: list[Record]) -> None:
    """Note when the source last checked it, which parts rest, and what it ended."""
    at = _checked_at(records)
    if at is not None and (group.checked_at is None or group.checked_at < at):
        Group.objects.filter(pk=group.pk).update(
            checked_at=at, checked_how=A_FEED, checked_by_id=None
        )
        group.activities.update(checked_at=at, checked_how=A_FEED)
    feeds_ending.note_state(group, records)
    feeds_ending.end_empty([group.pk])
