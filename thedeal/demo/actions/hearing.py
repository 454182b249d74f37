"""What the demo borough's people told the directory, for an editor to look at.

Everything comes in as a stranger's would: on one screen, or as a claim. One group is
in Bev's hands already. Run twice it adds nothing.
"""

import csv
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone

from thedeal.community import recurrence, screen
from thedeal.community.actions import claims, feeds, listings, merging, suggestions
from thedeal.community.facts import GroupFacts
from thedeal.community.importers import files
from thedeal.community.importers.records import Feed
from thedeal.community.models import Claim, Group, Source, Suggestion
from thedeal.community.selectors import stored
from thedeal.demo import cast
from thedeal.demo.actions.cast import user_of
from thedeal.lib import logins
from thedeal.partners.models import Authority, Organisation
from thedeal.places.models import Postcode

CREW = {
    "name": "Tuesday Brew Crew",
    "kind": "group",
    "what": "Three of us, a kettle and a back room. It started with one flask.",
    "contact": {
        "name": "Bev Ormerod",
        "phone": "01632 960187",
        "email": "bev@tuesday-brew-crew.example",
        "show": "number",
    },
}
BREW = {
    "name": "A brew and a sit down",
    "description": "Tea, toast, the crossword read out loud. Nobody signs a form.",
    "first_time": "Bev will be at the door in a green coat. Sit anywhere but the radiator: that is Arthur's.",
    "asks": "Somebody who can mend a toaster.",
    "cost_pence": 50,
    "cost_words": "50p in the tin, if you have it",
    "themes": ["company", "tea"],
    "capacity": "room",
    "capacity_places": 4,
    "capacity_words": "room for four",
    "access": {"step_free": "yes", "toilet": "yes", "hearing_loop": "no"},
    "sessions": [
        {
            "starts_on": "2026-09-08",
            "at": "10:30",
            "minutes": 90,
            "rule": "FREQ=WEEKLY;BYDAY=TU",
        }
    ],
}
LADS = {
    "name": "Pennington Bench Lads",
    "kind": "informal",
    "what": "Retired pitmen on the bench by the Flash, most mornings the rain holds off.",
    "activities": [
        {
            "name": "Sit and put the world right",
            "description": "Bring your own flask. Stan does the talking.",
            "cost_pence": 0,
            "timing": "by arrangement",
        }
    ],
}
WRONGS = (
    "Went twice and the door was locked. There is a notice about the boiler.",
    "It says free on here but they asked for two pounds. Not moaning, just so folk know.",
)


TWICE = 4  # groups that another list has too


def build_hearing(*, tell: Callable[[str], None]) -> None:
    """Add what is missing: a claimed group, suggestions, claims, likely doubles."""
    authority = Authority.objects.get(slug=cast.COUNCIL)
    with logins.transaction_now():
        _crew(authority)
        if not Suggestion.objects.filter(authority=authority).exists():
            _tell_us(authority)
        _list_twice(authority)
    found = merging.propose(authority=authority)
    tell(f"what people told the directory; {found} pairs that may be one group")


def _crew(authority: Authority) -> None:
    owner = Organisation.objects.get(authority=authority, slug=cast.BREW)
    if Group.objects.filter(authority=authority, organisation=owner).exists():
        return
    home = Postcode.objects.filter(
        neighbourhood__name=cast.HOME, terminated_on__isnull=True
    ).order_by("text")
    where = {"name": "The back room of the chip shop", "postcode": home[40].text}
    facts = GroupFacts.read({**CREW, "activities": [{**BREW, "spot": where}]})
    group = listings.add(
        authority=authority, facts=facts, by=None, how=listings.THE_GROUP
    )
    claims.hand_to(group=group, organisation=owner, by=user_of("kath"))


SHEET = "makerfield-together.csv"
NO_NAME = {"id": "mt-draft", "description": "Somebody began this line."}


def _tell_us(authority: Authority) -> None:
    groups = list(
        Group.objects.filter(authority=authority, state="live", organisation=None)
        .exclude(contact=None)
        .order_by("slug")[10:60:10]
    )
    first, second, third, fourth, fifth = groups
    suggestions.suggest(
        authority=authority,
        facts=screen.applied(stored.of(first), {"a0-cost": "£2.50, with a biscuit"}),
        group=first,
        words="It went up in October.",
        name="Joan Critchley",
        email="joan@home.example",
    )
    for group, words in zip((second, third), WRONGS, strict=True):
        suggestions.tell_wrong(group=group, words=words, name="Wilma Stranger")
    suggestions.suggest(
        authority=authority,
        facts=GroupFacts.read(LADS),
        name="Stan",
        email="stan@home.example",
    )
    for group, name in ((fourth, "Maureen Aldred"), (fifth, "Clive Unsworth")):
        email = f"{name.split()[0].lower()}@home.example"
        claims.ask(group=group, name=name, email=email)
    for claim in Claim.objects.filter(authority=authority, state="asked"):
        claims.send_letters(claim=claim)


def _list_twice(authority: Authority) -> None:
    """Take some groups in again, as the voluntary sector's own list has them."""
    source, _ = Source.objects.get_or_create(
        authority=authority,
        key="makerfield-together",
        defaults={"name": "Makerfield Together’s list (made up)"},
    )
    if Group.objects.filter(source=source).exists():
        return
    ours = Group.objects.filter(
        authority=authority,
        state="live",
        is_sensitive=False,
        name__contains=" & ",
        contact__show="number",
    ).exclude(contact__phone="")
    rows = [_as_listed(group) for group in ours.order_by("slug")[:TWICE]]
    feeds.take(
        _sheet([*rows, NO_NAME]),
        source=source,
        by=None,
        read_from=SHEET,
        is_whole_file=True,
    )


def _as_listed(group: Group) -> dict[str, Any]:
    """Give a group as another list has it: a sentence, a time, a number with a label."""
    one = stored.of(group).activities[0]
    times = screen.simple_times(one)
    return {
        "id": f"mt-{group.slug}",
        "name": one.name,
        "group": group.name.replace(" & ", " and "),
        "description": one.description.split(". ")[0].rstrip(".") + ".",
        "day": recurrence.NAMES[times.weekday] if times else "",
        "starts": times.starts if times else "",
        "ends": times.ends if times else "",
        "venue": one.spot.name,
        "postcode": one.spot.postcode,
        "lat": one.spot.lat,
        "lon": one.spot.lon,
        "cost": one.cost_words,
        "phone": f"Office: {stored.contact_of(group)['phone']}",
        "email": f"Unknown-{len(group.slug)}@noemail.invalid",
    }


def _sheet(rows: list[dict[str, Any]]) -> Feed:
    """Give a spreadsheet of rows as it is read from its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / SHEET
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        return files.load(path, today=timezone.localdate())
