"""One person's answer out of 10,000 activities, in Newport, from a warm process.

From a door: the walk to everything near, the firm rules, the meaning of their words
(whose directions are given), and the varied list of ten; then all of it told as JSON.
Beside it PostGIS with pgRouting, asked the walk alone.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import yaml
from doorstep.asking import Asked, Understood, understand
from doorstep.catalogue import Catalogue
from doorstep.match import Answer, match, minutes_by_venue
from doorstep.meaning import load_model
from doorstep.network import Network
from doorstep.reach import ReachIndex

from bench.doorstep import postgis
from bench.doorstep.directory import JUDGED, NOW, directory
from bench.doorstep.measuring import timed
from bench.doorstep.towns import newport
from thedeal.lib.setup.telling import say

SEED, LISTINGS, VENUES, DOORS = 3, 10_000, 2_500, 300
LIMIT_MINUTES = 20.0


@dataclass(frozen=True)
class Town:
    """A town with its directory, ready to be asked."""

    network: Network
    walk: ReachIndex
    catalogue: Catalogue
    doors: np.ndarray  # degrees, shape (doors, 2)

    def ask(self, door: int, asked: Asked, understood: Understood) -> Answer:
        """Give one person's answer."""
        reach = self.walk.from_place(*self.doors[door])
        minutes = minutes_by_venue(reach, self.walk.n_venues)
        return match(
            self.catalogue,
            asked,
            understood,
            minutes=minutes,
            is_estimate=False,
            now=NOW,
        )


@cache
def town() -> Town:
    """Give Newport with 10,000 activities at 2,500 places."""
    network, rng = newport(), np.random.default_rng(SEED)
    at = rng.integers(0, network.n_nodes, VENUES)
    walk = ReachIndex.build(
        network, network.lon[at], network.lat[at], limit_minutes=LIMIT_MINUTES
    )
    home = rng.integers(0, network.n_nodes, DOORS)
    doors = np.column_stack([network.lon[home], network.lat[home]])
    return Town(network, walk, directory(LISTINGS, n_venues=VENUES), doors)


@cache
def statements() -> Sequence[Understood]:
    """Give what residents say, in the judged set, read by the model if it is here."""
    file = Path(JUDGED).with_name("statements.yaml")
    model = load_model()
    said = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [understand(each["words"], model) for each in said]


def answer() -> None:
    """Print the median of each part of an answer, over doors and statements."""
    here, said = town(), statements()
    asked = Asked(how_many=10, limit_minutes=LIMIT_MINUTES)

    def whole(door: int) -> Answer:
        return here.ask(door, asked, said[door % len(said)])

    def told(door: int) -> str:
        return json.dumps([one.as_json() for one in whole(door).matches])

    near = [len(here.walk.from_place(*door).venue) for door in here.doors]
    say(
        f"\n{LISTINGS:,} activities at {VENUES:,} places in Newport, {len(said)} "
        f"statements, {DOORS} doors; at the median door {median(near):.0f} places are "
        f"within {LIMIT_MINUTES:.0f} minutes"
    )
    walked = each_door(lambda door: here.walk.from_place(*here.doors[door]))
    say(
        f"  the walk alone: {walked:.3f} ms\n"
        f"  the list of ten, with the walk: {each_door(whole):.3f} ms\n"
        f"  the same, told as JSON: {each_door(told):.3f} ms"
    )
    postgis.beside(here.network, here.walk, here.doors, walked_ms=walked)


def each_door(do: Callable[[int], Any]) -> float:
    """Give the median milliseconds of a processor that one door takes."""
    for door in range(20):
        do(door)
    return median(timed(lambda d=door: do(d)) for door in range(DOORS)) * 1000
