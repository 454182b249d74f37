"""Reads one letter of the running product's outbox, asking first what is due by then.

``python -m tests.factories.outbox KIND ADDRESS [DAYS]`` runs in the product's own
environment as the login of its jobs and prints the words of the newest letter of a kind
to an address. With a number of days it first asks, as it would be asked that many days
on, whoever that address stands for, and nobody else of the demo.
"""

import datetime as dt
import sys


def main(kind: str, address: str, days: str = "0") -> None:
    """Ask what is due, read, print; raise LookupError where no such letter came."""
    import django

    django.setup()
    from thedeal.messages.models import Letter

    if int(days):
        _ask_due(address, dt.timedelta(days=int(days)))
    letter = Letter.objects.filter(kind=kind, to=address).order_by("created_at").last()
    if letter is None:
        raise LookupError(f"No letter of the kind {kind} was written to {address}.")
    sys.stdout.write(letter.body)


def _ask_due(address: str, ahead: dt.timedelta) -> None:
    from django.utils import timezone

    from thedeal.deals.actions import coming, follow_ups
    from thedeal.deals.models import FollowUp, Introduction

    now = timezone.now() + ahead
    today = timezone.localdate(now)
    asked = FollowUp.objects.filter(person__email=address, due_on__lte=today)
    for pk in asked.values_list("pk", flat=True):
        follow_ups._ask(pk, now=now)
    answered = Introduction.objects.filter(group__contact__email=address)
    for pk in answered.filter(come_on__lt=today).values_list("pk", flat=True):
        coming._ask(pk)


if __name__ == "__main__":
    main(*sys.argv[1:])
