"""Reads one letter of the running product's outbox, doing first the jobs that wait.

``python -m tests.factories.outbox KIND ADDRESS [DAYS]`` runs in the product's own
environment as the login of its jobs and prints the words of the newest letter of a kind
to an address. All in one process, because to start one takes longer than the rest; and
again and again for a while, because another test's worker may be at the same job.

With a number of days it does the work of the day that many days on as well, by the jobs
that the clock starts, for everybody; of that only what concerns the address is kept, so
that the demo's other people are where they were.
"""

import datetime as dt
import sys
import time
from typing import Any

LONGEST_S = 30
PAUSE_S = 0.5


class DoneError(Exception):
    """The day's work was done and read: take it back."""


def main(kind: str, address: str, days: str = "0") -> None:
    """Do the jobs and what is due, read, print; raise LookupError for no letter."""
    import django

    django.setup()
    _do_jobs()
    if int(days):
        _keep(_done_on_the_day(address, dt.timedelta(days=int(days))))
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


def _done_on_the_day(address: str, ahead: dt.timedelta) -> list[Any]:
    """Do a later day's work at noon and take it back; give the rows about an address."""
    import time_machine
    from django.db import transaction
    from django.utils import timezone

    from thedeal.deals import jobs

    noon = (timezone.now() + ahead).replace(hour=12, minute=0)
    found: list[Any] = []
    try:
        with time_machine.travel(noon), transaction.atomic():
            jobs.chase_introductions()
            jobs.follow_up()
            found = _about(address)
            raise DoneError
    except DoneError:
        return found


def _about(address: str) -> list[Any]:
    """Give what was asked, the links to answer it by and the letters, as they stand."""
    from thedeal.deals.models import FollowUp, Introduction
    from thedeal.messages.models import Letter, OneTapLink

    asked = [
        *FollowUp.objects.filter(person__email=address),
        *Introduction.objects.filter(group__contact__email=address),
    ]
    links = OneTapLink.objects.filter(subject_id__in=[row.pk for row in asked])
    return [*asked, *links, *Letter.objects.filter(to=address)]


def _keep(rows: list[Any]) -> None:
    """Write rows as they stood on that day, those of today and those that are new."""
    for row in rows:
        row.save()


if __name__ == "__main__":
    main(*sys.argv[1:])
