"""What a worker's desk shows first: our promises due, who waits, who went."""

from typing import Any

from django.http import HttpRequest

from thedeal.accounts.roles import Permission
from thedeal.deals.selectors import desk
from thedeal.desk.views.drawing import authority_of

MOST = 20


def today(request: HttpRequest, held: frozenset[Permission]) -> dict[str, Any]:
    """Give a worker's day; nothing for somebody who makes no deals."""
    authority = authority_of(request)
    if Permission.MAKE_DEALS not in held or authority is None:
        return {"day": None}
    user = request.user
    return {
        "day": {
            "promises": desk.promises_due(user, authority_id=authority.pk)[:MOST],
            "steps": desk.steps_due(user)[:MOST],
            "unanswered": desk.not_answered(user)[:MOST],
            "to_ring": desk.to_ring(user)[:MOST],
            "went": desk.who_went(user)[:MOST],
            "unfinished": desk.unfinished(user)[:MOST],
            "asks": desk.asks_waiting(user)[:MOST],
            "doors": desk.doors_open(user)[:MOST],
        }
    }
