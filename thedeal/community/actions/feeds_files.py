"""Takes in a file that an editor gives at the desk, or tries it and writes nothing.

The same reading as ``./deal feed import``; a file of thousands is for that command,
because whoever is at the desk waits for the page.
"""

import tempfile
from pathlib import Path
from typing import Any

from django.utils import timezone

from thedeal.audit.actions import trail
from thedeal.community import permissions
from thedeal.community.actions import feeds, feeds_reading, feeds_sources
from thedeal.community.importers import files
from thedeal.community.importers.records import Feed
from thedeal.community.models import FeedRun, Source
from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 4 * MOST_BYTES  # of a zip
MOST_RECORDS = 500
TOO_LARGE = (
    "This file is larger than a page can wait for (5 MB, or 500 records). Ask whoever "
    "looks after the machine to take it in: ./deal feed import FILE"
)
NOTHING = (
    "No record could be read in this file. Its first line should name its columns."
)


def take(
    *, source: Source, name: str, content: bytes, by: Any, is_dry_run: bool
) -> FeedRun:
    """Take a file in for a source, or try it; give what came of it.

    Raises UserFacingError for a file that is none, or is too large to wait for.
    """
    permissions.check_can_edit(by, authority=source.authority)
    feed = _read(name, content)
    taken = feeds.take(
        feed,
        source=source,
        by=by,
        read_from=name,
        is_whole_file=True,
        is_dry_run=is_dry_run,
    )
    return taken.run


def take_first(
    *,
    authority: Authority,
    name: str,
    file_name: str,
    content: bytes,
    by: Any,
    is_dry_run: bool,
    **terms: Any,
) -> FeedRun:
    """Do the same for a list that is new here: say whose it is, and on what terms."""
    permissions.check_can_edit(by, authority=authority)
    _read(file_name, content)  # what cannot be read leaves no empty list behind
    source = feeds_sources.source(
        authority,
        key=feeds_reading.free_key(authority, name),
        name=name,
        kind="",
        **terms,
    )
    trail.record("community.feed_added", by=by, subject=source)
    return take(
        source=source, name=file_name, content=content, by=by, is_dry_run=is_dry_run
    )


def _read(name: str, content: bytes) -> Feed:
    if len(content) > MOST_BYTES:
        raise UserFacingError(TOO_LARGE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name[-100:] or "file")
        path.write_bytes(content)
        feed = files.load(path, today=timezone.localdate(), most_unpacked=MOST_UNPACKED)
    if len(feed.records) > MOST_RECORDS:
        raise UserFacingError(TOO_LARGE)
    if not feed.read:
        raise UserFacingError(NOTHING)
    return feed
