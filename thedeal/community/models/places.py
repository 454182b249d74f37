"""Access facts of venues, and exact places that are not to be shown."""

from typing import ClassVar

from django.db import models

from thedeal.community.models.activities import Activity
from thedeal.community.models.keeping import LISTING, OPEN_TO_ALL, behind_group
from thedeal.lib.records import Grants, Kept, Privacy, Record, Wall, classed


class VenueAccess(Record):
    """What is known of getting into and around one venue: yes, no, or unknown."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at venue facts words checked_at checked_by_id"
    )
    kept: ClassVar[Kept] = LISTING
    grants: ClassVar[Grants] = OPEN_TO_ALL

    venue = models.OneToOneField(
        "places.Venue", on_delete=models.CASCADE, related_name="access"
    )
    facts = models.JSONField(default=dict)
    words = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True)
    checked_by_id = models.UUIDField(null=True)


class Whereabouts(Record):
    """The exact place of a sensitive activity: for the team alone."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority group activity",
        sensitive="venue_id place_name address postcode lat lon",
    )
    kept: ClassVar[Kept] = LISTING
    wall: ClassVar[Wall] = behind_group()

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        "community.Group", on_delete=models.PROTECT, related_name="+"
    )
    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, related_name="whereabouts"
    )
    venue_id = models.UUIDField(null=True)
    place_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
