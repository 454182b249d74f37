"""The council's own account of the gap, each version kept.

The figures of what was closed are never typed here: they come from signed lines of
the ledger when a version is published.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from thedeal.lib.records import (
    AtEnd,
    Changes,
    Grants,
    Kept,
    Privacy,
    Record,
    Wall,
    classed,
)

USER = settings.AUTH_USER_MODEL


class GapStory(Record):
    """One dated telling: what we started short by, why, and what we got wrong."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority year started grown households source "
        "why_harder your_part got_wrong easy_read by"
    )
    kept: ClassVar[Kept] = Kept(
        rule="money.ledger", changes=Changes.APPEND_ONLY, at_end=AtEnd.KEEP
    )
    wall: ClassVar[Wall] = Wall(
        using="authority_id = any((select app_authorities())::uuid[])"
    )
    grants: ClassVar[Grants] = Grants(staff="ra", worker="ra")

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField()
    started = models.DecimalField(max_digits=14, decimal_places=2)
    grown = models.DecimalField(max_digits=14, decimal_places=2)
    households = models.PositiveIntegerField()
    source = models.CharField(max_length=400)
    why_harder = models.TextField(max_length=4000)
    # [{"do": "...", "worth": "...", "source": "..."}]: what your part does
    your_part = models.JSONField(default=list)
    got_wrong = models.TextField(max_length=4000)
    # short sentences, one a line, kept in step with the rest
    easy_read = models.TextField(max_length=4000)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Newest first; a gap is more than nothing, among at least one household."""

        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(started__gt=0, households__gt=0),
                name="a_gap_is_more_than_nothing",
            )
        ]
