"""Reads one letter of the running product's outbox, doing first the jobs that wait.

``python -m tests.factories.outbox KIND ADDRESS [DAYS]`` runs in the product's own
environment as the login of its jobs and prints the words of the newest letter of a kind
to an address. All in one process, because to start one takes longer than the rest; and
again and again for a while, because another test's worker may be at the same job. With a number of days it first asks, as it would be asked that many days
on, whoever that address stands for, and nobody else of the demo.
"""

import datetime as dt
import sys
import time

LONGEST_S = 30
PAUSE_S = 0.5


def main(kind: str, address: str, days: str = "0") -> None:
    """Do the jobs, ask what is due, read, print; raise LookupError for no letter."""
    import django

    django.setup()
    _do_jobs()
    if int(days):
        _ask_due(address, dt.timedelta(days=int(days)))
    until = time.monotonic() + LONGEST_S
    while (words := _words(kind, address)) is None:
        if time.monotonic() > until:
            raise LookupError(f"No letter of the kind {kind} was written to {address}.")
        time.sleep(PAUSE_S)
        _do_jobs()
    sys.stdout.write(words)


def _do_jobs() -> None:
    from django.core.management import call_command

    call_command("procrastinate", "worker", "--one-shot")


def _words(kind: str, address: str) -> str | None:
    from thedeal.messages.models import Letter

    found = Letter.objects.filter(kind=kind, to=address).order_by("created_at").last()
    return found.body if found else None


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
