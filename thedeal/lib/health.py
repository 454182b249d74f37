"""Whether the product is well: database, jobs, disk. Numbers only, nobody's data.

``/health/`` answers before anything else of a request is done, so that it can say
that the database is away, and whatever asks needs no certificate and no host name.
It tells strangers nothing but yes or no.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from thedeal.lib.queue import SILENT

PATH = "/health/"
LEAST_FREE_BYTES = 500_000_000
LONGEST_WAIT_S = 15 * 60
QUEUE = """
select
  (select count(*) from procrastinate_workers
    where last_heartbeat > now() - %(silent)s * interval '1 second'),
  count(*) filter (where j.status = 'todo'),
  count(*) filter (where j.status = 'doing'),
  count(*) filter (where j.status = 'failed'),
  coalesce(extract(epoch from now() - min(greatest(
    j.scheduled_at, (select max(e.at) from procrastinate_events e
      where e.job_id = j.id and e.type in ('deferred', 'deferred_for_retry')))
  ) filter (where j.status = 'todo'
      and coalesce(j.scheduled_at, now()) <= now())), 0)
from procrastinate_jobs j
where j.status in ('todo', 'doing', 'failed')"""


@dataclass(frozen=True, kw_only=True)
class Queue:
    """How the jobs do."""

    workers: int
    waiting: int
    running: int
    given_up: int
    longest_wait_s: float

    @property
    def is_well(self) -> bool:
        """Whether somebody works, and nothing due has waited long."""
        return self.workers > 0 and self.longest_wait_s < LONGEST_WAIT_S


def queue() -> Queue:
    """Measure the queue; raise DatabaseError where the database is away."""
    with connections["default"].cursor() as cursor:
        cursor.execute(QUEUE, {"silent": SILENT.total_seconds()})
        workers, waiting, running, given_up, wait_s = cursor.fetchone()
    return Queue(
        workers=workers,
        waiting=waiting,
        running=running,
        given_up=given_up,
        longest_wait_s=float(wait_s),
    )


def free_bytes() -> int:
    """Give how much room the disk with the data has."""
    return shutil.disk_usage(settings.STATE).free


def last_backup_at() -> datetime | None:
    """Give when the newest backup that we keep was made, or None without one."""
    made = [
        path.stat().st_mtime
        for path in (Path(settings.STATE) / "backups").glob("*.deal")
    ]
    return (
        datetime.fromtimestamp(max(made), tz=timezone.get_current_timezone())
        if made
        else None
    )


def answer() -> dict[str, Any]:
    """Give what ``/health/`` says: each part well or not, and all of it."""
    try:
        jobs, database = queue().is_well, True
    except DatabaseError:
        jobs, database = False, False
    parts = {
        "database": database,
        "jobs": jobs,
        "disk": free_bytes() >= LEAST_FREE_BYTES,
    }
    return {"well": all(parts.values()), **parts}


class HealthMiddleware:
    """Answer ``/health/`` before the walls open a transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give 200 when all is well, 503 when not; pass every other page on."""
        if request.path_info != PATH:
            return self.get_response(request)
        said = answer()
        response = JsonResponse(said, status=200 if said["well"] else 503)
        response["Cache-Control"] = "no-store"
        return response
