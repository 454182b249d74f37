"""``./deal send_test_message ADDRESS``: see that letters leave the house.

Hands one letter straight to the carrier and says what the carrier said. Nothing goes
through the outbox, so that a full outbox cannot hide a wrong password.
"""

import uuid
from argparse import ArgumentParser
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from thedeal.messages.clients import carriers


@dataclass(kw_only=True)
class TrialLetter:
    """A letter about nobody."""

    to: str
    channel: str
    kind: str = "test"
    subject: str = "A test from The Deal"
    body: str = "This letter shows that The Deal can write to you. Nothing to do."
    id: uuid.UUID = field(default_factory=uuid.uuid4)


class Command(BaseCommand):
    """Sends one letter, and says how it went."""

    help = (
        "Send one message, by email or (with GOV.UK Notify) by text, to see it leave."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("address", help="an email address, or a mobile number")

    def handle(self, *_: Any, **options: Any) -> None:
        """Send it; exit with 1 and the reason where nothing was taken."""
        to = options["address"].strip()
        letter = TrialLetter(to=to, channel="email" if "@" in to else "text")
        try:
            reference = carriers.carry(letter)
        except (carriers.TryLaterError, carriers.RefusedError) as error:
            raise CommandError(f"It was not sent: {error}") from error
        if settings.DEMO:
            self.stdout.write("This is a demo: it is kept at /demo/letters/, not sent.")
        else:
            self.stdout.write(f"Taken by the carrier, as {reference}. See if it came.")
