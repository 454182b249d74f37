"""The two parts of a running product: the web server, and the jobs."""

import http.client
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from thedeal.lib import cluster
from thedeal.lib.running import manage
from thedeal.lib.running.ports import Place
from thedeal.lib.running.supervisor import Part, Supervisor

THREADS = 4  # per web worker; each may hold two database connections
READY_S = 120.0
POLL_S = 0.1


def supervisor(*, to_files: bool) -> Supervisor:
    """Give the supervisor of this installation."""
    return Supervisor(state=cluster.state_dir(), to_files=to_files)


def parts(place: Place, *, workers: int, extra: Mapping[str, str]) -> list[Part]:
    """Give web and jobs, each on its own login."""
    # whitenoise warns where there is none, also where it serves from the sources
    (manage.ROOT / ".deal" / "static").mkdir(exist_ok=True)
    return [
        Part(
            name="web",
            command=_granian(place, workers=workers),
            environment=manage.environment("staff", extra),
        ),
        Part(
            name="jobs",
            command=manage.django(
                *("procrastinate", "worker", "--concurrency", "2"),
                *("--shutdown-graceful-timeout", "10"),
            ),
            environment=manage.environment("worker", extra),
        ),
    ]


def wait_until_answers(running: Supervisor, place: Place, *, path: str = "/") -> None:
    """Wait until the site answers a request; raise CommandError if it cannot."""
    deadline = time.monotonic() + READY_S
    while not running.told_to_stop:
        status = ask(place.host, place.port, path)
        if status is not None and status < 500:
            return
        if time.monotonic() > deadline:
            answer = f"with error {status}" if status else "not at all"
            raise manage.CommandError(
                f"The site answers {answer}. {running.last_words(running.parts[0])}"
            )
        for part in running.parts:
            running.look_after(part)
        time.sleep(POLL_S)


def ask(host: str, port: int, path: str) -> int | None:
    """Give the status with which the site answers, or None where it does not."""
    connection = http.client.HTTPConnection(host, port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _granian(place: Place, *, workers: int) -> list[str]:
    return [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi", "--no-ws", "--http", "1"),
        *("--host", place.host, "--port", str(place.port)),
        *("--workers", str(workers), "--blocking-threads", str(THREADS)),
        *("--backpressure", "128", "--respawn-failed-workers"),
        *("--workers-kill-timeout", "10", "--log-level", "warning"),
        "thedeal.config.wsgi:application",
    ]
