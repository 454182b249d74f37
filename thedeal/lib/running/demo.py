"""``./deal demo``: the demo borough, built and running here, on loopback only.

Builds only in a database that is empty or marked as a demo. A second start finds
the stamps of the first and has nothing to build.
"""

import argparse
import os
import sys
import webbrowser
from collections.abc import Mapping

from thedeal.lib.running import house, manage, ports, site
from thedeal.lib.running.supervisor import stopping
from thedeal.lib.setup.telling import say, step

SETTINGS = {"THEDEAL_DEMO": "1", "THEDEAL_HOSTS": "127.0.0.1,localhost"}


def run(arguments: list[str]) -> int:
    """Build what is missing, run, and stop when told to."""
    asked = _parser().parse_args(arguments)
    place = ports.reserve(asked.port)
    extra = SETTINGS | {"THEDEAL_ADDRESS": place.address}
    running = site.supervisor(to_files=True)
    database = manage.open_database()
    try:
        running.take(address=place.address)
        with stopping(running):
            signing_in = build(extra)
            web, jobs = site.parts(place, workers=1, extra=extra)
            running.parts = [web]  # the page first: both at once would take longer
            with step("Starting web and jobs"):
                running.start()
                site.wait_until_answers(running, place)
            running.parts = [web, jobs]
            if not running.told_to_stop:
                _welcome(place.address, signing_in)
                _open_browser(place.address, wanted=not asked.no_browser)
            running.tend()
            say("Stopping …")
    finally:
        database.stop()
        place.close()
    say("Stopped. What was saved is kept; ./deal demo goes on from here.")
    return 0


def build(extra: Mapping[str, str]) -> str:
    """Bring schema and borough up to date; give who can sign in, as text."""
    found = house.claim(house.DEMO)
    house.check_not_newer()
    schema, demo = house.schema_stamp(), house.demo_stamp()
    if found.schema_stamp != schema:
        with step("Bringing the database up to date"):
            manage.migrate()
        house.note(schema_stamp=schema)
    if found.schema_stamp == schema and found.demo_stamp == demo:
        return found.signing_in
    with step("Building the demo borough"):
        manage.show("demo_build", extra=extra)
    signing_in = manage.run("demo_build", "--who", extra=extra).strip()
    house.note(demo_stamp=demo, signing_in=signing_in)
    return signing_in


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./deal demo", description=__doc__)
    parser.add_argument("--port", type=int, help="the port (else the first free one)")
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    return parser


def _welcome(address: str, signing_in: str) -> None:
    say()
    say(f"The Deal is running on {address}")
    say()
    if signing_in:
        say(signing_in)
        say()
    say("Everybody in it is made up. Nothing is sent to anyone. Ctrl-C stops it.")


def _open_browser(address: str, *, wanted: bool) -> None:
    screen = sys.platform == "darwin" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if wanted and screen and not os.environ.get("CI"):
        webbrowser.open(address)
