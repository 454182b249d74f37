"""Moves a group, with what it does, from one state of a listing to another.

What rested or had ended before the group did is remembered as it was: when the group is
there again, only what went with it comes back. Checks no one's right: its callers do.
"""

from collections.abc import Iterable
from typing import Any

from thedeal.community.models import Activity, Group
from thedeal.community.states import MOVES, SHOWN, ListingState
from thedeal.lib.errors import UserFacingError

WITH_THE_GROUP = "with the group"  # in provenance: {"state": as it was before}


def move(group: Group, state: ListingState) -> None:
    """Move a group and what it does; to the same state again changes nothing."""
    was = ListingState(group.state)
    if was == state:
        return
    if state not in MOVES[was]:
        raise UserFacingError(f"A listing that is {was} cannot become {state}.")
    rows = list(group.activities.all())
    if state == ListingState.LIVE:
        _bring_back(rows, was)
    else:
        _take_along(rows, was, state)
    Group.objects.filter(pk=group.pk).update(state=state)
    Activity.objects.bulk_update(rows, ["state", "provenance"])
    group.state = state


def _take_along(
    rows: Iterable[Activity], was: ListingState, state: ListingState
) -> None:
    """Take along all that is shown, resting or not, and what went with it before."""
    for row in rows:
        note: dict[str, Any] = row.provenance.pop(WITH_THE_GROUP, {})
        if row.state not in (*SHOWN, was):
            continue  # it ended on its own: what was noted of it is of no use now
        is_first = was == ListingState.LIVE or not note
        if row.state in SHOWN or note:
            before = {"state": row.state} if is_first else note
            row.provenance[WITH_THE_GROUP] = before
        row.state = state


def _bring_back(rows: Iterable[Activity], was: ListingState) -> None:
    gone = [row for row in rows if row.state == was]
    for row in [r for r in gone if WITH_THE_GROUP in r.provenance] or _latest(gone):
        before = row.provenance.pop(WITH_THE_GROUP, {})
        row.state = before.get("state", ListingState.LIVE)


def _latest(gone: list[Activity]) -> list[Activity]:
    """Give what ended last by a feed, or all: the group ended since nothing was left."""
    ended = {row.pk: (row.provenance.get("ended") or {}).get("at", "") for row in gone}
    last = max(ended.values(), default="")
    return [row for row in gone if ended[row.pk] == last]
