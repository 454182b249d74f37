"""What ``./deal doctor`` sees inside: jobs, letters, disk, backups, trail, definitions.

Numbers and names of jobs only; nobody's data. Changes nothing.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from thedeal.audit import selectors as trail
from thedeal.audit.actions import seals
from thedeal.lib import definitions, health, queue
from thedeal.messages.models import Letter
from thedeal.messages.selectors import FOR_A_PERSON

WELL, KNOW, WRONG = "✓", "·", "✗"
BACKUP_EVERY = timedelta(hours=26)
Findings = Iterator[tuple[str, str]]


class Command(BaseCommand):
    """Prints one line for each thing looked at."""

    help = "Look at the jobs, letters, backups, trail and definitions (see: doctor)."

    def handle(self, *_: Any, **__: Any) -> None:
        """Print every finding; exit with 1 where one is wrong."""
        wrong = 0
        with transaction.atomic():
            for look in (jobs, letters, disk, backups, whole_trail, past_review):
                for state, sentence in look():
                    self.stdout.write(f"{state} {sentence}")
                    wrong += state == WRONG
        if wrong:
            raise CommandError(f"{wrong} wrong.")


def jobs() -> Findings:
    """Look at the queue."""
    now = health.queue()
    if not now.workers:
        yield KNOW, f"Nobody works on the jobs now; {now.waiting} wait"
    elif now.is_well:
        yield WELL, f"Jobs: {now.workers} working, {now.waiting} waiting"
    else:
        minutes = now.longest_wait_s / 60
        yield WRONG, f"A job has waited {minutes:.0f} minutes: restart ./deal serve"
    names = sorted({str(row["task_name"]) for row in queue.failed()})
    if names:
        told = ", ".join(names)
        yield (
            WRONG,
            f"Jobs gave up: {told}. See /desk/messages/, and try them again there",
        )


def letters() -> Findings:
    """Look at the outbox."""
    stuck = Letter.objects.filter(state__in=FOR_A_PERSON).count()
    if stuck:
        yield WRONG, f"{stuck} letters need a person: /desk/messages/ shows them"
    else:
        yield WELL, "No letter needs a person"


def disk() -> Findings:
    """Look at the room on the disk."""
    free = health.free_bytes()
    state = WELL if free >= health.LEAST_FREE_BYTES else WRONG
    yield state, f"{free / 1e9:.1f} GB free on the disk with the data"


def backups() -> Findings:
    """Look at when the last backup was made; a demo makes none."""
    if settings.DEMO:
        return
    made = health.last_backup_at()
    if made is None:
        yield KNOW, "No backup yet: ./deal serve makes one each night"
    elif timezone.now() - made > BACKUP_EVERY:
        yield WRONG, f"The last backup is of {made:%d %B}: see why, then ./deal backup"
    else:
        yield WELL, f"Last backup: {made:%d %B, %H:%M}"


def whole_trail() -> Findings:
    """Walk the audit trail."""
    faults = list(trail.faults())
    for fault in faults:
        yield WRONG, fault.sentence
    if not faults:
        waiting = seals.unsealed_count()
        yield WELL, f"The audit trail is whole; {waiting} rows wait for the next seal"


def past_review() -> Findings:
    """Name the definitions whose review date has passed."""
    late = definitions.overdue(timezone.localdate())
    if late:
        keys = ", ".join(entry.key for entry in late[:5])
        yield KNOW, f"{len(late)} definitions are past their review date: {keys}"
    else:
        yield WELL, "Every definition is within its review date"
