"""Reads each feed again from its address, night by night, and minds how that went.

A fetch that fails changes no listing: it is kept as a run with why, the source waits
longer each time, and its editor sees it on the desk. Fetching itself is ``clients``':
it holds the limits and never reaches a private address.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from thedeal.audit.actions import trail
from thedeal.community import cleaning, permissions
from thedeal.community.actions import feeds, feeds_sources
from thedeal.community.clients.fetching import Fetcher
from thedeal.community.importers import addresses
from thedeal.community.importers.records import Feed
from thedeal.community.models import FeedRun, Source
from thedeal.community.models.feeds import NOT_CHANGED
from thedeal.lib import logins, queue
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority

READ_ONE = "community.read_feed"
NIGHT = dt.time(2, tzinfo=dt.UTC)  # a little before ``jobs.read_feeds`` asks
WAITS_DAYS = (1, 1, 2, 4, 7)  # until the next try, after so many failures in a row
DESCRIBED = ("name", "licence", "licence_url", "attribution", "may_republish")
NO_LICENCE = "Say which licence lets us pass it on, or do not pass it on."
UNREADABLE = "What came could not be read as a feed ({why}). Nothing was changed."


def due(now: dt.datetime) -> QuerySet[Source]:
    """Give the sources whose address is to be read again by now."""
    rows = Source.objects.filter(is_paused=False).exclude(address="")
    return rows.filter(Q(next_at=None) | Q(next_at__lte=now)).order_by("next_at", "id")


def ask_for_due(*, now: dt.datetime) -> int:
    """Put a reading of each source that is due in the queue; give how many."""
    found = list(due(now))
    for source in found:
        queue.defer(READ_ONE, source_id=str(source.pk))
    return len(found)


@logins.atomic
def ask(*, source: Source, by: Any, is_dry_run: bool = False) -> None:
    """Ask for a reading now, or for a trial of one that writes nothing.

    Raises UserFacingError for a source without an address.
    """
    permissions.check_can_edit(by, authority=source.authority)
    if not source.address:
        raise UserFacingError("This feed has no address. Import its file instead.")
    name = "community.feed_tried" if is_dry_run else "community.feed_asked"
    trail.record(name, by=by, subject=source)
    queue.defer(READ_ONE, source_id=str(source.pk), dry_run=int(is_dry_run))


@logins.atomic
def add(
    *,
    authority: Authority,
    name: str,
    address: str,
    licence: str = "",
    licence_url: str = "",
    may_republish: bool = False,
    by: Any,
) -> Source:
    """Read a feed from now on; its first reading is put in the queue.

    Raises UserFacingError for what is no address, and for one we read already.
    """
    permissions.check_can_edit(by, authority=authority)
    tidy = cleaning.web_address(address.strip())
    if not tidy:
        raise UserFacingError("Give the feed’s whole address, from https:// on.")
    known = Source.objects.filter(authority=authority, address=tidy).first()
    if known is not None:
        raise UserFacingError(f"We read this address already: {known.name}.")
    found = feeds_sources.source(
        authority,
        key=free_key(authority, name),
        name=name,
        address=tidy,
        kind="",
        licence=licence,
        licence_url=licence_url,
        may_republish=may_republish,
    )
    trail.record("community.feed_added", by=by, subject=found)
    ask(source=found, by=by)
    return found


@logins.atomic
def describe(*, source: Source, by: Any, **said: Any) -> bool:
    """Say anew whose list it is and on what terms (``DESCRIBED``); give if it changed.

    What each field was and is stands in the audit trail. Raises UserFacingError where
    there is no name, and where something may go out again on no licence at all.
    """
    permissions.check_can_edit(by, authority=source.authority)
    found = Source.objects.select_for_update().get(pk=source.pk)
    was = {name: getattr(found, name) for name in DESCRIBED}
    now = was | {name: said[name] for name in DESCRIBED if name in said}
    if not now["name"]:
        raise UserFacingError("Say whose list it is.")
    if now["may_republish"] and not now["licence"]:
        raise UserFacingError(NO_LICENCE)
    changed = [name for name in DESCRIBED if was[name] != now[name]]
    if changed:
        Source.objects.filter(pk=found.pk).update(**{n: now[n] for n in changed})
        before, after = ({n: each[n] for n in changed} for each in (was, now))
        trail.record(
            "community.feed_described", by=by, subject=found, was=before, now=after
        )
    return bool(changed)


@logins.atomic
def pause(*, source: Source, by: Any) -> None:
    """Read a feed no more until somebody says so; what we have from it stays."""
    permissions.check_can_edit(by, authority=source.authority)
    Source.objects.filter(pk=source.pk).update(is_paused=True)
    trail.record("community.feed_paused", by=by, subject=source)


@logins.atomic
def resume(*, source: Source, by: Any) -> None:
    """Read a feed again from tonight on, whatever failed before."""
    permissions.check_can_edit(by, authority=source.authority)
    Source.objects.filter(pk=source.pk).update(
        is_paused=False, failures=0, next_at=timezone.now()
    )
    trail.record("community.feed_resumed", by=by, subject=source)


def read(
    *, source_id: UUID, fetcher: Fetcher, now: dt.datetime, is_dry_run: bool = False
) -> FeedRun:
    """Read one source from its address and keep how that went.

    A trial (``is_dry_run``) reads all of it anew and leaves the source as it was.
    """
    source = Source.objects.select_related("authority").get(pk=source_id)
    try:
        feed = _fetched(source, fetcher, now, is_dry_run=is_dry_run)
    except UserFacingError as error:
        return _failed(source, error.sentence, now, is_dry_run=is_dry_run)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        why = UNREADABLE.format(why=type(error).__name__)
        return _failed(source, why, now, is_dry_run=is_dry_run)
    if feed.is_unchanged:
        run = _nothing_new(source, now)
    else:
        run = feeds.take(
            feed,
            source=source,
            by=None,
            read_from=source.address,
            is_whole_file=False,
            is_dry_run=is_dry_run,
        ).run
    if not is_dry_run:
        _worked(source, feed, run, now)
    return run


def _fetched(
    source: Source, fetcher: Fetcher, now: dt.datetime, *, is_dry_run: bool
) -> Feed:
    starts_at = feeds_sources.goes_on_at(source.authority, source.key)
    is_the_same_address = not starts_at and not is_dry_run
    return addresses.load(
        starts_at or source.address,
        today=timezone.localdate(now),
        fetcher=fetcher,
        etag=source.etag if is_the_same_address else "",
    )


def _nothing_new(source: Source, now: dt.datetime) -> FeedRun:
    return FeedRun.objects.create(
        authority_id=source.authority_id,
        source=source,
        read_from=source.address,
        shape=NOT_CHANGED,
        started_at=now,
    )


@logins.atomic
def _worked(source: Source, feed: Feed, run: FeedRun, now: dt.datetime) -> None:
    """Plan tomorrow; a stamp is kept only where nothing is left to do for this feed.

    What was left out may be let in next time, and what is missing ends only where
    another whole fetch agrees.
    """
    is_open = run.counts.get("left out") or run.counts.get("missing")
    is_all_in = feed.is_complete and not is_open
    if not feed.is_unchanged:
        source.etag = feed.etag if is_all_in else ""
        source.kind = feed.kind[:30]
    source.next_at = _night(now, days=WAITS_DAYS[0])
    source.failures, source.problem = 0, ""
    source.save(update_fields=["etag", "kind", "next_at", "failures", "problem"])


@logins.atomic
def _failed(
    source: Source, sentence: str, now: dt.datetime, *, is_dry_run: bool
) -> FeedRun:
    """Keep why; the feed waits longer each time, and all we have from it stays."""
    if not is_dry_run:
        source.failures = min(source.failures + 1, 1000)
        days = WAITS_DAYS[min(source.failures, len(WAITS_DAYS) - 1)]
        source.next_at = _night(now, days=days)
        source.problem = sentence[:300]
        source.save(update_fields=["failures", "next_at", "problem"])
    return FeedRun.objects.create(
        authority_id=source.authority_id,
        source=source,
        read_from=source.address,
        shape=source.kind,
        started_at=now,
        problem=sentence[:300],
        is_dry_run=is_dry_run,
    )


def _night(now: dt.datetime, *, days: int) -> dt.datetime:
    day = now.astimezone(dt.UTC).date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, NIGHT)


def free_key(authority: Authority, name: str) -> str:
    """Give a short name that no feed of a council has."""
    plain = slugify(name)[:50].strip("-") or "feed"
    rows = Source.objects.filter(authority=authority, key__startswith=plain)
    taken = set(rows.values_list("key", flat=True))
    number, key = 1, plain
    while key in taken:
        number += 1
        key = f"{plain}-{number}"
    return key
