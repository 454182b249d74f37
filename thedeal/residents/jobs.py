"""The residents' jobs: what is due to be forgotten or cleared, and codes for own pages."""

from uuid import UUID

from django.utils import timezone

from thedeal.lib import queue
from thedeal.partners import selectors as partners
from thedeal.residents.actions import clearing, forgetting, own_pages, sign_ins


@queue.daily("residents.propose_forgetting", cron="40 3 * * *")
def propose_forgetting() -> int:
    """Propose each record that is due, for a person to look at; give how many."""
    today = timezone.localdate()
    found = queue.each(
        partners.authority_ids(),
        lambda pk: forgetting.propose_due(authority_id=pk, today=today),
    )
    return sum(found)


@queue.daily("residents.clear_by_the_clock", cron="10 4 * * *")
def clear_by_the_clock() -> int:
    """Delete what no person need look at, and propose the rest; give how many went."""
    today = timezone.localdate()
    gone = clearing.by_the_clock(today=today)
    queue.each(
        partners.authority_ids(),
        lambda pk: clearing.propose_due(authority_id=pk, today=today),
    )
    return gone + sign_ins.forget_unused(today=today)


@queue.job("residents.forget_sign_in")
def forget_sign_in(person_id: str) -> int:
    """Forget the sign-in of a forgotten person's own page."""
    return sign_ins.forget_of(UUID(person_id))


@queue.job("residents.clear")
def clear(clearing_id: str) -> int:
    """Delete rows whose time is over, as a person decided."""
    return clearing.clear(UUID(clearing_id))


@queue.job("residents.send_page_code")
def send_page_code(code_id: str) -> bool:
    """Send the code that somebody asked for, if it is known whose contact it is."""
    return own_pages.send(UUID(code_id))
