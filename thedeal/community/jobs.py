"""The directory's jobs: keeping it true, claims' letters."""

from uuid import UUID

from django.utils import timezone

from thedeal.community import meanings
from thedeal.community.actions import (
    calendars,
    claims,
    feeds_reading,
    keeping_true,
    merging,
    noticing,
)
from thedeal.community.clients.fetching import Fetcher
from thedeal.community.selectors import matchable
from thedeal.lib import queue
from thedeal.partners.models import Authority

MEGABYTE = 1024 * 1024


@queue.daily("community.keep_true", cron="40 5 * * *")
def keep_true() -> tuple[int, int, int]:
    """Ask, demote and drop, each morning before letters may go out."""
    return keeping_true.keep(now=timezone.now())


@queue.daily("community.claim_letters", cron="* * * * *")
def claim_letters() -> int:
    """Send the code and the link of each claim, within a minute or two.

    A claim is made on the public login, which may put no job in the queue.
    """
    return claims.send_all()


@queue.daily("community.meanings", cron="*/10 * * * *")
def renew_meanings() -> int:
    """Read the meaning of what is new or changed, within minutes."""
    return meanings.renew(matchable.listings())


@queue.daily("community.duplicates", cron="20 3 * * *")
def find_doubles() -> int:
    """Look each night for listings that may be one group; an editor judges them."""
    return sum(merging.propose(authority=each) for each in Authority.objects.all())


@queue.daily("community.calendars", cron="*/30 * * * *")
def read_calendars() -> tuple[int, int]:
    """Take the dates of the groups' own calendars whose time has come."""
    with Fetcher(most_bytes=MEGABYTE, timeout_s=10, whole_s=30) as fetcher:
        fetch = calendars.asking(fetcher)
        return calendars.refresh_due(fetch=fetch, now=timezone.now())


@queue.daily("community.feeds", cron="10 2 * * *")
def read_feeds() -> int:
    """Ask each night for every feed whose time has come."""
    return feeds_reading.ask_for_due(now=timezone.now())


@queue.job(feeds_reading.READ_ONE, alone=True)
def read_feed(source_id: str, dry_run: int = 0) -> str:
    """Read one feed from its address; give the id of what is kept of it."""
    with Fetcher() as fetcher:
        run = feeds_reading.read(
            source_id=UUID(source_id),
            fetcher=fetcher,
            now=timezone.now(),
            is_dry_run=bool(dry_run),
        )
    return str(run.pk)


@queue.daily("community.postcodes", cron="10 4 * * *")
def notice_postcodes() -> int:
    """Notice the listings whose postcode has been ended."""
    return noticing.postcodes()


@queue.daily("community.websites", cron="30 4 * * *")
def notice_websites() -> tuple[int, int]:
    """Look at a seventh of the groups' websites each night."""
    with Fetcher(most_bytes=MEGABYTE, timeout_s=10, whole_s=20) as fetcher:
        return noticing.websites(look=fetcher.get, now=timezone.now())
