"""``manage demo_build``: puts the demo borough together, part by part.

Each part goes through the apps' own actions and changes nothing when it is there
already. Refuses any database where somebody real may be: one that is not empty and is
not marked as the demo.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from thedeal.accounts.models import User
from thedeal.demo import cast
from thedeal.demo.actions.borough import build_borough
from thedeal.demo.actions.cast import (
    build_cast,
    build_doors,
    build_number,
    build_serving,
)
from thedeal.demo.actions.directory import build_directory
from thedeal.demo.actions.hearing import build_hearing
from thedeal.demo.actions.meanings import build_meanings
from thedeal.demo.actions.money import build_money
from thedeal.demo.actions.people import build_people
from thedeal.demo.actions.plan import build_plan
from thedeal.demo.actions.showcase import build_newport
from thedeal.publishing.models import Installation

Part = Callable[..., None]
PARTS: tuple[tuple[str, Part], ...] = (
    ("The cast", build_cast),
    ("The borough", build_borough),
    ("The number to ring", build_number),
    ("The law's doors", build_doors),
    ("Who answers where", build_serving),
    ("The directory", build_directory),
    ("What it means", build_meanings),
    ("What people told it", build_hearing),
    ("People", build_people),
    ("The plan", build_plan),
    ("Money", build_money),
    ("Newport", build_newport),
)
VERSION = "1"


class Command(BaseCommand):
    """Build the demo, or say who can sign in."""

    help = "Build the demo borough: real places, made-up people."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --who."""
        parser.add_argument(
            "--who", action="store_true", help="only say who can sign in as whom"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build every part, with a line for each."""
        if options["who"]:
            self.stdout.write(who_can_sign_in())
            return
        claim()
        for title, build in PARTS:
            started = time.monotonic()
            build(tell=lambda line: self.stdout.write(f"  {line}"))
            took_s = time.monotonic() - started
            if took_s > 1:
                self.stdout.write(f"  {title}: took {took_s:.0f} s")


def claim() -> None:
    """Mark an empty database as the demo; raise CommandError for any other."""
    if not settings.DEMO:
        raise CommandError("Only the demo is built so: ./deal demo.")
    installation = Installation.objects.first()
    if installation is None and User.objects.exists():
        raise CommandError(
            "This database is not empty and is not marked as the demo, so it is left "
            "alone. Set THEDEAL_STATE to a fresh folder."
        )
    if installation is None:
        Installation.objects.create(is_demo=True, app_version=VERSION)
    elif not installation.is_demo:
        raise CommandError("This database is a real authority's, so it is left alone.")


def who_can_sign_in() -> str:
    """Give who is in the cast and where to sign in as them, one a line."""
    lines = ["Sign in as any of them with one click, at /demo/ :"]
    lines += [f"  {one.name:<18} {one.sentence}" for one in cast.CAST]
    return "\n".join(lines)
