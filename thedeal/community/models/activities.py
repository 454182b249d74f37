"""What a group does that a person can join, as anyone may read of it.

The place columns hold what may be shown: for a sensitive activity the outward code
and two decimals, no street, no venue. The exact place is in ``Whereabouts``.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from thedeal.community.models.groups import SHARED, Group, Listing
from thedeal.community.models.keeping import LISTING, OPEN_TO_ALL
from thedeal.community.states import SHOWN, ListingState
from thedeal.lib.records import Grants, Kept, Privacy, classed

LISTED = Q(state__in=[s.value for s in SHOWN])


class Timing(models.TextChoices):
    """Dated sessions, or hours in which one may drop in: never the same thing."""

    SESSION = "session", "Sessions"
    OPENING_HOURS = "opening hours", "Opening hours"
    ARRANGED = "by arrangement", "By arrangement"


class Capacity(models.TextChoices):
    """Whether there is room just now."""

    OPEN = "open", "Room for more"
    ROOM = "room", "Room for a few"
    FULL = "full", "Full just now"
    WAITING = "waiting list", "Waiting list"
    UNKNOWN = "unknown", "Not known"


class Activity(Listing):
    """One thing to join: a choir, a walk, a brew, a library's open hours."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open=f"{SHARED} authority group name slug description first_time asks timing "
        "is_online online_url venue place_name address postcode lat lon neighbourhood "
        "is_sensitive cost_pence cost_words min_age max_age languages themes access "
        "capacity capacity_places capacity_words capacity_until capacity_at ends_on "
        "search plain"
    )
    kept: ClassVar[Kept] = LISTING
    grants: ClassVar[Grants] = OPEN_TO_ALL

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, related_name="activities"
    )
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=120, unique=True)
    description = models.TextField(blank=True)
    first_time = models.TextField(blank=True, help_text="What to expect at first.")
    asks = models.TextField(blank=True, help_text="What the group could do with.")
    timing = models.CharField(max_length=14, choices=Timing)
    is_online = models.BooleanField(default=False)
    online_url = models.URLField(max_length=500, blank=True)
    venue = models.ForeignKey(
        "places.Venue", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    place_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    neighbourhood = models.ForeignKey(
        "places.Neighbourhood", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_sensitive = models.BooleanField(default=False)
    cost_pence = models.PositiveIntegerField(null=True, help_text="Null: not known.")
    cost_words = models.CharField(max_length=200, blank=True)
    min_age = models.PositiveSmallIntegerField(null=True)
    max_age = models.PositiveSmallIntegerField(null=True)
    languages = ArrayField(models.CharField(max_length=8), default=list)
    themes = ArrayField(models.CharField(max_length=40), default=list)
    # {"step_free": "yes", …}; a fact that is absent is not known
    access = models.JSONField(default=dict)
    capacity = models.CharField(max_length=12, choices=Capacity, default="unknown")
    capacity_places = models.PositiveSmallIntegerField(null=True)
    capacity_words = models.CharField(max_length=120, blank=True)
    capacity_until = models.DateField(null=True)
    capacity_at = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True)
    # what the search reads: made by ``actions.indexing`` from the words above
    search = SearchVectorField(null=True)
    plain = models.TextField(blank=True)

    class Meta:
        """In order of names; found by words, place, theme and access."""

        ordering: ClassVar = ["name", "id"]
        verbose_name_plural = "activities"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="one_activity_for_a_record_of_a_source",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False),
                name="an_activity_has_both_or_neither_of_lat_lon",
            ),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True)
                | Q(max_age__isnull=True)
                | Q(min_age__lte=F("max_age")),
                name="an_activity_s_ages_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(is_sensitive=False)
                | Q(venue__isnull=True, address="", place_name=""),
                name="a_sensitive_activity_shows_no_place",
            ),
            models.CheckConstraint(
                condition=Q(is_sensitive=False)
                | Q(postcode__regex=r"^([A-Z]{1,2}[0-9][0-9A-Z]?)?$"),
                name="a_sensitive_activity_shows_the_outward_code_alone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ListingState]),
                name="an_activity_is_in_a_known_state",
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="activity_search", condition=LISTED),
            GinIndex(fields=["themes"], name="activity_themes", condition=LISTED),
            models.Index(fields=["lat", "lon"], name="activity_at", condition=LISTED),
            models.Index(
                fields=["neighbourhood", "name"],
                name="activity_in",
                condition=LISTED,
            ),
            models.Index(fields=["name", "id"], name="activity_named"),
        ]

    def __str__(self) -> str:
        """Give its name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Give its public address, which stays."""
        return f"/activities/{self.slug}/"

    @property
    def is_free(self) -> bool | None:
        """Say whether it costs nothing; None where that is not known."""
        return None if self.cost_pence is None else self.cost_pence == 0
