"""Reads a whole feed from its address: every page, then each record's full form.

Filters of real feeds are not to be trusted, so none is used. Paging ends with the last
page, an empty one, or one that brings nothing new; a feed that fails half-way is read
as far as it went and is not whole, so nothing ends by it.
"""

import datetime as dt
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from thedeal.community.clients.fetching import (
    BusyError,
    Fetched,
    Fetcher,
    FetchError,
    InsideError,
)
from thedeal.community.importers import files, reading, table, terms, zipped
from thedeal.community.importers.oddities import Oddities
from thedeal.community.importers.records import Feed, text_of

MOST_PAGES = 20_000
AT_ONCE = 4
WAITS_S = (1.0, 5.0)  # before the second and the third try of what is busy
NESTED = ("service_at_locations", "schedules", "contacts", "regular_schedules")
JSON = "application/json"
Told = Callable[[int, int], None]
pause = time.sleep


@dataclass
class _Walk:
    """What a walk along the pages has found."""

    fetcher: Fetcher
    oddities: Oddities = field(default_factory=Oddities)
    bodies: list[Any] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    is_complete: bool = True
    fetches: int = 0  # after the first
    said: terms.Terms = field(default_factory=terms.Terms)

    def document(self, address: str) -> tuple[Any, bool]:
        """Give what an address holds; a second try where the first fails."""
        self.fetches += 1
        found = _patiently(self.fetcher, address)
        return reading.parsed(reading.decoded(found.body, self.oddities), self.oddities)


def _patiently(fetcher: Fetcher, address: str) -> Fetched:
    """Fetch, and come back a little later to a feed that is busy."""
    for wait_s in WAITS_S:
        try:
            return fetcher.get(address, accept=JSON)
        except BusyError as busy:
            pause(busy.wait_s or wait_s)
    return fetcher.get(address, accept=JSON)


def load(
    address: str,
    *,
    today: dt.date,
    fetcher: Fetcher,
    progress: Told | None = None,
    etag: str = "",
) -> Feed:
    """Give the feed at an address; raises FetchError where not even a start is there.

    ``etag`` is what the last whole fetch gave (``Feed.etag``): a feed that says that
    nothing is new since is not read again.
    """
    first = _first(fetcher, address, etag)
    if first.is_unchanged:
        return Feed(kind="", etag=etag, is_unchanged=True, is_complete=False)
    if zipped.is_zip(first.body):
        return replace(files.unpacked(first.body, today=today), etag=first.etag)
    reading.check_is_text(first.body)
    if urlsplit(first.address).path.lower().endswith(".csv"):
        return replace(_table(first.body, today), etag=first.etag)
    walk = _Walk(fetcher=fetcher)
    feed = _walked(walk, first, today, progress)
    if walk.fetches == 0:  # one answer was all of it, so its stamp speaks for all
        feed.etag = first.etag
    return feed


def _first(fetcher: Fetcher, address: str, etag: str) -> Fetched:
    """Give what is at the address; 1.0 has its services below a root with nothing."""
    accept = f"{JSON}, text/csv;q=0.8, application/zip;q=0.7"
    is_root = not urlsplit(address).path.rstrip("/").endswith("/services")
    try:
        return fetcher.get(address, etag=etag, accept=accept)
    except FetchError as error:
        if isinstance(error, InsideError | BusyError) or not is_root:
            raise
    return fetcher.get(_services(address), etag=etag, accept=accept)


def _walked(walk: _Walk, first: Fetched, today: dt.date, progress: Told | None) -> Feed:
    document, was_whole = reading.parsed(
        reading.decoded(first.body, walk.oddities), walk.oddities
    )
    at = first.address
    if was_whole and reading.listed(document) is None and not text_of(document, "id"):
        at = _services(first.address)
        document, was_whole = walk.document(at)
    _walk_pages(walk, at, document, was_whole=was_whole)
    _check_total(walk, document)
    _fetch_details(walk, at, progress)
    return _feed(walk, today)


def _table(raw: bytes, today: dt.date) -> Feed:
    oddities = Oddities()
    found = table.rows(reading.decoded(raw, oddities), oddities)
    feed = reading.feed_of(
        [one.document for one in found], today=today, lines=[one.line for one in found]
    )
    feed.oddities.add(oddities)
    return feed


def _services(root: str) -> str:
    """Give the address of the services below the one that says what a feed is."""
    plain = root.partition("?")[0].rstrip("/")
    return f"{plain}/services"


def _walk_pages(walk: _Walk, at: str, document: Any, *, was_whole: bool) -> None:
    for _ in range(MOST_PAGES):
        if not was_whole:
            walk.is_complete = False
        walk.said.read(document)
        held = reading.listed(document)
        if held is None:
            walk.bodies.append(document)
            walk.is_complete = False
            return
        if not _take(walk, held, at):
            return
        following = _next(at, document, held)
        if not following:
            return
        at = following
        try:
            document, was_whole = walk.document(at)
        except FetchError as error:
            walk.oddities.note("stopped half-way", f"{at}: {error.sentence}"[:200])
            walk.is_complete = False
            return


def _take(walk: _Walk, held: list[Any], at: str) -> bool:
    """Take a page's records; say whether it brought any that are new."""
    ids = {_id(one) for one in held}
    if not ids - walk.seen:
        if held:
            walk.oddities.note("page repeats", at[:200])
            walk.is_complete = False
        return False
    walk.seen |= ids
    walk.bodies += held
    return True


def _check_total(walk: _Walk, document: Any) -> None:
    """Take a feed that says it has more than it gave for one that is not whole."""
    if not isinstance(document, dict):
        return
    said = document.get("total_items", document.get("totalElements"))
    if isinstance(said, int) and said > len(walk.bodies):
        walk.oddities.note("paging odd", f"{said} said, {len(walk.bodies)} given")
        walk.is_complete = False


def _id(body: Any) -> str:
    """Give what tells a record: its id, and for OpenActive its change too."""
    if not isinstance(body, dict):
        return repr(body)[:200]
    return f"{text_of(body, 'id')}\x1f{text_of(body, 'name')}{body.get('modified')}"


def _next(at: str, document: Any, held: list[Any]) -> str:
    """Give the next page's address, "" after the last."""
    if not isinstance(document, dict):
        return ""
    if document.get("next"):  # OpenActive
        return urljoin(at, str(document["next"]))
    if document.get("last_page") is True or document.get("last") is True:
        return ""
    number = document.get("page_number", document.get("number"))
    pages = document.get("total_pages", document.get("totalPages"))
    if not isinstance(number, int) or not isinstance(pages, int) or not held:
        return ""
    query = dict(parse_qsl(urlsplit(at).query))
    asked = int(query.get("page", "1")) if query.get("page", "1").isdigit() else 1
    if asked >= pages:
        return ""
    query["page"] = str(asked + 1)
    return urlsplit(at)._replace(query=urlencode(query)).geturl()


def _fetch_details(walk: _Walk, at: str, progress: Told | None) -> None:
    """Fetch each record's full form, some at once; what fails stays short."""
    short = [
        n
        for n, body in enumerate(walk.bodies)
        if isinstance(body, dict)
        and text_of(body, "id")
        and "state" not in body
        and not any(name in body for name in NESTED)
    ]
    root = at.partition("?")[0].rstrip("/")
    if not short or not root.endswith("/services"):
        return
    walk.fetches += len(short)
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        found = pool.map(lambda n: _detail(walk, root, walk.bodies[n]), short)
        for done, (number, body) in enumerate(zip(short, found, strict=True), 1):
            if body is None:
                walk.oddities.note(
                    "no detail record", text_of(walk.bodies[number], "id")
                )
                walk.is_complete = False
            else:
                walk.bodies[number] = body
            if progress:
                progress(done, len(short))


def _detail(walk: _Walk, root: str, body: dict[str, Any]) -> dict[str, Any] | None:
    ref = text_of(body, "id")
    try:
        raw = _patiently(walk.fetcher, f"{root}/{quote(ref, safe='')}").body
    except FetchError:
        return None
    document, was_whole = reading.parsed(reading.decoded(raw, Oddities()), Oddities())
    if not was_whole or not isinstance(document, dict):
        return None
    is_same = text_of(document, "id") == ref
    # one id on two services: the full form is of one of them
    is_other = text_of(document, "name") != text_of(body, "name")
    return document if is_same and not is_other else None


def _feed(walk: _Walk, today: dt.date) -> Feed:
    feed = reading.feed_of(walk.bodies, today=today)
    feed.oddities.add(walk.oddities)
    feed.is_complete = walk.is_complete and feed.kind != reading.OPEN_ACTIVE
    walk.said.give(feed)
    return feed
