"""Jobs by name, in the same database and the same transaction as the change.

An action defers a job by its name; the room that owns the job registers it in its
``jobs`` module (``@queue.job("messages.deliver")``). Arguments are ids and small
words, never anything personal: the queue's tables are read by whoever runs the
box. A test finds every name that is deferred.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.retry import RetryStrategy

J = TypeVar("J", bound=Callable[..., object])
S = TypeVar("S")
D = TypeVar("D")

logger = logging.getLogger(__name__)

# up to about nine hours of tries: 1, 4, 16 … minutes
RETRY = RetryStrategy(max_attempts=6, wait=60, exponential_wait=4)
SILENT = timedelta(seconds=90)  # a worker not heard of for so long is dead


def job(
    name: str, *, retry: RetryStrategy | bool = RETRY, alone: bool = False
) -> Callable[[J], J]:
    """Register a function as the job of this name; ``alone``: one at a time."""

    def register(function: J) -> J:
        lock = name if alone else None
        app.task(name=name, retry=retry, lock=lock)(function)
        return function

    return register


def daily(name: str, *, cron: str) -> Callable[[J], J]:
    """Register a job that the clock starts (``cron`` in UTC), once each time."""

    def register(function: J) -> J:
        def at(timestamp: int) -> object:
            return function()

        at.__doc__ = function.__doc__
        task = app.task(name=name, queueing_lock=name, retry=RETRY)(at)
        app.periodic(cron=cron)(task)
        return function

    return register


def each(subjects: Iterable[S], do: Callable[[S], D]) -> list[D]:
    """Do it for each and give what came of it; one that fails holds back no other.

    Raises the first failure once all were tried, so that the job is tried again: each
    must be a transaction of its own, and safe to do twice.
    """
    found, failures = [], []
    for subject in subjects:
        try:
            found.append(do(subject))
        except Exception as failure:
            logger.error("one of many failed: %s", type(failure).__name__)
            failures.append(failure)
    if failures:
        raise failures[0]
    return found


def defer(name: str, *, at: datetime | None = None, **ids: str | int) -> None:
    """Put a job in the queue, to be done once this transaction is committed."""
    options: dict[str, Any] = {"schedule_at": at} if at else {}
    app.configure_task(name=name, allow_unknown=True, **options).defer(**ids)


def names() -> set[str]:
    """Give the names of every job that a room has registered."""
    return set(app.tasks)


def failed() -> list[dict[str, Any]]:
    """Give the jobs that were given up: id, name, how often tried, newest first."""
    from procrastinate.contrib.django.models import (  # the apps must be ready first
        ProcrastinateJob,
    )

    found = ProcrastinateJob.objects.filter(status="failed").order_by("-id")
    return list(found.values("id", "task_name", "attempts", "scheduled_at")[:100])


def retry(job_id: int) -> None:
    """Put a job that was given up back in the queue, to be tried at once."""
    app.job_manager.retry_job_by_id(job_id=job_id, retry_at=timezone.now())


def revive() -> int:
    """Put the jobs of workers that died back in the queue; give how many."""
    from procrastinate.contrib.django.models import (  # the apps must be ready first
        ProcrastinateJob,
    )

    silent = timezone.now() - SILENT
    of_the_dead = Q(worker=None) | Q(worker__last_heartbeat__lt=silent)
    stalled = ProcrastinateJob.objects.filter(of_the_dead, status="doing")
    found = list(stalled.values_list("id", flat=True))
    for job_id in found:
        retry(job_id)
    return len(found)
