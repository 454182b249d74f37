"""``./deal bench feeds [--services 10000] [--profile]``: a large feed, taken in.

Made up from a seed (``services``), written to a file, read and taken as ``./deal feed
import`` does it, then once more unchanged, then with one in a hundred changed. All in
one transaction that is undone: nothing stays. Run it on a database with an area loaded.
"""

import argparse
import cProfile
import json
import os
import pstats
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from bench.feeds import services
from thedeal.lib.setup.telling import say

os.environ["THEDEAL_LOGIN"] = "worker"  # as ``./deal feed import`` and the jobs work
django.setup()

from django.db import connection, transaction  # noqa: E402 # after Django's set-up
from django.test.utils import CaptureQueriesContext  # noqa: E402 # as above
from django.utils import timezone  # noqa: E402 # as above

from thedeal.community.actions import feeds, feeds_sources  # noqa: E402 # as above
from thedeal.community.importers import files  # noqa: E402 # as above
from thedeal.partners.models import Authority  # noqa: E402 # as above

ONE_IN = 100
MOST_SHOWN = 40


def main() -> None:
    """Take the feed three times and say how long each took."""
    asked = argparse.ArgumentParser(prog="./deal bench feeds", description=__doc__)
    asked.add_argument("--services", type=int, default=10_000)
    asked.add_argument("--profile", action="store_true", help="where the time goes")
    chosen = asked.parse_args()
    made = services.made(chosen.services)
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.json"
        for what in ("new", "unchanged", "one in a hundred changed"):
            if what.startswith("one"):
                _change(made)
            path.write_text(json.dumps({"contents": made}), encoding="utf-8")
            _profiled(lambda w=what: _take(path, w), is_wanted=chosen.profile)
        transaction.set_rollback(True)


def _change(made: list[dict[str, Any]]) -> None:
    for one in made[::ONE_IN]:
        one["description"] = "<p>We have moved to the chapel.</p>"


def _take(path: Path, what: str) -> None:
    authority = Authority.objects.order_by("created_at").first()
    if authority is None:
        authority = Authority.objects.create(name="A council", slug="a-council")
    source = feeds_sources.source(authority, key="bench", name="Bench", kind="bench")
    starts, cpu = time.perf_counter(), time.process_time()
    feed = files.load(path, today=timezone.localdate())
    read_s = time.perf_counter() - starts
    with CaptureQueriesContext(connection) as asked:
        taken = feeds.take(
            feed, source=source, by=None, read_from=path.name, is_whole_file=True
        )
    whole_s, cpu_s = time.perf_counter() - starts, time.process_time() - cpu
    told = {name: number for name, number in taken.counts.items() if number}
    say(
        f"{what}: {whole_s:.1f} s ({read_s:.1f} s reading the file; {cpu_s:.1f} s of "
        f"our own processor), {_statements(asked)} statements; {told}"
    )


def _statements(asked: CaptureQueriesContext) -> str:
    """Give how many; past nine thousand Django keeps no count."""
    most = connection.queries_log.maxlen or 0
    return f"{len(asked):,}" if len(connection.queries_log) < most else f"over {most:,}"


def _profiled(work: Callable[[], None], *, is_wanted: bool) -> None:
    if not is_wanted:
        work()
        return
    with cProfile.Profile() as profile:
        work()
    pstats.Stats(profile).sort_stats("cumulative").print_stats(MOST_SHOWN)


if __name__ == "__main__":
    main()
