"""``./deal serve``: for a real authority, without demo data.

Before an upgrade changes anything, a backup is made and proven. Behind it all stands
a web server with the certificate (Caddy, nginx), unless this is only tried out.
"""

import argparse
import os

from thedeal.lib import cluster
from thedeal.lib.running import house, manage, nightly, ports, site
from thedeal.lib.running.supervisor import stopping
from thedeal.lib.setup.telling import say, step

PORT = 8000
FIRST_STEPS = """
There is no authority here yet. In another terminal:
  ./deal authority_create "Your Council" --gss E08000000 \\
    --administrator-name "…" --administrator-email … \\
    --guardian-name "…" --guardian-email …
makes it and lets in two people: the administrator, who runs the box and sees no
person, and the Caldicott guardian. Before that, see that letters leave the house:
  ./deal send_test_message you@example.org
docs/guides has the rest."""


def run(arguments: list[str]) -> int:
    """Bring up to date, run, and stop when told to."""
    asked = _parser().parse_args(arguments)
    if os.environ.get("THEDEAL_DEMO"):
        raise manage.CommandError("THEDEAL_DEMO is set: ./deal demo is for that.")
    place = ports.reserve(asked.port, host=asked.host)
    address = os.environ.get("THEDEAL_ADDRESS") or place.address
    extra = {"THEDEAL_ADDRESS": address}
    running = site.supervisor(to_files=False)
    database = manage.open_database()
    try:
        running.take(address=address)
        with stopping(running):
            bring_up_to_date()
            running.parts = site.parts(place, workers=asked.workers, extra=extra)
            running.start()
            site.wait_until_answers(running, place, path="/health/")
            _tell(address, proxied=address != place.address)
            running.tend()
            say("Stopping …")
    finally:
        database.stop()
        place.close()
    return 0


def bring_up_to_date() -> None:
    """Back up, migrate and gather the front-end files, where there is need."""
    found = house.claim(house.AUTHORITY)
    house.check_not_newer()
    stamp = house.schema_stamp()
    if found.schema_stamp and found.schema_stamp != stamp:
        with step("Making a backup before the upgrade, and proving it"):
            file = nightly.make(nightly.BEFORE_UPGRADE)
        say(f"  {file}. ./deal rollback, with the release from before, goes back to it")
    if found.schema_stamp != stamp:
        with step("Bringing the database up to date"):
            manage.migrate()
        house.note(schema_stamp=stamp)
    with step("Gathering the front-end files"):
        manage.run("collectstatic", "--no-input", "--clear", "--verbosity", "0")
    if not house.has_authority():
        say(FIRST_STEPS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./deal serve", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--host", default=ports.LOOPBACK, help="where to listen")
    parser.add_argument(
        "--workers", type=int, default=min(4, os.cpu_count() or 1), help="web processes"
    )
    return parser


def _tell(address: str, *, proxied: bool) -> None:
    say()
    say(f"The Deal is running on {address}. Ctrl-C or SIGTERM stops it.")
    if not address.startswith("https://"):
        say("This is plain http: for residents, put a web server with a certificate in")
        say("front, and set THEDEAL_ADDRESS=https://… and THEDEAL_HOSTS.")
    elif not proxied:
        say("Set THEDEAL_PROXIES to how many proxies stand in front.")
    say(f"Every night a backup goes to {cluster.state_dir() / 'backups'}.")
