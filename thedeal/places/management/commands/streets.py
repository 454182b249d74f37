"""``./deal streets load FILE.osm.pbf``: walk along the borough's own paths."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from thedeal.lib.errors import UserFacingError
from thedeal.places import streets


class Command(BaseCommand):
    """Reads an OpenStreetMap extract, and keeps its streets and paths."""

    help = "Load streets and paths from an OpenStreetMap extract (.osm.pbf or .osm)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the one word and the file."""
        parser.add_argument("what", choices=["load"])
        parser.add_argument("file", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        """Load, and say what was found."""
        try:
            found = streets.load(options["file"])
        except UserFacingError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(
            f"{found.n_edges:,} pieces of path, {found.length_km:,.0f} km in all. "
            'Walks are told along them within a minute; elsewhere they stay "about".'
        )
