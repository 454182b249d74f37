"""``./deal bench desk``: workers typing at once, in a database as large as a borough's.

A demo of its own is filled (``filling``); 1, 20 and 100 workers then type, each at a
conversation of their own: at each pause the words are saved and what fits them is asked
for, and now and then a person is opened. In the same run the plainest Django pages for
the same (``plain``) are asked as much, one worker of Granian each.
"""

import argparse
import json

import numpy as np
import psycopg
import yaml

from bench.demo_house import DemoHouse, demo_house
from bench.desk import plain
from bench.desk.typing import Addresses, Worker, measure
from bench.doorstep.directory import JUDGED
from bench.plain_django import plain_server
from thedeal.lib.cluster import connections
from thedeal.lib.cluster.folders import Folders
from thedeal.lib.setup.telling import say, step

WORKERS = (1, 20, 100)
PAUSE_S, ALONE_PAUSE_S = 4.0, 0.25


def main() -> None:
    """Fill, type, and print."""
    asked = argparse.ArgumentParser(prog="./deal bench desk", description=__doc__)
    asked.add_argument("--residents", type=int, default=330_000)
    asked.add_argument("--deals", type=int, default=100_000)
    asked.add_argument("--workers", type=int, nargs="*", default=WORKERS)
    asked.add_argument("--seconds", type=float, default=40, help="for each figure")
    chosen = asked.parse_args()
    with demo_house("desk") as house:
        with step("Filling it (half an hour, the first time)"):
            size = chosen.residents, chosen.deals
            house.module("bench.desk.filling", *map(str, size), login="worker")
        _make_plain(house)
        with plain_server(
            house, "bench.desk.plain:application", login="staff"
        ) as beside:
            for count in chosen.workers:
                known = _known(house)[:count]  # each begins a new conversation
                _compare(house, beside, known, seconds=chosen.seconds)


def _known(house: DemoHouse) -> list[dict[str, str]]:
    """Sign everybody in; give what each may open."""
    file = house.state / "sessions.json"
    house.module("bench.desk.sessions", str(file), login="staff")
    found: list[dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    file.unlink()
    return found


def _make_plain(house: DemoHouse) -> None:
    given = connections.connection("owner", folders=Folders(house.state))
    with psycopg.connect(**given, autocommit=True) as line:
        for statement in (*plain.MAKE, "analyze"):
            line.execute(statement)


def _compare(
    house: DemoHouse, beside: str, known: list[dict[str, str]], *, seconds: float
) -> None:
    """Have so many type at ours, then at the plain pages; print both."""
    file = JUDGED.with_name("statements.yaml")
    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    sentences = [each["words"] for each in said]
    pause = PAUSE_S if len(known) > 1 else ALONE_PAUSE_S
    say(f"\n{len(known)} typing, a pause about every {pause:g} seconds")
    both = []
    for address, places in (
        (house.address, [_ours(one) for one in known]),
        (beside, [_plain(number, one) for number, one in enumerate(known)]),
    ):
        workers = [
            Worker(address, at, sentences, seed) for seed, at in enumerate(places)
        ]
        both.append(measure(workers, seconds=seconds, pause=pause))
    for what, here in both[0].items():
        ours, theirs = _p95(here), _p95(both[1][what])
        say(
            f"  {what:18}{len(here):6} of them; half within {np.median(here) * 1000:.0f} ms, "
            f"95 in 100 within {ours:.0f} ms; the plain page {theirs:.0f} ms: "
            f"ours takes {ours / theirs:.1f}x"
        )


def _ours(one: dict[str, str]) -> Addresses:
    talk = f"/desk/talks/{one['talk']}/"
    return Addresses(
        first=talk,
        save=f"{talk}save/",
        fit=f"{talk}near/",
        people=[f"/desk/people/{pk}/" for pk in one["people"]],
        session=one["session"],
    )


def _plain(number: int, one: dict[str, str]) -> Addresses:
    people = [f"/people/{pk}/" for pk in one["people"]]
    return Addresses(first="/", save=f"/save/{number}/", fit="/fit/", people=people)


def _p95(took: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    return float(np.percentile(took, 95)) * 1000


if __name__ == "__main__":
    main()
