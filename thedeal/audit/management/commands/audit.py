"""``./deal audit verify`` and ``./deal audit seal``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from thedeal.audit import selectors
from thedeal.audit.actions import seals
from thedeal.audit.models import Link


class Command(BaseCommand):
    """Proves that the trail is whole, or says what is wrong with it."""

    help = "verify: prove that the audit trail is whole. seal: seal what waits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one word."""
        parser.add_argument("what", choices=["verify", "seal"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; exit with 1 where the trail is not whole."""
        if options["what"] == "seal":
            self.stdout.write(f"{seals.seal()} rows sealed.")
            return
        with transaction.atomic():
            found = list(selectors.faults())
            links, waiting = Link.objects.count(), seals.unsealed_count()
            unsigned = selectors.unanchored()
        for fault in found:
            self.stderr.write(fault.sentence)
        if found:
            raise CommandError(f"The audit trail is NOT whole: {len(found)} faults.")
        for head in unsigned:
            self.stdout.write(head.sentence)
        self.stdout.write(
            f"The audit trail is whole: {links} rows sealed and checked; "
            f"{waiting} wait for the next seal."
        )
