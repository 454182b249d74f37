"""Buildings and open spaces where people can meet or be helped."""

import pghistory
from django.db import models
from django.db.models import Q

from thedeal.lib.records import Record, classed
from thedeal.partners.models import Authority
from thedeal.places.models.geography import Neighbourhood
from thedeal.places.models.sources import OPEN_DATA, READ_BY_ALL, Source


class Category(models.TextChoices):
    """What kind of place a venue is, in words residents use."""

    GP = "gp", "GP surgery"
    PHARMACY = "pharmacy", "Pharmacy"
    LIBRARY = "library", "Library"
    SCHOOL = "school", "School or college"
    WORSHIP = "worship", "Place of worship"
    COMMUNITY = "community", "Community centre"
    PARK = "park", "Park"
    FOOD = "food", "Food bank or pantry"
    HOSPITAL = "hospital", "Hospital"
    JOBS = "jobs", "Jobcentre"
    LEISURE = "leisure", "Leisure centre"
    OTHER = "other", "Other place"


@pghistory.track(
    fields=["name", "category", "address", "lat", "lon", "closed_on"],
    model_name="VenueEvent",
)
class Venue(Record):
    """A place with a door (or a gate): a hub where everyday life already happens.

    ``week`` holds opening hours by day, {"mon": [["09:00", "17:00"]], …}: a day
    that is absent is closed; the whole is null where the hours are not known.
    """

    privacy = classed(
        open="id created_at authority key name category detail address postcode lat "
        "lon lsoa_code neighbourhood week hours_text uprn closed_on source source_ref "
        "source_date"
    )
    kept = OPEN_DATA
    grants = READ_BY_ALL

    authority = models.ForeignKey(
        Authority,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="venues",
        help_text="Whose borough it is in; empty just over the border.",
    )
    key = models.CharField(
        max_length=120, unique=True, help_text="Source and its own id, for reloading."
    )
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=12, choices=Category)
    detail = models.CharField(
        max_length=200, blank=True, help_text="As the source says: Primary, Nursery …"
    )
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    lsoa_code = models.CharField(max_length=9, blank=True)
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.SET_NULL, null=True, blank=True, related_name="venues"
    )
    week = models.JSONField(null=True, blank=True)
    hours_text = models.CharField(max_length=300, blank=True)
    uprn = models.CharField(max_length=12, blank=True)
    closed_on = models.DateField(
        null=True, blank=True, help_text="Closed for good; kept so that links hold."
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_ref = models.CharField(max_length=100, blank=True)
    source_date = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("name",)
        indexes = [
            models.Index(
                fields=["neighbourhood", "category"],
                name="venue_by_neighbourhood",
                condition=Q(closed_on__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__gte=49, lat__lte=61, lon__gte=-9, lon__lte=2),
                name="venue_is_in_great_britain",
            )
        ]

    def __str__(self) -> str:
        """Give its name."""
        return self.name


class Entrance(Record):
    """A way into a green space: what a walk should be measured to."""

    privacy = classed(
        open="id created_at authority key kind name lat lon neighbourhood source"
    )
    kept = OPEN_DATA
    grants = READ_BY_ALL

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40, help_text="As the source says: Pedestrian …")
    name = models.CharField(max_length=200, blank=True, help_text="Of the green space.")
    lat = models.FloatField()
    lon = models.FloatField()
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        """Give what it leads to."""
        return f"{self.kind} entrance to {self.name or 'a green space'}"
