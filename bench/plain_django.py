"""What every plain peer shares: Django with nothing in front, one worker of Granian."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings

from bench.demo_house import DemoHouse
from thedeal.lib.cluster import connections
from thedeal.lib.running import manage, ports, site


def configure(urlconf: str) -> None:
    """Set up Django for a peer's pages: no session, no walls, no middleware."""
    if settings.configured:
        return
    settings.configure(
        DATABASES={"default": connections.settings_for(os.environ["THEDEAL_LOGIN"])},
        ROOT_URLCONF=urlconf,
        ALLOWED_HOSTS=["127.0.0.1"],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        INSTALLED_APPS=["django.contrib.postgres"],
        SECRET_KEY="nothing is signed",  # noqa: S106 - nothing is
        USE_TZ=True,
    )
    django.setup()


@contextmanager
def plain_server(house: DemoHouse, application: str, *, login: str) -> Iterator[str]:
    """Keep a peer running on a house's database, as one login; give its address."""
    place = ports.reserve()
    granian = [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi", "--no-ws", "--http", "1", "--workers", "1"),
        *("--host", place.host, "--port", str(place.port)),
        *("--blocking-threads", str(site.THREADS), "--log-level", "warning"),
        application,
    ]
    process = subprocess.Popen(  # noqa: S603 # our own server
        granian, env=house.environment(login), cwd=manage.ROOT
    )
    try:
        while site.ask(place.host, place.port, "/") is None:
            time.sleep(0.1)
        yield place.address
    finally:
        process.terminate()
        process.wait(timeout=30)
        place.close()
