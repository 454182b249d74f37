"""``./deal demand [--years 10] [--json] [--back-test]``: the borough's demand ahead.

Reads the loaded area's census figures and the definitions; must never write.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from thedeal.lib import definitions
from thedeal.lib.errors import UserFacingError
from thedeal.money import selectors
from thedeal.money.demand import report
from thedeal.money.demand.published import back_tests
from thedeal.money.demand.reading import Ask, read_outlook


class Command(BaseCommand):
    """Work the outlook out and print it."""

    help = "Work out the borough's demand for care and its cost, with ranges."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how far, how many draws, the gap, and the form of the answer."""
        parser.add_argument("--years", type=int, default=10)
        parser.add_argument("--draws", type=int, default=1000)
        parser.add_argument("--seed", type=int, default=2017)
        parser.add_argument("--first-year", type=int, default=2026)
        parser.add_argument(
            "--gap",
            type=float,
            help="pounds a year to find; gives the chance to close it",
        )
        parser.add_argument("--without-levers", action="store_true")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--back-test",
            action="store_true",
            help="print how wrong it would have been about totals already published",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the outlook, or the sentence that says what to mend."""
        try:
            self.stdout.write(_answer(options))
        except UserFacingError as error:
            raise CommandError(error.sentence) from error


def _answer(options: dict[str, Any]) -> str:
    entries, adults = definitions.everything(), selectors.adults()
    ask = Ask(
        years=options["years"],
        draws=options["draws"],
        seed=options["seed"],
        first_year=options["first_year"],
        gap_pounds=options["gap"],
        with_levers=not options["without_levers"],
    )
    if options["back_test"]:
        tests = back_tests(entries, adults=adults, ask=ask)
        return "\n\n".join(test.as_text() for test in tests)
    outlook = read_outlook(entries, adults=adults, ask=ask)
    return report.as_json(outlook) if options["json"] else report.as_text(outlook)
