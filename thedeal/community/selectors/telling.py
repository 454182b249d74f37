"""What may be told of an activity, in words: for a card, a page, paper and a message.

Every word comes from the open columns, where a place that is not to be shown is
blurred already; nothing here may read ``Contact`` or ``Whereabouts``.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone
from doorstep.languages import name_of

from thedeal.community import freshness, paying, screen
from thedeal.community.models import Activity, Group
from thedeal.community.models.activities import Capacity
from thedeal.community.selectors import dates
from thedeal.community.selectors import freshness as fresh
from thedeal.community.states import ListingState
from thedeal.lib import wording
from thedeal.places import selectors as places

# what a page says of access even where nobody told us: "Not known"
ALWAYS_TOLD = ("step_free", "toilet", "hearing_loop", "quiet", "parking")
KNOWN = {"yes": "Yes", "no": "No"}
FULL = (Capacity.FULL, Capacity.WAITING)
CARD_WORDS = 160
MOST_WALK = 60.0  # minutes; further than that nobody asks how far on foot


def card(row: Activity) -> dict[str, Any]:
    """Give what a card shows of an activity; minutes from a straight line, "about".

    No query where sessions, opening hours, group and neighbourhood were fetched.
    """
    facts = [next_on(row), *dates.lines(row)[:2], walk(row), where(row), cost(row)]
    return {
        "id": str(row.pk),
        "title": row.name,
        "group": row.group.name,
        "href": row.get_absolute_url(),
        "facts": [fact for fact in facts if fact],
        "text": shortened(row.description or row.group.what),
        "tags": _tags(row),
    }


def about(row: Activity) -> dict[str, Any]:
    """Give all that may be shown of an activity, unknowns said as unknown."""
    return {
        "activity": row,
        "group": row.group,
        "lines": dates.lines(row),
        "coming": dates.coming(row),
        "where": where(row),
        "cost": cost(row) or "Not known: ask before you go",
        "room": room(row),
        "access": access(row),
        "ages": ages(row),
        "languages": [name_of(code) for code in row.languages],
        "checked": checked(row),
        "safeguarding": safeguarding(row.group),
        "is_unsure": row.demoted_at is not None,
        "tags": _tags(row),
        "address": address(row),
    }


def address(row: Activity | Group) -> str:
    """Give the whole public address of a listing's page."""
    return f"{settings.PUBLIC_ADDRESS}{row.get_absolute_url()}"


def when(row: Activity) -> list[str]:
    """Say when, where and what it costs, in short: for a message."""
    return [f for f in (*dates.lines(row)[:2], where(row), cost(row)) if f]


def next_on(row: Activity) -> str:
    """Say when it is next, where a search is in that order: "Tomorrow, 10:30am"."""
    at = getattr(row, "next_at", None)
    if at is None:
        return ""
    day = wording.day(timezone.localdate(at))
    return f"{day[:1].upper()}{day[1:]}, {wording.time(timezone.localtime(at))}"


def walk(row: Activity) -> str:
    """Say how far on foot, where a search measured it; never of a blurred place."""
    metres = getattr(row, "metres", None)
    if metres is None or row.is_sensitive:
        return ""
    minutes = max(1.0, places.walk_minutes(metres))
    return f"About {wording.walk(minutes)}" if minutes <= MOST_WALK else ""


def where(row: Activity) -> str:
    """Say where it is: as much as may be shown."""
    if row.is_online and not row.place_name:
        return "Online"
    if row.is_sensitive:
        area = row.neighbourhood.name if row.neighbourhood else ""
        near = ", ".join(part for part in (area, row.postcode) if part)
        return f"{near}: ask for the place" if near else "Ask for the place"
    parts = [row.place_name, row.address, row.postcode]
    return ", ".join(dict.fromkeys(p for p in parts if p))


def cost(row: Activity) -> str:
    """Say what it costs, as the group puts it; "" where nobody told us."""
    return paying.said(row.cost_pence, row.cost_words)


def room(row: Activity) -> str:
    """Say whether there is room now: "Full until March"."""
    words = screen.ROOM.get(row.capacity, "")
    if _is_long_ago(row):
        return ""
    if row.capacity_words and row.capacity_words.lower() != row.capacity:
        return row.capacity_words[:1].upper() + row.capacity_words[1:]
    if row.capacity == Capacity.ROOM and row.capacity_places:
        return f"Room for {row.capacity_places}"
    if row.capacity in FULL and row.capacity_until:
        return f"{words}, until {wording.date(row.capacity_until)}"
    return "" if row.capacity == Capacity.UNKNOWN else words


def _is_long_ago(row: Activity) -> bool:
    """Say whether what was said of room was said until a day that has passed."""
    until = row.capacity_until
    return until is not None and until < timezone.localdate()


def access(row: Activity) -> list[tuple[str, str]]:
    """Give each access fact with "Yes", "No" or "Not known"."""
    told = ("captions",) if row.is_online and not row.place_name else ALWAYS_TOLD
    return [
        (words, KNOWN.get(row.access.get(key, ""), "Not known"))
        for key, words in screen.ACCESS_WORDS.items()
        if key in row.access or key in told
    ]


def ages(row: Activity) -> str:
    """Say the ages it is for."""
    if row.min_age is None and row.max_age is None:
        return "Any age"
    if row.max_age is None:
        return f"{row.min_age} and over"
    if not row.min_age:
        return f"Up to {row.max_age}"
    return f"{row.min_age} to {row.max_age}"


def checked(row: Activity | Group) -> str:
    """Say when a listing was last checked, and by whom."""
    if row.checked_at is None:
        return "Nobody has checked this yet: ring first."
    days = freshness.days_since(row.checked_at, now=timezone.now())
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    who = f" by {row.checked_how}" if row.checked_how else ""
    is_sure = fresh.of(row) in (freshness.Freshness.FRESH, freshness.Freshness.DUE)
    return f"Last checked {ago}{who}.{'' if is_sure else ' Ring before you go.'}"


def safeguarding(group: Group) -> str:
    """Say who saw a group's safeguarding policy, and when; "" where it needs none."""
    if group.safeguarding_seen_at:
        day = wording.date(group.safeguarding_seen_at, year=True)
        return f"{group.safeguarding_seen_for} saw its safeguarding policy on {day}."
    if group.needs_safeguarding:
        return "Nobody has seen its safeguarding policy yet."
    return ""


def shortened(words: str, *, most: int = CARD_WORDS) -> str:
    """Give words cut between two words, with a sign that there is more."""
    plain = " ".join(words.split())
    return plain if len(plain) <= most else plain[:most].rsplit(" ", 1)[0] + " …"


def _tags(row: Activity) -> list[dict[str, str]]:
    tags = []
    if row.capacity in FULL and not _is_long_ago(row):
        tags.append({"text": room(row), "colour": "gold"})
    if row.state == ListingState.PAUSED:
        tags.append({"text": "Resting just now", "colour": "calm"})
    if row.demoted_at:
        tags.append({"text": "Not confirmed lately", "colour": "plain"})
    return tags
