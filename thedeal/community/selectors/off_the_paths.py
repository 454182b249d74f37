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
    shown = Activity.objects.filter(
        authority_id=authority_id, state__in=SHOWN, is_online=False, lat__isnull=False
    )
    points = list(shown.order_by().values_list("lat", "lon").distinct())
    lats, lons = np.array(points, np.float64).reshape(-1, 2).T
    told = zip(points, off_the_paths(lats, lons), strict=True)
    why = {point: said for point, said in told if said}
    rows = shown.filter(lat__in={lat for lat, _ in why}).select_related("group")
    return [
        OffThePaths(activity=row, why=why[row.lat, row.lon])
        for row in rows.order_by("name", "id")
        if (row.lat, row.lon) in why
    ]
