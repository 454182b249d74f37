"""The feeds a council takes in, how each was last read, and what was odd."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from thedeal.community.models import FeedRun, Source

OWN = "own"  # what we were told ourselves: no feed


@dataclass(frozen=True, kw_only=True)
class Read:
    """A feed, its last reading, and the last that gave anything."""

    source: Source
    last: FeedRun | None
    last_good: FeedRun | None


def sources(authority_id: UUID) -> QuerySet[Source]:
    """Give the feeds of a council, those in trouble first."""
    rows = Source.objects.filter(authority_id=authority_id).exclude(key=OWN)
    return rows.select_related("authority").order_by("-failures", "name", "id")


def read(found: list[Source]) -> list[Read]:
    """Give each feed with how it was last read. Two queries, however many feeds."""
    runs = FeedRun.objects.filter(source__in=found, is_dry_run=False)
    newest = runs.order_by("source", "-started_at").distinct("source").defer("lines")
    last = {run.source_id: run for run in newest}
    good = {run.source_id: run for run in newest.filter(problem="")}
    return [
        Read(source=one, last=last.get(one.pk), last_good=good.get(one.pk))
        for one in found
    ]


def failing(authority_id: UUID) -> QuerySet[Source]:
    """Give the feeds whose last reading failed and that are not paused."""
    return sources(authority_id).filter(failures__gt=0, is_paused=False)


def runs(source: Source) -> QuerySet[FeedRun]:
    """Give every reading of a feed, trials too, the newest first."""
    return FeedRun.objects.filter(source=source).defer("lines")
