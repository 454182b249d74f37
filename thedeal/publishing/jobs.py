"""Publishing's jobs: the quarterly update of the gap."""

from thedeal.lib import queue
from thedeal.publishing.actions import quarterly


@queue.daily("publishing.tell_the_quarter", cron="0 9 1 1,4,7,10 *")
def tell_the_quarter() -> int:
    """Send everybody who asked for it the gap as it stands, four times a year."""
    return quarterly.tell_the_quarter()
