"""Notices what has died since a listing was written: its website, its postcode.

What is noticed stands beside the listing for its group and for editors; nothing is
changed or ended by it. No sentence names a place, for some places are not to be shown.
"""

import datetime as dt
import re
from collections.abc import Callable
from uuid import UUID

from thedeal.audit.actions import trail
from thedeal.community.models import Activity, Group, Whereabouts
from thedeal.community.states import SHOWN
from thedeal.lib import logins
from thedeal.lib.errors import UserFacingError
from thedeal.places.models import Postcode

POSTCODE = "A postcode on it is no longer in use: ask where they meet now."
NIGHTS = 7

# what a fetch says of an address where nothing is any more; a site that is slow, large
# or turns machines away is not dead
DEAD = re.compile(r"answered (404|410)\b|no machine called|could not be reached")
# raises UserFacingError, with a sentence, for what it could not open
Look = Callable[[str], object]


def postcodes() -> int:
    """Note which listings have a postcode that was ended; give how many have."""
    dead = set(
        Postcode.objects.filter(terminated_on__isnull=False).values_list(
            "text", flat=True
        )
    )
    shown = Activity.objects.filter(state__in=SHOWN, group__state__in=SHOWN)
    rows = [
        *shown.exclude(postcode="").values_list("group_id", "postcode"),
        *Whereabouts.objects.filter(activity__in=shown).values_list(
            "group_id", "postcode"
        ),
    ]
    found = {group_id for group_id, postcode in rows if postcode in dead}
    for group in Group.objects.filter(state__in=SHOWN):
        _note(group, "postcode", POSTCODE if group.pk in found else "")
    return len(found)


def websites(*, look: Look, now: dt.datetime) -> tuple[int, int]:
    """Look at a seventh of the websites, each once a week; give looked at and dead."""
    rows = Group.objects.filter(state__in=SHOWN).exclude(website="").order_by("id")
    tonight = [g for g in rows if _night(g.pk) == now.toordinal() % NIGHTS]
    dead = 0
    for group in tonight:
        sentence = _looked(look, group.website)
        dead += bool(sentence)
        _note(group, "website", sentence)
    return len(tonight), dead


def _night(pk: UUID) -> int:
    return pk.int % NIGHTS


def _looked(look: Look, address: str) -> str:
    try:
        look(address)
    except UserFacingError as error:
        if DEAD.search(error.sentence) is None:
            return ""
        return f"Its website could not be opened. {error.sentence}"[:300]
    return ""


@logins.atomic
def _note(group: Group, kind: str, sentence: str) -> None:
    """Keep or clear what was noticed; nothing is written where nothing is new."""
    if group.problems.get(kind, "") == sentence:
        return
    rest = {k: v for k, v in group.problems.items() if k != kind}
    problems = {**rest, kind: sentence} if sentence else rest
    Group.objects.filter(pk=group.pk).update(problems=problems)
    trail.record("community.noticed", by=None, subject=group, what=kind)
