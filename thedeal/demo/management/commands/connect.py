"""``./deal connect POSTCODE --place newport``: the same question along real streets.

Newport is read from files: nothing of the database is asked or changed.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from doorstep.asking import Asked
from doorstep.match import Answer

from thedeal.community.management.commands import connect
from thedeal.demo import newport


class Command(connect.Command):
    """Answer one question in the terminal, of the demo borough or of Newport."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the plain command takes, and the place in the demo."""
        super().add_arguments(parser)
        parser.add_argument(
            "--place",
            choices=["borough", "newport"],
            default="borough",
            help="newport: real streets, made-up things to do, whatever is kept here",
        )

    def answer(self, options: dict[str, Any]) -> Answer:
        """Answer the question; raises CommandError or DoorstepError, each a sentence."""
        if options["place"] == "borough":
            return super().answer(options)
        at = newport.doors().find(options["postcode"])
        if at is None:
            raise CommandError(newport.NOT_HERE)
        given = connect.asked_for(options)
        words, minutes = given.pop("words"), given.pop("minutes")
        walker = given.pop("walker")
        shown = newport.answer(
            *at,
            words=words,
            walker=walker,
            asked=Asked(limit_minutes=minutes, **given),
            now=timezone.localtime(),
        )
        if shown.unreachable_because:
            raise CommandError(shown.unreachable_because)
        return shown.answer
