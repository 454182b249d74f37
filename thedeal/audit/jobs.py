"""The trail's jobs: a seal each minute."""

from thedeal.audit.actions import seals
from thedeal.lib import queue


@queue.daily("audit.seal", cron="* * * * *")
def seal() -> int:
    """Seal what happened since the last minute."""
    return seals.seal()
