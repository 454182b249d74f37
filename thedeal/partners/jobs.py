"""The installation's own jobs: the nightly backup, and jobs whose worker died."""

from django.conf import settings

from thedeal.lib import queue
from thedeal.lib.running import nightly


@queue.daily("partners.backup", cron="30 1 * * *")
def backup() -> str:
    """Make tonight's backup and prove that it restores; the demo has nothing to lose."""
    if settings.DEMO:
        return ""
    return nightly.make(nightly.NIGHTLY).name


@queue.daily("partners.revive", cron="*/2 * * * *")
def revive() -> int:
    """Put jobs that a killed worker left behind back in the queue."""
    return queue.revive()
