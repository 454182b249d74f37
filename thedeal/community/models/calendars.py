"""A group's own calendar, from which its sessions come."""

from typing import ClassVar

from django.db import models

from thedeal.community.models.activities import Activity
from thedeal.community.models.keeping import LISTING, behind_group
from thedeal.lib.records import Kept, Privacy, Record, Wall, classed


class Calendar(Record):
    """An iCal address; some are secret, so only the team and its owner see it."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority group activity etag digest fetched_at "
        "good_at next_at failures problem told_at is_stopped",
        personal="address",
    )
    kept: ClassVar[Kept] = LISTING
    wall: ClassVar[Wall] = behind_group()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        "community.Group", on_delete=models.PROTECT, related_name="calendars"
    )
    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, related_name="calendar"
    )
    address = models.CharField(max_length=1000)
    etag = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    fetched_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(null=True, help_text="When the group was told.")
    is_stopped = models.BooleanField(default=False)
