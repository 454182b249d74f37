"""The least valid listings, made through the directory's own actions."""

import datetime as dt
from typing import Any

from thedeal.community.actions import listings
from thedeal.community.facts import GroupFacts
from thedeal.community.models import Group
from thedeal.partners.models import Authority

TUESDAYS = {
    "starts_on": "2026-09-08",
    "at": "10:30",
    "minutes": 90,
    "rule": "FREQ=WEEKLY;BYDAY=TU",
}


def facts(name: str = "Knit and Natter", **changes: Any) -> GroupFacts:
    """Give a group that meets on Tuesdays, with what is changed."""
    given: dict[str, Any] = {
        "name": name,
        "what": "A few of us, some wool.",
        "contact": {
            "name": "Jean Prescott",
            "phone": "01632 960000",
            "email": "jean@knit.example",
            "show": "number",
        },
        "activities": [activity()],
    }
    return GroupFacts.read({**given, **changes})


def activity(name: str = "Tuesday table", **changes: Any) -> dict[str, Any]:
    """Give one thing to do, as facts read it."""
    return {
        "name": name,
        "description": "Bring what is on your needles.",
        "cost_pence": 50,
        "themes": ["crafts"],
        "sessions": [TUESDAYS],
        **changes,
    }


def group(authority: Authority, name: str = "Knit and Natter", **changes: Any) -> Group:
    """Give a group's listing, checked by the group just now."""
    return listings.add(
        authority=authority,
        facts=facts(name, **changes),
        by=None,
        how=listings.THE_GROUP,
    )


def checked(group: Group, *, days_ago: int, now: dt.datetime) -> Group:
    """Give the group as if its last check were so many days ago."""
    at = now - dt.timedelta(days=days_ago)
    Group.objects.filter(pk=group.pk).update(checked_at=at, created_at=at)
    group.activities.update(checked_at=at)
    group.refresh_from_db()
    return group
