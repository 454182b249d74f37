"""The residents' jobs: what is due to be forgotten is proposed each night."""

from django.utils import timezone

from thedeal.lib import queue
from thedeal.partners import selectors as partners
from thedeal.residents.actions import forgetting


@queue.daily("residents.propose_forgetting", cron="40 3 * * *")
def propose_forgetting() -> int:
    """Propose each record that is due, for a person to look at; give how many."""
    today = timezone.localdate()
    return sum(
        forgetting.propose_due(authority_id=pk, today=today)
        for pk in partners.authority_ids()
    )
