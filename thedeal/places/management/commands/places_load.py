"""Loads an area record's files: ``manage places_load AREA.yaml [--dry-run]``."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from thedeal.lib.errors import UserFacingError
from thedeal.partners.models import Authority
from thedeal.places import importers
from thedeal.places.actions import loading
from thedeal.places.importers.record import RecordError, read


class Command(BaseCommand):
    """Print counts that a human can judge, then write them (unless --dry-run)."""

    help = "Load an area's open data from its record (definitions/areas/*.yaml)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the record, the authority and --dry-run."""
        parser.add_argument(
            "record", type=Path, nargs="?", help="The area's YAML file."
        )
        parser.add_argument("--authority", help="Short name; left out if there is one.")
        parser.add_argument("--dry-run", action="store_true", help="Write nothing.")
        parser.add_argument("--formats", action="store_true", help="List the formats.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, report, write."""
        if options["formats"]:
            for name, kind in sorted(importers.REGISTRY.items()):
                self.stdout.write(f"{name:20} {kind.title}")
            return
        if options["record"] is None:
            raise CommandError("Say which area record to load, or --formats.")
        try:
            gathered = importers.gather(read(options["record"]))
        except RecordError as error:
            raise CommandError(str(error)) from error
        for report in gathered.reports:
            for line in report.lines():
                self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("Nothing was written (--dry-run).")
            return
        self._write(gathered, options["authority"])

    def _write(self, gathered: importers.Gathered, slug: str | None) -> None:
        found = list(Authority.objects.filter(**({"slug": slug} if slug else {})))
        if len(found) != 1:
            known = ", ".join(Authority.objects.values_list("slug", flat=True))
            raise CommandError(f"Say --authority, one of: {known or 'none yet'}.")
        try:
            loading.load(gathered=gathered, authority=found[0], by=None)
        except UserFacingError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(f"Loaded for {found[0]}.")
