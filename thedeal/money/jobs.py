"""Money's jobs: who would like the quarterly update."""

from uuid import UUID

from thedeal.lib import queue
from thedeal.money.actions import updates


@queue.daily("money.ask_subscribers", cron="*/5 * * * *")
def ask_subscribers() -> int:
    """Ask new addresses whether they meant it, within minutes."""
    return updates.ask_new()


@queue.job("money.settle_subscriber")
def settle_subscriber(subscriber: str, said: str) -> None:
    """Write down what a link's reader chose."""
    updates.settle(UUID(subscriber), wanted=said == "yes")
