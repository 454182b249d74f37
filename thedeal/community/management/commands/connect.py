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
from thedeal.places import selectors as places
from thedeal.places.postcode_words import sentence_for

PATHS = "Minutes along streets and paths: © OpenStreetMap contributors."


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
        parser.add_argument(
            "--walker",
            choices=list(PROFILES),
            default=ORDINARY.name,
            help="who walks: slow is 0.8 m/s; a wheelchair needs no steps",
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
            # what is said about the list goes beside it, so that a parser gets JSON
            self.stderr.write("\n".join([*found.notes, *_whose(found)]))
            body = {"results": [one.as_json() for one in found.matches]}
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
    needs = [n for given in options["needs"] for n in given.split(",") if n.strip()]
    return {
        "words": options["matters"],
        "minutes": options["minutes"],
        "free": free_hours(options["when"]) if options["when"] else None,
        "needs": frozenset(_fact(need) for need in needs),
        "language": code_of(options["language"]),
        "must_be_free": options["free"],
        "age": options["age"],
        "how_many": options["how_many"],
        "walker": options["walker"],
    }


def _fact(need: str) -> str:
    return "_".join(need.replace("-", " ").replace("_", " ").casefold().split())


def _table(found: Answer) -> str:
    lines = list(found.notes)
    for number, one in enumerate(found.matches, 1):
        lines += ["", f"{number}. {_heading(one)}", *_facts(one)]
    credit = [line for whose in _whose(found) for line in ("", whose)]
    return "\n".join([*lines, *credit]).strip()


def _whose(found: Answer) -> list[str]:
    """Say whose the paths are that minutes rest on, as their licence asks."""
    walks = (m for m in found.matches if m.walk_minutes is not None)
    return [PATHS] if any(not m.walk_is_estimate for m in walks) else []


def _heading(one: Match) -> str:
    """Give what it is and whose, once where a group is called after it."""
    is_said = not one.group or one.group.startswith(one.activity)
    return one.group or one.activity if is_said else f"{one.activity}, {one.group}"


def _facts(one: Match) -> list[str]:
    """Give where it is, then why it fits (its walk, time and cost) and what to ask."""
    lines = [f"   {one.place}"] if one.place else []
    lines += [f"   + {reason}" for reason in one.reasons]
    lines += [f"   ! {caution}" for caution in one.cautions]
    return lines
