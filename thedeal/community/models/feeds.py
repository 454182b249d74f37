"""Each reading of a feed: what was read, what became of it, and what was odd."""

from typing import ClassVar

from django.db import models

from thedeal.community.models.keeping import LISTING, Source
from thedeal.lib.records import Kept, Privacy, Record, Wall, classed

NOT_CHANGED = "nothing new"  # the shape of a feed that says so itself


class FeedRun(Record):
    """One reading of one source; a run that was not whole ends nothing."""

    privacy: ClassVar[dict[str, Privacy]] = classed(
        open="id created_at authority source read_from shape started_at counts "
        "oddities is_complete next_address by_id problem is_dry_run lines"
    )
    kept: ClassVar[Kept] = LISTING
    wall: ClassVar[Wall] = Wall(
        using="authority_id = any((select app_authorities())::uuid[])"
    )

    authority = models.ForeignKey(
        "partners.Authority", on_delete=models.PROTECT, related_name="+"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    read_from = models.CharField(max_length=500, help_text="A file's name or address.")
    shape = models.CharField(max_length=60, help_text="What kind of feed it was.")
    started_at = models.DateTimeField()
    # {"read": 819, "added": 12, …}
    counts = models.JSONField(default=dict)
    # [{"kind", "words", "count", "examples": ["record 7: Gardening club"]}, …]
    oddities = models.JSONField(default=list)
    is_complete = models.BooleanField(default=False)
    problem = models.CharField(
        max_length=300, blank=True, help_text="Why nothing could be read."
    )
    is_dry_run = models.BooleanField(default=False, help_text="Nothing was written.")
    # [{"record": "record 7: Gardening club", "became": "changed", "detail": "",
    #   "differs": [{"about": "", "field": "Cost", "was": "50p", "now": "£1"}]}, …]
    lines = models.JSONField(default=list)
    # where an OpenActive feed goes on next time
    next_address = models.CharField(max_length=1000, blank=True)
    by_id = models.UUIDField(null=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-started_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["source", "-started_at"], name="feed_runs_of_source")
        ]
