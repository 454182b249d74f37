"""The directory's jobs: keeping it true, claims' letters."""

from django.utils import timezone

from thedeal.community import meanings
from thedeal.community.actions import claims, keeping_true, merging
from thedeal.community.selectors import catalogue
from thedeal.lib import queue
from thedeal.partners.models import Authority


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
    return meanings.renew(catalogue.listings())


@queue.daily("community.duplicates", cron="20 3 * * *")
def find_doubles() -> int:
    """Look each night for listings that may be one group; an editor judges them."""
    return sum(merging.propose(authority=each) for each in Authority.objects.all())
