"""Ends what a feed no longer has, carefully: a feed that fails is not a town that closed.

What is missing from a whole file has ended. What is missing from a fetch has ended
once two whole fetches running agree. Never more than half at once, and never what the
group or a worker said is right after the feed last had it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.community.importers.records import (
    Feed,
    Record,
    ref_of_activity,
)
from thedeal.community.models import Activity, Document, FeedRun, Group, Source
from thedeal.community.states import SHOWN, ListingState
from thedeal.lib import logins

WHOLE_FETCHES_THAT_AGREE = 2
TOO_MANY = 0.5  # of what a source has
FEW = 10  # below this many, half is no sign of a broken feed
ENDED, MISSING = "ended", "missing"


def ended_by(source: Source) -> set[str]:
    """Give the records whose listings ended because the feed said or dropped them."""
    rows = Activity.objects.filter(
        source=source, state=ListingState.ENDED, provenance__has_key="ended"
    )
    return {ref_of_activity(ref) for ref in rows.values_list("source_ref", flat=True)}


@logins.atomic
def end_missing(
    source: Source, feed: Feed, *, at: dt.datetime, by: Any, is_whole_file: bool
) -> list[tuple[str, str]]:
    """End what is gone; give each with "ended" or "missing"."""
    live = list(
        Activity.objects.filter(source=source, state__in=SHOWN).select_related("group")
    )
    told = set(feed.gone)
    here = {record.ref for record in feed.records}
    found = [(a, ENDED) for a in live if ref_of_activity(a.source_ref) in told]
    if feed.is_complete and here:
        found += _absent(source, live, here | told, is_whole_file, feed)
    result = []
    for activity, what in found:
        if what == ENDED and _is_confirmed_since(activity):
            feed.oddities.note("gone, but confirmed here", activity.name)
            continue
        result.append((activity, what))
    _end([a for a, what in result if what == ENDED], source, at=at, by=by)
    return list(_told_once(result))


def _told_once(found: list[tuple[Activity, str]]) -> Iterator[tuple[str, str]]:
    """Give each record once, though it may be held at several places."""
    seen = {}
    for activity, what in found:
        seen[ref_of_activity(activity.source_ref)] = (activity.name, what)
    yield from seen.values()


def _absent(
    source: Source,
    live: list[Activity],
    here: set[str],
    is_whole_file: bool,
    feed: Feed,
) -> list[tuple[Activity, str]]:
    absent = [a for a in live if ref_of_activity(a.source_ref) not in here]
    if len(absent) > FEW and len(absent) > TOO_MANY * len(live):
        feed.oddities.note("not ended, too many", f"{len(absent)} of {len(live)}")
        return [(a, MISSING) for a in absent]
    if is_whole_file:
        return [(a, ENDED) for a in absent]
    long_gone = _missing_before(source)
    return [
        (a, ENDED if ref_of_activity(a.source_ref) in long_gone else MISSING)
        for a in absent
    ]


def _missing_before(source: Source) -> set[str]:
    """Give the records that the whole fetches before this one had not either."""
    runs = FeedRun.objects.filter(source=source, is_complete=True, is_dry_run=False)
    times = list(
        runs.values_list("started_at", flat=True)[: WHOLE_FETCHES_THAT_AGREE - 1]
    )
    if len(times) < WHOLE_FETCHES_THAT_AGREE - 1:
        return set()
    rows = Document.objects.filter(source=source)
    newer = set(
        rows.filter(seen_at__gte=times[-1]).values_list("source_ref", flat=True)
    )
    return set(rows.values_list("source_ref", flat=True)) - newer


def _is_confirmed_since(activity: Activity) -> bool:
    """Say whether the group or a worker said it is right after the feed last had it."""
    group = activity.group
    if group.checked_how not in ("the group", "a worker") or not group.checked_at:
        return False
    ref = ref_of_activity(activity.source_ref)
    rows = Document.objects.filter(source_id=activity.source_id, source_ref=ref)
    seen = rows.order_by("-seen_at").values_list("seen_at", flat=True).first()
    return seen is None or group.checked_at > seen


def _end(
    activities: list[Activity], source: Source, *, at: dt.datetime, by: Any
) -> None:
    for activity in activities:
        _mark_ended(activity, source.key, at)
        trail.record("community.ended", by=by, subject=activity, how="a feed")
    end_empty({a.group_id for a in activities})


def _mark_ended(activity: Activity, key: str, at: dt.datetime) -> None:
    """Note that it was the feed that ended it: it may come back by the feed."""
    activity.provenance["ended"] = {"source": key, "at": at.isoformat()}
    activity.state = ListingState.ENDED
    activity.save(update_fields=["state", "provenance"])


def note_state(group: Group, records: list[Record]) -> None:
    """Note which parts the feed itself calls over or closed for a while.

    What it does not call so any more is taken back.
    """
    over = {r.ref for r in records if r.has_stopped}
    rests = {r.ref for r in records if r.is_resting}
    for activity in group.activities.filter(source=group.source):
        ref = ref_of_activity(activity.source_ref)
        _note_resting(activity, group.source.key, is_resting=ref in rests)
        _note_ended(activity, group.source.key, is_over=ref in over)


def _note_ended(activity: Activity, key: str, *, is_over: bool) -> None:
    if activity.state == ListingState.ENDED and is_over:
        _mark_ended(activity, key, timezone.now())
    elif activity.state != ListingState.ENDED and "ended" in activity.provenance:
        del activity.provenance["ended"]
        activity.save(update_fields=["provenance"])


def _note_resting(activity: Activity, key: str, *, is_resting: bool) -> None:
    if is_resting and activity.state == ListingState.LIVE:
        activity.state = ListingState.PAUSED
        activity.provenance["resting"] = {"source": key}
    elif not is_resting and activity.provenance.pop("resting", None):
        activity.state = ListingState.LIVE
    else:
        return
    activity.save(update_fields=["state", "provenance"])


def end_empty(group_ids: Iterable[UUID]) -> None:
    """End groups that have nothing on any more, and bring back those that have."""
    ids = list(group_ids)
    rows = Group.objects.filter(pk__in=ids)
    shown = Activity.objects.filter(group__in=ids, state__in=SHOWN).values("group_id")
    rows.filter(state__in=SHOWN).exclude(pk__in=shown).update(state=ListingState.ENDED)
    rows.filter(state=ListingState.ENDED, pk__in=shown).update(state=ListingState.LIVE)
