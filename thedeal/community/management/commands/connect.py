"""``./deal connect POSTCODE --matters "…"``: what is on somebody's doorstep.

A readable table, or JSON. What is typed is used for this one answer and kept nowhere.
"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from doorstep.errors import DoorstepError
from doorstep.hours import free_hours
from doorstep.languages import code_of
from doorstep.listings import FACTS
from doorstep.match import Answer, Match
from doorstep.speeds import ORDINARY, PROFILES

from thedeal.community.selectors.connecting import Question, connect
from thedeal.lib.wording import when
from thedeal.places import selectors as places
from thedeal.places.postcode_words import sentence_for


class Command(BaseCommand):
    """Answer one question in the terminal."""

    help = "Say who and what is within a short walk of a postcode, when, and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the postcode and what is asked."""
        parser.add_argument("postcode")
        parser.add_argument(
            "--matters", default="", help="what they say, in their words"
        )
        parser.add_argument("--minutes", type=float, default=20, help="longest walk")
        parser.add_argument("--free", action="store_true", help="must cost nothing")
        parser.add_argument("--when", default="", help="hours, as 'Tue 10:00-15:00'")
        parser.add_argument(
            "--needs",
            action="append",
            default=[],
            help=f"any of {', '.join(fact.replace('_', '-') for fact in FACTS)}",
        )
        parser.add_argument(
            "--language", default="", help="a language, such as Polish, or pl"
        )
        parser.add_argument("--age", type=int)
        parser.add_argument("--how-many", type=int, default=6)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the answer, or the sentence that says what to mend."""
        try:
            found = self.answer(options)
        except DoorstepError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            results = [one.as_json() for one in found.matches]
            body = {"results": results, "notes": list(found.notes)}
            self.stdout.write(json.dumps(body, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_table(found))

    def answer(self, options: dict[str, Any]) -> Answer:
        """Answer the question; raises CommandError or DoorstepError, each a sentence."""
        at = places.find_postcode(options["postcode"])
        if at.lat is None or at.lon is None or at.neighbourhood is None:
            raise CommandError(sentence_for(at))
        asked = asked_for(options)
        return connect(Question(lat=at.lat, lon=at.lon, **asked)).answer


def asked_for(options: dict[str, Any]) -> dict[str, Any]:
    """Give what was asked on the command line, as the fields of a Question but its place.

    Raises DoorstepError for hours that cannot be read.
    """
    needs = [n for given in options["needs"] for n in given.split(",") if n]
    return {
        "words": options["matters"],
        "minutes": options["minutes"],
        "free": free_hours(options["when"]) if options["when"] else None,
        "needs": frozenset(_fact(need) for need in needs),
        "language": code_of(options["language"]),
        "must_be_free": options["free"],
        "age": options["age"],
        "how_many": options["how_many"],
    }


def _fact(need: str) -> str:
    return "_".join(need.replace("-", " ").replace("_", " ").casefold().split())


def _table(found: Answer) -> str:
    matches = found.matches
    lines = [*found.notes] if matches else [*found.notes, "Nothing found."]
    for number, one in enumerate(matches, 1):
        lines += ["", f"{number}. {one.activity}, {one.group}", *_facts(one)]
    return "\n".join(lines).strip()


def _facts(one: Match) -> list[str]:
    told = [one.place, when(one.next_session) if one.next_session else "", one.cost]
    lines = [f"   {' · '.join(part for part in told if part)}"]
    lines += [f"   + {reason}" for reason in one.reasons]
    lines += [f"   ! {caution}" for caution in one.cautions]
    return lines
