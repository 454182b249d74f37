"""``./deal appraise CASE.yaml [--json]``: work a case out and print it.

Reads a file and the definitions and prints; must never write to the database.
"""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from thedeal.lib import definitions
from thedeal.lib.errors import UserFacingError
from thedeal.money.appraisal.report import run_case


class Command(BaseCommand):
    """Work out one case file."""

    help = "Work out the costs and worth of a change described in a YAML file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file's name and the form of the answer."""
        parser.add_argument("case", type=Path, help="the case, a YAML file")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_: Any, case: Path, json: bool, **__: Any) -> None:
        """Print the report, or the sentence that says what to mend."""
        try:
            report = run_case(
                case.read_text(encoding="utf-8"),
                entries=definitions.everything(),
                today=dt.datetime.now(tz=dt.UTC).date(),
            )
        except OSError as error:
            raise CommandError(f"Could not read {case}: {error.strerror}.") from error
        except UserFacingError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(report.as_json() if json else report.as_text())
