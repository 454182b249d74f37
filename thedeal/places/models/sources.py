"""Where the open data came from, and what each loading of it found."""

from django.db import models
from django.db.models import Q

from thedeal.lib.records import AtEnd, Changes, Grants, Kept, Record, classed
from thedeal.partners.models import Authority

OPEN_DATA = Kept(rule="open_data", at_end=AtEnd.KEEP)
READ_BY_ALL = Grants(public="r")


class Source(Record):
    """One published set of data: whose it is, its licence and its date."""

    privacy = classed(
        open="id created_at key name publisher licence licence_url url attribution "
        "dated note"
    )
    kept = OPEN_DATA
    grants = READ_BY_ALL

    key = models.SlugField(unique=True, help_text="Named in area records.")
    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=200)
    licence_url = models.URLField(blank=True)
    url = models.URLField(blank=True)
    attribution = models.TextField(help_text="The line the licence asks us to show.")
    dated = models.CharField(
        max_length=20, help_text="As published: 2025, 2025-04 or 2025-04-22."
    )
    note = models.TextField(blank=True, help_text="What a reader must know.")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        """Give its name and date."""
        return f"{self.name} ({self.dated})"


class Load(Record):
    """One run of the importer: what was read, kept and dropped, and why.

    The id of an authority's newest load is the version of its places: what is
    cached in a process is thrown away when it changes.
    """

    privacy = classed(open="id created_at authority record digest report by_id")
    kept = Kept(rule="open_data", changes=Changes.APPEND_ONLY, at_end=AtEnd.KEEP)
    grants = READ_BY_ALL

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="+")
    record = models.CharField(max_length=100, help_text="The area record's id.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of all that was read.")
    report = models.JSONField(help_text="Counts and oddities by file.")
    by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = [
            models.Index(fields=["authority", "-created_at"], name="load_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="load_digest_is_sha256",
            )
        ]

    def __str__(self) -> str:
        """Give the record and the time."""
        return f"{self.record} loaded {self.created_at:%Y-%m-%d %H:%M}"
