"""What is listed where no path leads that we hold: nobody is told of it by a walk.

A match asks how far it is on foot; a place that no path reaches is too far for all, and
was left out without a word. Whoever keeps the directory is told instead: the point may be
wrong, or the paths may be old.
"""

from dataclasses import dataclass
from uuid import UUID

import numpy as np

from thedeal.community.models import Activity
from thedeal.community.states import SHOWN
from thedeal.places.walking import off_the_paths


@dataclass(frozen=True, kw_only=True)
class OffThePaths:
    """One thing to join that nobody can be led to, and why."""

    activity: Activity
    why: str


def found(authority_id: UUID) -> list[OffThePaths]:
    """Give what a council shows at a place that no path leads to, by name."""
    rows = Activity.objects.filter(
        authority_id=authority_id, state__in=SHOWN, is_online=False, lat__isnull=False
    )
    held = list(rows.select_related("group").order_by("name", "id"))
    lats = np.array([row.lat for row in held], np.float64)
    lons = np.array([row.lon for row in held], np.float64)
    return [
        OffThePaths(activity=row, why=why)
        for row, why in zip(held, off_the_paths(lats, lons), strict=True)
        if why
    ]
