"""Sends the gap as it was last told to everybody who asked, once a quarter.

Not at each publication: we said one short message every three months, and nothing
about a reader is known that would tell us whom a second one would please.
"""

from django.utils import timezone

from thedeal.money.actions import updates
from thedeal.partners.models import Authority
from thedeal.publishing import selectors


def tell_the_quarter() -> int:
    """Give how many asked for it; run again in one quarter it writes to nobody."""
    today = timezone.localdate()
    quarter = f"{today.year}-{(today.month + 2) // 3}"
    return sum(
        _tell(authority, quarter=quarter) for authority in Authority.objects.all()
    )


def _tell(authority: Authority, *, quarter: str) -> int:
    told = selectors.told(authority_id=authority.pk)
    if told is None:
        return 0
    return updates.send_update(
        authority_id=authority.pk, quarter=quarter, sentence=told.sentence
    )
