"""The outbox's jobs."""

from thedeal.lib import queue
from thedeal.messages.actions import letters


@queue.daily("messages.sweep", cron="* * * * *")
def sweep() -> int:
    """Send what is due, each minute."""
    return letters.send_due()


@queue.job("messages.send_due", alone=True)
def send_due() -> int:
    """Send what is due, now."""
    return letters.send_due()
