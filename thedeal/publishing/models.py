"""Snapshots: figures as the public may see them, kept as they were published.

What is stored here has already been through disclosure control. Nothing from
before it may ever be written here, for the public login reads every row.
"""

from django.db import models

from thedeal.lib.records import AtEnd, Changes, Grants, Kept, Record, classed
from thedeal.partners.models import Authority
from thedeal.places.models import Neighbourhood


class Snapshot(Record):
    """One publication: figures about a place over a period, with their sources.

    ``figures`` is a list of {"id", "title", "shown", "unit", "rule"}: ``shown`` is
    the text to print, "*" where a small number is hidden. A newer snapshot of the
    same subject and place stands in front of an older one; none is changed.
    """

    privacy = classed(
        open="id created_at subject authority neighbourhood period method_version "
        "figures sources made_by_id"
    )
    kept = Kept(
        rule="publishing.snapshot", changes=Changes.APPEND_ONLY, at_end=AtEnd.KEEP
    )
    grants = Grants(public="r")

    subject = models.SlugField(max_length=60, help_text="What the figures are about.")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty for the whole borough.",
    )
    period = models.CharField(max_length=40, help_text="2026-11, or 2026-04 to 2026-09")
    method_version = models.CharField(max_length=40)
    figures = models.JSONField()
    sources = models.JSONField()
    made_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = [
            models.Index(
                fields=["authority", "subject", "-created_at"], name="snapshot_newest"
            )
        ]

    def __str__(self) -> str:
        """Give the subject and the period."""
        return f"{self.subject}, {self.period}"


class Installation(Record):
    """What this database is: the demo, or a council's own. At most one row."""

    privacy = classed(open="id created_at is_demo app_version only")
    kept = Kept(rule="publishing.snapshot", at_end=AtEnd.KEEP)
    grants = Grants(public="r")

    is_demo = models.BooleanField(help_text="All people in it are made up.")
    app_version = models.CharField(max_length=40)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(only=True), name="there_is_one_installation"
            )
        ]

    def __str__(self) -> str:
        """Say which it is."""
        return "the demo" if self.is_demo else "a council's own"
