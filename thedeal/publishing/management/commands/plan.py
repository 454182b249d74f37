"""``./deal plan [--neighbourhood NAME] [--json] [--keep]``: everybody at once.

Says what each person open to suggestions might be asked about, and which groups should
be there. Keeps and sends nothing unless asked to keep it; even then nothing is sent. It
must never name a person, but for the made-up people of the demo.
"""

import json
from argparse import ArgumentParser
from collections import Counter
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from thedeal.community.models import Activity
from thedeal.deals.actions import planning
from thedeal.deals.selectors import planning as reading
from thedeal.deals.selectors.planning import ForSome, WorkedOut
from thedeal.lib.errors import UserFacingError
from thedeal.lib.wording import when
from thedeal.partners.models import Authority
from thedeal.places import selectors as places
from thedeal.places.models import Neighbourhood
from thedeal.publishing.models import Installation
from thedeal.publishing.new_groups import people
from thedeal.publishing.new_groups import when as weekly
from thedeal.residents.selectors.gifts import first_name

NOT_SAID = (
    "People are those whom a team is alongside and who said what they would like; "
    "nobody who said no to being introduced. A count under 8 is told as that."
)


class Command(BaseCommand):
    """Work the plan out and print it."""

    help = (
        "Propose introductions for everybody at once, and groups that should be there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where, for which council, the form of the answer, and whether to keep."""
        parser.add_argument(
            "--neighbourhood", default="", help="its name, or its start"
        )
        parser.add_argument(
            "--council", default="", help="its short name, where several"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--keep",
            action="store_true",
            help="put the proposals on the desks of whoever is alongside",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the plan, or the sentence that says what to mend."""
        try:
            authority_id = _council(options["council"])
            place = _place(options["neighbourhood"], authority_id)
            found = reading.worked_out(authority_id, neighbourhood=place)
            if options["keep"]:
                planning.make(authority_id, neighbourhood=place, worked_out=found)
        except UserFacingError as error:
            raise CommandError(error.sentence) from error
        where = place.name if place else "the whole borough"
        body = as_json(found, where=where, is_kept=options["keep"])
        words = json.dumps(body, ensure_ascii=False, indent=2)
        self.stdout.write(words if options["json"] else _table(body))


def as_json(found: WorkedOut, *, where: str, is_kept: bool) -> dict[str, Any]:
    """Give a plan as it may be told outside."""
    return {
        "where": where,
        "is_kept": is_kept,
        "people": people(found.people),
        "placed": people(found.placed),
        "introductions": _introductions(found),
        "new_groups": [_new_group(some) for some in found.new_groups],
    }


def _introductions(found: WorkedOut) -> list[dict[str, Any]]:
    """Give each listing that somebody is proposed, the most people first."""
    count = Counter(one.match.key for one in found.introductions)
    match = {one.match.key: one.match for one in found.introductions}
    said = dict(
        Activity.objects.filter(
            pk__in=list(count), capacity_places__isnull=False
        ).values_list("pk", "capacity_places")
    )
    return [
        {
            "activity": match[key].activity,
            "group": match[key].group,
            "venue": match[key].place,
            "next_session": when(match[key].next_session),
            "people": people(many),
            "room": found.rooms[key],
            "room_is_told": UUID(key) in said,
            **_made_up(found, key),
        }
        for key, many in sorted(
            count.items(), key=lambda at: (-at[1], match[at[0]].activity)
        )
    ]


def _made_up(found: WorkedOut, key: str) -> dict[str, Any]:
    """Give who, and why, where everybody is made up."""
    if not _is_made_up():
        return {}
    return {
        "who": [
            {
                "called": first_name(one.person),
                "reasons": list(one.match.reasons),
                "cautions": list(one.match.cautions),
            }
            for one in found.introductions
            if one.match.key == key
        ]
    }


def _is_made_up() -> bool:
    return Installation.objects.filter(is_demo=True).exists()


def _new_group(some: ForSome) -> dict[str, Any]:
    told: dict[str, Any] = {
        "interest": some.interest,
        "hub": some.venue.name,
        "when": weekly(some.hour),
        "ask": people(len(some.people)),
        "longest_walk_minutes": max(1, round(some.longest_walk_minutes)),
    }
    if _is_made_up():
        told["who"] = [first_name(person) for person in some.people]
    return told


def _table(body: dict[str, Any]) -> str:
    lines = [
        f"A plan for {body['where']}, as it would be now. Nothing is sent.",
        f"Open to suggestions: {body['people']}. Something near with room: "
        f"{body['placed']}.",
        "",
        "Introductions that might be made",
    ]
    for one in body["introductions"]:
        lines += ["", *_introduction_lines(one)]
    lines += [] if body["introductions"] else ["", "  None: nothing near has room."]
    lines += ["", "", "Groups that should be there"]
    for some in body["new_groups"]:
        lines += ["", *_group_lines(some)]
    lines += [] if body["new_groups"] else ["", "  None that 6 people near share."]
    kept = "It is on the desks now." if body["is_kept"] else "Not kept: --keep does."
    return "\n".join([*lines, "", "", NOT_SAID, kept])


def _introduction_lines(one: dict[str, Any]) -> list[str]:
    room = f"room for {one['room']}" + ("" if one["room_is_told"] else ", we suppose")
    facts = [one["venue"], one["next_session"], room]
    lines = [f"  {one['activity']}, {one['group']}: {one['people']}"]
    lines.append(f"     {' · '.join(fact for fact in facts if fact)}")
    for who in one.get("who", ()):
        lines.append(f"     {who['called']}: {' · '.join(who['reasons'])}")
        lines += [f"       ! {caution}" for caution in who["cautions"]]
    return lines


def _group_lines(some: dict[str, Any]) -> list[str]:
    lines = [
        f"  {some['interest'].capitalize()}: {some['hub']}, {some['when']}",
        f"     ask {some['ask']}, each within about "
        f"{some['longest_walk_minutes']} minutes' walk",
    ]
    if who := some.get("who"):
        lines.append(f"     {', '.join(who)}")
    return lines


def _council(slug: str) -> UUID:
    """Give the council asked for; the only one whose places are loaded otherwise."""
    if slug:
        found = Authority.objects.filter(slug=slug).first()
        if found is None:
            raise UserFacingError(f"There is no council called “{slug}” here.")
        return found.pk
    only = places.only_council()
    if only is None:
        raise UserFacingError("Say for which council, with --council NAME.")
    return only


def _place(name: str, authority_id: UUID) -> Neighbourhood | None:
    if not name:
        return None
    return reading.neighbourhood_named(name, authority_id=authority_id)
