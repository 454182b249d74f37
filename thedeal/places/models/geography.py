"""Areas with their codes and shapes, our neighbourhoods, postcodes, figures."""

from django.db import models
from django.db.models import Q

from thedeal.lib.records import Record, classed
from thedeal.partners.models import Authority
from thedeal.places.models.sources import OPEN_DATA, READ_BY_ALL, Source


class AreaKind(models.TextChoices):
    """The kinds of statistical and electoral area that are loaded."""

    BOROUGH = "borough", "Borough"
    WARD = "ward", "Ward"
    MSOA = "msoa", "Middle-layer area (MSOA)"
    LSOA = "lsoa", "Small area (LSOA)"


class Shape(Record):
    """What has a boundary: GeoJSON in longitude and latitude (WGS84)."""

    boundary = models.JSONField(help_text="GeoJSON geometry, WGS84.")
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    lat = models.FloatField(help_text="A point inside.")
    lon = models.FloatField(help_text="A point inside.")

    class Meta:
        abstract = True

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Give west, south, east, north in degrees."""
        return (self.west, self.south, self.east, self.north)


class Neighbourhood(Shape):
    """An area of 30,000 to 50,000 people that a team serves: a grouping of LSOAs."""

    privacy = classed(
        open="id created_at authority name slug population grouping boundary "
        "west south east north lat lon"
    )
    kept = OPEN_DATA
    grants = READ_BY_ALL

    authority = models.ForeignKey(
        Authority, models.CASCADE, related_name="neighbourhoods"
    )
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80)
    population = models.PositiveIntegerField(help_text="Residents, from the figures.")
    grouping = models.CharField(
        max_length=200, help_text="Who grouped it so, shown beside the name."
    )

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name"], name="neighbourhood_named_once"
            ),
            models.UniqueConstraint(
                fields=["slug"], name="neighbourhood_has_its_own_address"
            ),
        ]

    def __str__(self) -> str:
        """Give its name."""
        return self.name

    def get_absolute_url(self) -> str:
        """Give its public address, which stays as long as its name."""
        return f"/neighbourhoods/{self.slug}/"


class Area(Shape):
    """One statistical or electoral area, with the year of its code."""

    privacy = classed(
        open="id created_at kind code name year borough_code msoa_code ward_code "
        "neighbourhood source boundary west south east north lat lon"
    )
    kept = OPEN_DATA
    grants = READ_BY_ALL

    kind = models.CharField(max_length=8, choices=AreaKind)
    code = models.CharField(max_length=9)
    name = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField(help_text="Year of the code, e.g. 2021.")
    borough_code = models.CharField(max_length=9, db_index=True)
    msoa_code = models.CharField(max_length=9, blank=True)
    ward_code = models.CharField(
        max_length=9, blank=True, help_text="Best fit: LSOAs do not nest in wards."
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.SET_NULL, null=True, blank=True, related_name="areas"
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("kind", "code")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code", "year"], name="area_code_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(neighbourhood__isnull=True) | Q(kind="lsoa"),
                name="only_lsoas_make_neighbourhoods",
            ),
        ]

    def __str__(self) -> str:
        """Give its name and code."""
        return f"{self.name} ({self.code})"


class Postcode(Record):
    """One postcode: where it is, what areas it is in, and whether it still lives."""

    privacy = classed(
        open="id created_at text lat lon lsoa_code msoa_code ward_code borough_code "
        "other_council introduced_on terminated_on neighbourhood source"
    )
    kept = OPEN_DATA
    grants = READ_BY_ALL

    text = models.CharField(
        max_length=8, unique=True, help_text="In capitals with one space: WN1 1AA."
    )
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lsoa_code = models.CharField(max_length=9, blank=True)
    msoa_code = models.CharField(max_length=9, blank=True)
    ward_code = models.CharField(max_length=9, blank=True)
    borough_code = models.CharField(max_length=9)
    other_council = models.CharField(
        max_length=100, blank=True, help_text="Its council, where it is not one of us."
    )
    introduced_on = models.DateField(null=True, blank=True)
    terminated_on = models.DateField(null=True, blank=True)
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("text",)
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False),
                name="postcode_has_both_or_neither_of_lat_lon",
            ),
            models.CheckConstraint(
                condition=Q(text__regex=r"^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$"),
                name="postcode_is_normalised",
            ),
        ]

    def __str__(self) -> str:
        """Give the postcode as people write it."""
        return self.text


class AreaFigure(Record):
    """One published figure about an area: never about a person."""

    privacy = classed(open="id created_at area measure amount unit as_at source")
    kept = OPEN_DATA
    grants = READ_BY_ALL

    area = models.ForeignKey(Area, models.CASCADE, related_name="figures")
    measure = models.CharField(
        max_length=60, help_text="An id of definitions/area_measures.yaml."
    )
    amount = models.FloatField()
    unit = models.CharField(max_length=20, help_text="people, households, rank …")
    as_at = models.CharField(max_length=10, help_text="2021-03-21, or 2024 for a year.")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("area", "measure")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "measure", "as_at"], name="area_figure_once_a_date"
            )
        ]

    def __str__(self) -> str:
        """Give the measure and its amount."""
        return f"{self.measure}: {self.amount:g} {self.unit}"
