"""``./deal feed import FILE_OR_ADDRESS [--dry-run] [--json]``: take a feed in.

Says what was read, added, changed, unchanged and ended, and everything odd by kind
with its count. A feed that was taken, oddities or not, is exit status 0.
"""

import json
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.text import slugify

from thedeal.community.actions import feeds, feeds_sources
from thedeal.community.actions.feeds_taken import Outcome, Taken
from thedeal.community.clients.fetching import Fetcher
from thedeal.community.differences import Difference
from thedeal.community.importers import addresses, files
from thedeal.community.importers.records import Feed
from thedeal.community.models import Source
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority

BAR = 30
ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Command(BaseCommand):
    """Take one feed in, or list what has been taken."""

    help = "Take a directory feed in: Open Referral UK, HSDS, CSV, OpenActive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to read, for whom, and on what licence."""
        kinds = parser.add_subparsers(dest="what", required=True)
        take = kinds.add_parser("import", help="take a feed in")
        take.add_argument("feed", help="a file, a folder, or an http(s) address")
        take.add_argument("--dry-run", action="store_true", help="change nothing")
        take.add_argument("--json", action="store_true", help="print JSON")
        take.add_argument("--source", default="", help="a short name that stays")
        take.add_argument("--name", default="", help="whose feed it is")
        take.add_argument("--licence", default="", help="the licence it states")
        take.add_argument("--licence-address", default="")
        take.add_argument(
            "--may-republish",
            action="store_true",
            help="the licence lets us pass it on",
        )
        take.add_argument(
            "--from-inside",
            action="store_true",
            help="this address is on our own network, and that is right",
        )
        take.add_argument("--authority", default="", help="a council's short name")

    def handle(self, *_: Any, **options: Any) -> None:
        """Read, take, tell; or say what to mend."""
        try:
            taken = self._take(options)
        except UserFacingError as error:
            raise CommandError(error.sentence) from error
        if options["json"]:
            self.stdout.write(json.dumps(_told(taken), ensure_ascii=False, indent=2))
            return
        for line in _lines(taken, is_dry_run=options["dry_run"]):
            self.stdout.write(line)

    def _take(self, options: dict[str, Any]) -> Taken:
        authority = _authority(options["authority"])
        starts_at = feeds_sources.goes_on_at(authority, _key(options))
        feed = _read(options, starts_at)
        if not options["dry_run"]:
            return _taken(authority, feed, options)
        with logins.transaction_now():  # a source that is new is undone as well
            taken = _taken(authority, feed, options)
            logins.undo()
        return taken


def _taken(authority: Authority, feed: Feed, options: dict[str, Any]) -> Taken:
    said = options["feed"]
    is_file = not ADDRESS.match(said)
    return feeds.take(
        feed,
        source=_source(authority, feed, options),
        by=None,
        read_from=Path(said).name if is_file else said,
        is_whole_file=is_file,
        is_dry_run=options["dry_run"],
        progress=_progress if sys.stderr.isatty() else None,
    )


def _authority(slug: str) -> Authority:
    rows = Authority.objects.order_by("created_at")
    found = rows.filter(slug=slug).first() if slug else rows.first()
    if found is None:
        known = ", ".join(rows.values_list("slug", flat=True))
        raise UserFacingError(f"Say --authority, one of: {known or 'none yet'}.")
    return found


def _read(options: dict[str, Any], starts_at: str) -> Feed:
    said, today = options["feed"], timezone.localdate()
    if not ADDRESS.match(said):
        return files.load(Path(said), today=today)
    told = _progress if sys.stderr.isatty() else None
    host = urlsplit(said).hostname or ""
    inside = frozenset({host} if options["from_inside"] else ())
    with Fetcher(inside=inside) as fetcher:
        at = starts_at or said
        return addresses.load(at, today=today, fetcher=fetcher, progress=told)


def _stem(said: str) -> str:
    return re.sub(r"^https?://", "", said) if ADDRESS.match(said) else Path(said).stem


def _key(options: dict[str, Any]) -> str:
    return slugify(options["source"] or _stem(options["feed"]).replace("/", "-"))[:60]


def _source(authority: Authority, feed: Feed, options: dict[str, Any]) -> Source:
    said = options["feed"]
    return feeds_sources.source(
        authority,
        key=_key(options) or "feed",
        name=options["name"] or _stem(said)[:200],
        address=said if ADDRESS.match(said) else "",
        kind=feed.kind,
        licence=options["licence"] or feed.licence,
        licence_url=options["licence_address"] or feed.licence_url,
        may_republish=options["may_republish"],
    )


def _progress(done: int, whole: int) -> None:
    filled = BAR * done // max(whole, 1)
    bar = "#" * filled + "." * (BAR - filled)
    end = "\n" if done >= whole else ""
    sys.stderr.write(f"\r[{bar}] {done:,} of {whole:,}{end}")
    sys.stderr.flush()


def _told(taken: Taken) -> dict[str, Any]:
    return {
        "source": taken.source.key,
        "shape": taken.feed.kind,
        "is_complete": taken.feed.is_complete,
        **taken.counts,
        "oddities": taken.feed.oddities.told(),
        "records": taken.lines(),
    }


def _lines(taken: Taken, *, is_dry_run: bool) -> list[str]:
    lines = [f"{taken.source.name} ({taken.feed.kind}), for {taken.source.authority}"]
    lines += [f"  {what}: {number:,}" for what, number in taken.counts.items()]
    told = taken.feed.oddities.told()
    if told:
        lines += ["", "Odd in it:"]
        lines += [_odd(one) for one in told]
    if not taken.feed.is_complete:
        lines += ["", "It was not the whole feed, so nothing that is missing ended."]
    if not taken.source.may_republish:
        lines += ["", "Its licence is not known to let us pass it on: it stays inside."]
    if is_dry_run:
        lines += ["", *_line_by_line(taken), "", "Nothing was written (--dry-run)."]
    return lines


def _odd(one: dict[str, Any]) -> str:
    examples = f" ({'; '.join(one['examples'][:3])})" if one["examples"] else ""
    return f"  {one['words']}: {one['count']:,}{examples}"


def _line_by_line(taken: Taken) -> list[str]:
    return [f"  {o.where}: {o.what}{_why(o)}" for o in taken.in_order()]


def _why(one: Outcome) -> str:
    told = one.detail or "; ".join(_differs(d) for d in one.differs)
    return f" ({told})" if told else ""


def _differs(one: Difference) -> str:
    what = f"{one.about}: {one.field}" if one.about else one.field
    if not one.was and not one.now:
        return what
    return f"{what}: {one.was or 'nothing'} → {one.now or 'nothing'}"
