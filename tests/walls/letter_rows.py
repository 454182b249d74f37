"""Has every letter written that is due to anybody, reads them all, and forgets them.

``python -m tests.walls.letter_rows`` runs in the product's own environment as the login
of its jobs and prints each letter as JSON: whose it is, to whom, and what it says. All
is in one transaction that never ends well, so that nothing is sent and nothing changed.
"""

import json
import sys
from typing import Any


class DoneError(Exception):
    """All letters were read: take everything back."""


def main() -> None:
    """Write, read, print, take back."""
    import django

    django.setup()
    from django.db import transaction

    found: list[dict[str, Any]] = []
    try:
        with transaction.atomic():
            for write in _writers():
                with transaction.atomic():
                    write()
            found = _letters()
            raise DoneError
    except DoneError:
        sys.stdout.write(json.dumps(found))


def _writers() -> list[Any]:
    """Give every job that writes to people."""
    from thedeal.community import jobs as community
    from thedeal.deals import jobs as deals
    from thedeal.money import jobs as money
    from thedeal.publishing import jobs as publishing
    from thedeal.residents import jobs as residents

    return [
        community.claim_letters,
        community.keep_true,
        deals.chase_introductions,
        deals.follow_up,
        deals.chase_doors,
        deals.take_off_what_may_not_be_told,
        deals.asks_without_an_owner,
        money.ask_subscribers,
        publishing.tell_the_quarter,
        residents.propose_forgetting,
    ]


def _letters() -> list[dict[str, Any]]:
    from thedeal.messages.actions import ways_out
    from thedeal.messages.models import Letter

    return [
        {
            "council": str(letter.authority_id or ""),
            "kind": letter.kind,
            "to": letter.to,
            "says": f"{letter.subject}\n{ways_out.shown_under(letter)}",
        }
        for letter in Letter.objects.all()
    ]


if __name__ == "__main__":
    main()
