"""Asks whether another team may know somebody: maybe or no, and it is noted.

It must never say who, which team, or how sure we are; the answer to "maybe" is to ask
with the person. Each asking is in the trail, without the name that was asked about.
"""

from typing import Any

from django.db import connections

from thedeal.audit.actions import limits, trail
from thedeal.audit.models import Entry
from thedeal.lib import logins
from thedeal.partners.models import Team
from thedeal.residents import permissions
from thedeal.residents.about import name_key
from thedeal.residents.likeness import ways_to_say

MOST_AN_HOUR = 40
SENTENCE = "Another team may know them: ask with the person."


@logins.atomic
def may_be_known(*, names: str, team: Team, by: Any, postcode: str = "") -> bool:
    """Say whether somebody beyond the asker's teams may have such a name.

    Raises TooManyError after 40 askings in an hour: this is not for browsing.
    """
    permissions.check_in_team(by, team)
    limits.hit("residents.beyond", str(by.pk), most=MOST_AN_HOUR, seconds=3600)
    maybe = any(
        _asked(str(team.authority_id), way, postcode)
        for way in ways_to_say(name_key(names))
        if way
    )
    trail.record(
        "residents.asked_beyond",
        by=by,
        authority_id=team.authority_id,
        organisation_id=team.organisation_id,
        kind=Entry.Kind.LOOK,
        answer="maybe" if maybe else "no",
    )
    return maybe


def _asked(authority_id: str, key: str, postcode: str) -> bool:
    with connections[logins.alias()].cursor() as cursor:
        cursor.execute(
            "select app_may_be_known(%s::uuid, %s, %s)", [authority_id, key, postcode]
        )
        return bool(cursor.fetchone()[0])
