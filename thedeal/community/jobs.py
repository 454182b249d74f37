"""The directory's jobs: keeping it true, claims' letters."""

from django.utils import timezone

from thedeal.community import meanings
from thedeal.community.actions import claims, keeping_true
from thedeal.community.models import Claim
from thedeal.community.selectors import catalogue
from thedeal.lib import queue


@queue.daily("community.keep_true", cron="40 5 * * *")
def keep_true() -> tuple[int, int, int]:
    """Ask, demote and drop, each morning before letters may go out."""
    return keeping_true.keep(now=timezone.now())


@queue.job("community.claim_letters")
def claim_letters(claim_id: str) -> None:
    """Send a claim's code and its link."""
    claim = Claim.objects.select_related("group__authority").get(pk=claim_id)
    claims.send_letters(claim=claim)


@queue.daily("community.meanings", cron="*/10 * * * *")
def renew_meanings() -> int:
    """Read the meaning of what is new or changed, within minutes."""
    return meanings.renew(catalogue.listings())
