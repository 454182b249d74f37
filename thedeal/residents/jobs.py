"""The residents' jobs: what is due to be forgotten, and codes for one's own page."""

from uuid import UUID

from django.utils import timezone

from thedeal.lib import queue
from thedeal.partners import selectors as partners
from thedeal.residents.actions import forgetting, own_pages


@queue.daily("residents.propose_forgetting", cron="40 3 * * *")
def propose_forgetting() -> int:
    """Propose each record that is due, for a person to look at; give how many."""
    today = timezone.localdate()
    return sum(
        forgetting.propose_due(authority_id=pk, today=today)
        for pk in partners.authority_ids()
    )


@queue.job("residents.send_page_code")
def send_page_code(code_id: str) -> bool:
    """Send the code that somebody asked for, if it is known whose contact it is."""
    return own_pages.send(UUID(code_id))
